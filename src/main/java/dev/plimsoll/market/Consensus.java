package dev.plimsoll.market;

import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.PriceRange;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What this tick may believe of one asset's market price. */
public sealed interface Consensus {

    Asset asset();

    /** Every source that was asked, whether used, and why not. */
    List<Voice> voices();

    /** The median for {@link Agreed}, the spread for {@link Diverged}, (0, ∞) for {@link NoQuorum}. */
    PriceRange range();

    /** As if every price were moved so; who said it, how old it is and how far apart they are stays. */
    Consensus supposing(UnaryOperator<PriceRange> move);

    /** The youngest quote that counts, which says how old the price is: of several the one with the widest band. */
    default Optional<Voice> youngest() {
        return voices().stream()
                .filter(voice -> voice.used() && voice.age().isPresent())
                .min(Comparator.comparing((Voice voice) -> voice.age().orElseThrow())
                        .thenComparing(Voice::bandBps, Comparator.reverseOrder()));
    }

    /**
     * @param families      how many independent families are behind the price; one means single-source, held by its anchor
     * @param divergenceBps how far the farthest fresh source is from the median of the others, or from the anchor; zero
     *                      or more
     */
    record Agreed(Asset asset, PriceRange range, int families, BigDecimal divergenceBps, List<Voice> voices)
            implements Consensus {
        public Agreed {
            voices = List.copyOf(voices);
        }

        @Override
        public Consensus supposing(UnaryOperator<PriceRange> move) {
            return new Agreed(asset, move.apply(range), families, divergenceBps, Voice.supposing(voices, move));
        }
    }

    record Diverged(Asset asset, PriceRange range, int families, BigDecimal divergenceBps, List<Voice> voices)
            implements Consensus {
        public Diverged {
            voices = List.copyOf(voices);
        }

        @Override
        public Consensus supposing(UnaryOperator<PriceRange> move) {
            return new Diverged(asset, move.apply(range), families, divergenceBps, Voice.supposing(voices, move));
        }
    }

    /** @param why a sentence: "1 of 2 price families" */
    record NoQuorum(Asset asset, String why, List<Voice> voices) implements Consensus {
        public NoQuorum {
            voices = List.copyOf(voices);
        }

        @Override
        public PriceRange range() {
            return PriceRange.ANYTHING;
        }

        @Override
        public Consensus supposing(UnaryOperator<PriceRange> move) {
            return new NoQuorum(asset, why, Voice.supposing(voices, move));
        }
    }

    /**
     * One source's part in the consensus, with all that the decision about it was made from.
     *
     * @param quoted        as the source gave it; empty when silent
     * @param range         in US dollars, after conversion, as wide as the source's confidence; empty when silent
     * @param age           how old the quote was at the tick, by the source's own time where it has one; of a silent
     *                      source since its last good quote, empty when it never had one
     * @param bandBps       how far from the true price the source may be while it works as it should
     * @param staleAfter    its heartbeat and slack: an older quote is not believed
     * @param divergenceBps from the median of the others, negative below it, at most 10<sup>9</sup>; of every source with
     *                      a range, used or not; empty where there are no others
     * @param unused        empty when it counted, otherwise the reason: "stale", "outlier", "out of bounds", "timed out"
     */
    record Voice(
            String source,
            String family,
            Optional<Quoted> quoted,
            Optional<PriceRange> range,
            Optional<Duration> age,
            BigDecimal bandBps,
            Duration staleAfter,
            Optional<BigDecimal> divergenceBps,
            Optional<String> unused) {
        public boolean used() {
            return unused.isEmpty();
        }

        static List<Voice> supposing(List<Voice> voices, UnaryOperator<PriceRange> move) {
            return voices.stream().map(voice -> voice.supposing(move)).toList();
        }

        private Voice supposing(UnaryOperator<PriceRange> move) {
            return new Voice(source, family, quoted, range.map(move), age, bandBps, staleAfter, divergenceBps, unused);
        }

        /** It counts, or is young and so far off that it does not: its divergence says something of now. */
        public boolean isFresh() {
            return unused.map(Outliers::isOutlier).orElse(true);
        }

        /** The divergence of the farthest that is fresh, without its sign. */
        static BigDecimal farthest(List<Voice> voices) {
            return voices.stream()
                    .filter(Voice::isFresh)
                    .flatMap(voice -> voice.divergenceBps().stream())
                    .map(BigDecimal::abs)
                    .reduce(BigDecimal.ZERO, BigDecimal::max);
        }
    }

    /**
     * A quote before conversion.
     *
     * @param value      in whole units of the asset it is quoted in
     * @param in         empty means US dollars
     * @param confidence the half width of the source's own interval, in the same unit; zero where it gives none
     */
    record Quoted(BigDecimal value, Optional<Asset> in, BigDecimal confidence) {}
}
