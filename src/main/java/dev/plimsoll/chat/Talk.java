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

        boolean isTooLarge() {
            return collateral.size() > MOST_LEGS || debt.size() > MOST_LEGS;
        }

        /** More of what is there, or one more asset; its threshold is asked next unless it is known. */
        Watching holding(Held more) {
            var all = new ArrayList<>(collateral);
            for (var i = 0; i < all.size(); i++) {
                var held = all.get(i);
                if (held.holding().asset().equals(more.holding().asset())) {
                    var threshold = more.threshold().or(held::threshold);
                    all.set(i, new Held(held.holding().plus(more.holding()), threshold));
                    return withCollateral(all);
                }
            }
            all.add(more);
            return withCollateral(all);
        }

        /** Of what it is asked of now. */
        Watching at(LiquidationThreshold threshold) {
            var all = new ArrayList<>(collateral);
            var unknown = all.indexOf(unknown().orElseThrow());
            all.set(unknown, new Held(all.get(unknown).holding(), Optional.of(threshold)));
            return withCollateral(all);
        }

        /** The first collateral of which it is not known when it is liquidated. */
        Optional<Held> unknown() {
            return collateral.stream()
                    .filter(held -> held.threshold().isEmpty())
                    .findFirst();
        }

        /** All of that. */
        Watching with(List<Held> more, List<Holding> owed) {
            var grown = this;
            for (var held : more) {
                grown = grown.holding(held);
            }
            for (var holding : owed) {
                grown = grown.owing(holding);
            }
            return grown;
        }

        /** Nothing but what is owed can still be missing. */
        boolean isWhole() {
            return !collateral.isEmpty() && unknown().isEmpty();
        }

        Watching owing(Holding more) {
            var all = new ArrayList<>(debt);
            for (var i = 0; i < all.size(); i++) {
                if (all.get(i).asset().equals(more.asset())) {
                    all.set(i, all.get(i).plus(more));
                    return new Watching(id, account, asked, collateral, all).next();
                }
            }
            all.add(more);
            return new Watching(id, account, asked, collateral, all).next();
        }

        private Watching withCollateral(List<Held> all) {
            return new Watching(id, account, asked, all, debt).next();
        }

        /** What is still to be said is asked. */
        private Watching next() {
            return asking(unknown().isPresent() ? Asked.THRESHOLD : debt.isEmpty() ? Asked.DEBT : Asked.CONFIRMATION);
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
