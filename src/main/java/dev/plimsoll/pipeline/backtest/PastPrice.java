package dev.plimsoll.pipeline.backtest;

import dev.plimsoll.market.PriceBar;
import dev.plimsoll.unit.PriceRange;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What one asset cost in some time gone by, in US dollars; instants in seconds since 1970. */
public sealed interface PastPrice {

    /** What could be known then: the last bar that was over. */
    PriceRange known(long at);

    /** Everything it was between these two, as is known by now; {@link PriceRange#ANYTHING} where a part is not. */
    PriceRange within(long from, long to);

    /** The bar that was over just then. */
    Optional<PriceBar> ended(long at);

    List<PriceBar> bars();

    /** It never moved. */
    record Held(BigDecimal usd) implements PastPrice {

        @Override
        public PriceRange known(long at) {
            return PriceRange.between(usd, usd);
        }

        @Override
        public PriceRange within(long from, long to) {
            return known(to);
        }

        @Override
        public Optional<PriceBar> ended(long at) {
            return Optional.empty();
        }

        @Override
        public List<PriceBar> bars() {
            return List.of();
        }
    }

    /** @param ends when each bar was over */
    record Moved(List<PriceBar> bars, long[] ends) implements PastPrice {

        /** @param bars the oldest first, none over another */
        public static Moved of(List<PriceBar> bars) {
            return new Moved(
                    List.copyOf(bars), bars.stream().mapToLong(PriceBar::to).toArray());
        }

        /** A bar is believed until the next of its length should be over. */
        @Override
        public PriceRange known(long at) {
            var last = firstAfter(at) - 1;
            return last >= 0
                            && at
                                    < bars.get(last).to()
                                            + bars.get(last).length().toSeconds()
                    ? bars.get(last).atClose()
                    : PriceRange.ANYTHING;
        }

        @Override
        public PriceRange within(long from, long to) {
            var reached = from;
            var low = Double.POSITIVE_INFINITY;
            var high = Double.NEGATIVE_INFINITY;
            for (var i = firstAfter(from);
                    reached < to && i < ends.length && bars.get(i).from() <= reached;
                    i++) {
                low = Math.min(low, bars.get(i).lowestLow());
                high = Math.max(high, bars.get(i).highestHigh());
                reached = ends[i];
            }
            return reached < to || Double.isNaN(low)
                    ? PriceRange.ANYTHING
                    : PriceRange.between(BigDecimal.valueOf(low), BigDecimal.valueOf(high));
        }

        @Override
        public Optional<PriceBar> ended(long at) {
            var found = Arrays.binarySearch(ends, at);
            return found < 0 ? Optional.empty() : Optional.of(bars.get(found));
        }

        private int firstAfter(long at) {
            var found = Arrays.binarySearch(ends, at);
            return found < 0 ? -found - 1 : found + 1;
        }
    }
}
