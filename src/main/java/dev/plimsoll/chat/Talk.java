package dev.plimsoll.chat;

import dev.plimsoll.risk.LiquidationThreshold;
import dev.plimsoll.risk.Loan;
import dev.plimsoll.unit.Asset;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Where somebody is in a conversation of several steps. */
sealed interface Talk {

    /** Another one for each conversation. */
    UUID id();

    /** For which account. */
    UUID account();

    /** So much of an asset. @param amount whole tokens, positive */
    record Holding(Asset asset, BigDecimal amount) {
        Holding plus(Holding more) {
            return new Holding(asset, amount.add(more.amount));
        }
    }

    /** @param threshold empty while it is asked for */
    record Held(Holding holding, Optional<LiquidationThreshold> threshold) {
        private Loan.Collateral leg() {
            return new Loan.Collateral(
                    holding.asset(), holding.amount(), threshold.orElseThrow(), Optional.empty(), Optional.empty());
        }
    }

    /** What is asked next of somebody who declares a position. */
    enum Asked {
        COLLATERAL,
        THRESHOLD,
        DEBT,
        CONFIRMATION
    }

    /** Declaring a position. */
    record Watching(UUID id, UUID account, Asked asked, List<Held> collateral, List<Holding> debt) implements Talk {
        static final int MOST_LEGS = 20;

        public Watching {
            collateral = List.copyOf(collateral);
            debt = List.copyOf(debt);
        }

        Watching asking(Asked next) {
            return new Watching(id, account, next, collateral, debt);
        }

        boolean isFull() {
            return collateral.size() >= MOST_LEGS || debt.size() >= MOST_LEGS;
        }

        /** More of what is there, or one more asset, whose threshold is asked next. */
        Watching holding(Holding more) {
            var all = new ArrayList<>(collateral);
            for (var i = 0; i < all.size(); i++) {
                var held = all.get(i);
                if (held.holding().asset().equals(more.asset())) {
                    all.set(i, new Held(held.holding().plus(more), held.threshold()));
                    return new Watching(
                            id, account, held.threshold().isEmpty() ? Asked.THRESHOLD : Asked.DEBT, all, debt);
                }
            }
            all.add(new Held(more, Optional.empty()));
            return new Watching(id, account, Asked.THRESHOLD, all, debt);
        }

        /** Of every collateral that has none yet. */
        Watching at(LiquidationThreshold threshold) {
            var all = collateral.stream()
                    .map(held -> new Held(held.holding(), held.threshold().or(() -> Optional.of(threshold))))
                    .toList();
            return new Watching(id, account, Asked.DEBT, all, debt);
        }

        Watching owing(Holding more) {
            var all = new ArrayList<>(debt);
            for (var i = 0; i < all.size(); i++) {
                if (all.get(i).asset().equals(more.asset())) {
                    all.set(i, all.get(i).plus(more));
                    return new Watching(id, account, Asked.CONFIRMATION, collateral, all);
                }
            }
            all.add(more);
            return new Watching(id, account, Asked.CONFIRMATION, collateral, all);
        }

        /** Only once every threshold is known. */
        Loan loan() {
            return new Loan(
                    collateral.stream().map(Held::leg).toList(),
                    debt.stream()
                            .map(owed -> new Loan.Debt(owed.asset(), owed.amount(), Optional.empty()))
                            .toList());
        }
    }

    /**
     * Saying what was repaid.
     *
     * @param asset what a bare number means; empty where several are owed
     */
    record Repaying(UUID id, UUID account, UUID position, Optional<Asset> asset) implements Talk {}
}
