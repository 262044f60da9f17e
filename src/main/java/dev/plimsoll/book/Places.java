package dev.plimsoll.book;

import dev.plimsoll.market.MarketSnapshot;
import dev.plimsoll.position.Position;
import dev.plimsoll.risk.Loan;
import dev.plimsoll.risk.Margin;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.PriceRange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Every position, and its slot in the columns. */
final class Places {
    private final Map<UUID, Integer> slots = new HashMap<>();
    private final List<Optional<Position>> positions = new ArrayList<>();

    /** The second slots of those whose protocol has a price of its own: how they stand on the market's. */
    private final Map<UUID, Integer> onMarket = new HashMap<>();

    private final Columns columns = new Columns();
    private final Factors factors = new Factors();

    /** Changed since they were last selected: what was judged of them meanwhile is out of date. */
    private final BitSet touched = new BitSet();

    /** Settled as unseen, with a whole side unpriced, while the same assets were unpriced as now. */
    private final BitSet dark = new BitSet();

    private int indebted;
    private Map<Factor, PriceRange> unpriced = Map.of();
    private FactorPrices prices = FactorPrices.NONE;
    private Instant now = Instant.MIN;

    Optional<Position> find(UUID id) {
        return Optional.ofNullable(slots.get(id)).flatMap(positions::get);
    }

    void put(Position position) {
        find(position.id()).ifPresent(before -> {
            releaseFactors(before);
            indebted -= owes(before);
        });
        indebted += owes(position);
        if (position.terms().priceSource().isEmpty()) {
            leaveMarket(position.id());
        }
        int slot = slots.computeIfAbsent(position.id(), id -> columns.take());
        put(slot, position, position.terms().priceSource());
        touch(slot);
        if (position.terms().priceSource().isPresent()) {
            int second = onMarket.computeIfAbsent(position.id(), id -> columns.take());
            put(second, position, Optional.empty());
            columns.settle(second, Band.EVERYWHERE);
        }
    }

    private void put(int slot, Position position, Optional<String> source) {
        if (slot == positions.size()) {
            positions.add(Optional.empty());
        }
        positions.set(slot, Optional.of(position));
        columns.put(slot, Legs.of(position, source, factors));
    }

    void remove(Position position) {
        releaseFactors(position);
        indebted -= owes(position);
        leaveMarket(position.id());
        release(slots.remove(position.id()));
    }

    private static int owes(Position position) {
        return position.terms().hasDebt() ? 1 : 0;
    }

    private void releaseFactors(Position position) {
        Legs.release(position, position.terms().priceSource(), factors);
        if (onMarket.containsKey(position.id())) {
            Legs.release(position, Optional.empty(), factors);
        }
    }

    private void leaveMarket(UUID id) {
        Optional.ofNullable(onMarket.remove(id)).ifPresent(this::release);
    }

    private void release(int slot) {
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
     * What may have left its band, was touched, or is new; the nearest to liquidation first. All of that is selected again,
     * whatever prices and time do, until it is settled.
     *
     * @param now     interest counts up to here
     * @param horizon what is due up to here is selected too
     * @param most    how many are listed
     */
    List<Position> select(MarketSnapshot market, Instant now, Instant horizon, int most) {
        if (now.isBefore(this.now)) {
            touchWhatIsOwedOnlyLater(now);
        }
        this.now = now;
        prices = factors.prices(market, now);
        seeWhatIsUnpriced(market);
        var found = slots(columns.mostUrgentFirst(columns.scan(prices, horizon), prices))
                .filter(slot -> !dark.get(slot) || columns.isDue(slot, horizon))
                .toArray();
        Arrays.stream(found).forEach(columns::expire);
        return firsts(Arrays.stream(found))
                .limit(most)
                .peek(touched::clear)
                .mapToObj(slot -> positions.get(slot).orElseThrow())
                .toList();
    }

    /** Who owes something and is moved by one of these. */
    List<Position> standingOn(Predicate<Factor> some) {
        var found = factors.has(some) ? columns.standing(factors.those(some)) : new Slots();
        return firsts(slots(found))
                .mapToObj(positions::get)
                .flatMap(Optional::stream)
                .toList();
    }

    private static IntStream slots(Slots found) {
        return IntStream.range(0, found.size()).map(found::get);
    }

    /** A second slot counts for its first, and each counts once. */
    private IntStream firsts(IntStream found) {
        return onMarket.isEmpty() ? found : found.map(this::first).distinct();
    }

    private int first(int slot) {
        return slots.get(positions.get(slot).orElseThrow().id());
    }

    private void seeWhatIsUnpriced(MarketSnapshot market) {
        var without = factors.unpriced(market);
        if (!without.equals(unpriced)) {
            dark.clear();
            unpriced = without;
        }
    }

    /** Ignored when the position has changed since it was selected. */
    boolean settle(Position judged, PositionBand band) {
        int slot = slots.getOrDefault(judged.id(), -1);
        if (slot < 0 || touched.get(slot)) {
            return false;
        }
        var second = Optional.ofNullable(onMarket.get(judged.id()));
        var first = second.isPresent() ? band.protocol() : band.one();
        columns.settle(slot, isOwedOnlyLater(judged) ? Band.NOWHERE : first);
        dark.clear(slot);
        second.ifPresent(other -> {
            columns.settle(other, band.market());
            dark.set(other, isDark(other, judged));
        });
        return true;
    }

    /** As {@link #settle}; while a whole side stays unpriced nothing but a time that is due can change what was said. */
    boolean settleUnseen(Position unknown, PositionBand band) {
        var due = band.one().due();
        var settled = settle(unknown, new PositionBand(Band.NOWHERE.dueAt(due), band.market()));
        int slot = slots.getOrDefault(unknown.id(), -1);
        if (settled && isDark(slot, unknown)) {
            dark.set(slot);
        }
        return settled;
    }

    /** Not where one asset is held and owed at interest: their quotient needs no price, and changes at every tick. */
    private boolean isDark(int slot, Position position) {
        return columns.isUnpriced(slot, prices)
                && switch (position.terms()) {
                    case Loan loan -> !loan.owesAtInterestWhatItHolds();
                    case Margin ignored -> true;
                };
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

    /** Those with debt. */
    int indebted() {
        return indebted;
    }

    int size() {
        return slots.size();
    }

    long bytes() {
        return columns.bytes();
    }
}
