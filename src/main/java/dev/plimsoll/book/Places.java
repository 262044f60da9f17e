package dev.plimsoll.book;

import dev.plimsoll.market.MarketSnapshot;
import dev.plimsoll.position.Position;
import dev.plimsoll.risk.Loan;
import dev.plimsoll.risk.Margin;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.PriceRange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Every position, and its slot in the columns. */
final class Places {
    private final Map<UUID, Integer> slots = new HashMap<>();
    private final List<Optional<Position>> positions = new ArrayList<>();
    private final Columns columns = new Columns();
    private final Factors factors = new Factors();

    /** Changed since they were last selected: what was judged of them meanwhile is out of date. */
    private final BitSet touched = new BitSet();

    /** Settled as unseen, with a whole side unpriced, while the same assets were unpriced as now. */
    private final BitSet dark = new BitSet();

    private Map<Asset, PriceRange> unpriced = Map.of();
    private FactorPrices prices = FactorPrices.NONE;
    private Instant now = Instant.MIN;

    Optional<Position> find(UUID id) {
        return Optional.ofNullable(slots.get(id)).flatMap(positions::get);
    }

    void put(Position position) {
        find(position.id()).ifPresent(before -> Legs.release(before, factors));
        int slot = slots.computeIfAbsent(position.id(), id -> columns.take());
        if (slot == positions.size()) {
            positions.add(Optional.empty());
        }
        positions.set(slot, Optional.of(position));
        columns.put(slot, Legs.of(position, factors));
        touch(slot);
    }

    void remove(Position position) {
        int slot = slots.remove(position.id());
        Legs.release(position, factors);
        positions.set(slot, Optional.empty());
        columns.release(slot);
        touched.clear(slot);
        dark.clear(slot);
    }

    void touch(UUID id) {
        Optional.ofNullable(slots.get(id)).ifPresent(this::touch);
    }

    private void touch(int slot) {
        columns.settle(slot, Band.NOWHERE);
        touched.set(slot);
        dark.clear(slot);
    }

    /**
     * What may have left its band, was touched, or is new.
     *
     * @param now     interest counts up to here
     * @param horizon what is due up to here is selected too
     */
    List<Position> select(MarketSnapshot market, Instant now, Instant horizon) {
        if (now.isBefore(this.now)) {
            touchWhatIsOwedOnlyLater(now);
        }
        this.now = now;
        prices = factors.prices(market, now);
        seeWhatIsUnpriced(market);
        var selected = columns.scan(prices, horizon);
        return IntStream.range(0, selected.size())
                .map(selected::get)
                .filter(slot -> !dark.get(slot) || columns.isDue(slot, horizon))
                .peek(touched::clear)
                .mapToObj(slot -> positions.get(slot).orElseThrow())
                .toList();
    }

    /** Who owes something and holds or owes one of these assets. */
    List<Position> standingOn(Set<Asset> assets) {
        var found = assets.isEmpty() ? new Slots() : columns.standing(factors.of(assets));
        return IntStream.range(0, found.size())
                .mapToObj(at -> positions.get(found.get(at)))
                .flatMap(Optional::stream)
                .toList();
    }

    private void seeWhatIsUnpriced(MarketSnapshot market) {
        var without = factors.assets().stream()
                .filter(asset -> !market.range(asset).isBounded())
                .collect(Collectors.toUnmodifiableMap(asset -> asset, market::range));
        if (!without.equals(unpriced)) {
            dark.clear();
            unpriced = without;
        }
    }

    /** Ignored when the position has changed since it was selected. */
    boolean settle(Position judged, Band band) {
        int slot = slots.getOrDefault(judged.id(), -1);
        if (slot < 0 || touched.get(slot)) {
            return false;
        }
        columns.settle(slot, isOwedOnlyLater(judged) ? Band.NOWHERE : band);
        dark.clear(slot);
        return true;
    }

    /** As {@link #settle}; while a whole side stays unpriced nothing but time can change what was said. */
    boolean settleUnseen(Position unknown, Instant due) {
        var settled = settle(unknown, Band.NOWHERE.dueAt(due));
        int slot = slots.getOrDefault(unknown.id(), -1);
        if (settled && columns.isUnpriced(slot, prices)) {
            dark.set(slot);
        }
        return settled;
    }

    /** Interest counts from an instant that has not come: until then the columns would owe too little. */
    private boolean isOwedOnlyLater(Position position) {
        return position.legsSince().isAfter(now)
                && switch (position.terms()) {
                    case Loan loan ->
                        loan.debt().stream().anyMatch(debt -> debt.annualRate().isPresent());
                    case Margin ignored -> false;
                };
    }

    private void touchWhatIsOwedOnlyLater(Instant earlier) {
        now = earlier;
        slots.forEach(
                (id, slot) -> positions.get(slot).filter(this::isOwedOnlyLater).ifPresent(p -> touch(slot)));
    }

    Set<Asset> assets() {
        return factors.assets();
    }

    int size() {
        return slots.size();
    }

    long bytes() {
        return columns.bytes();
    }
}
