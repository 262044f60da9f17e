package dev.plimsoll.market;

import dev.plimsoll.market.PriceMinute.Believed;
import dev.plimsoll.unit.Asset;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The last 24 hours of one asset, by the watch's clock, in minutes that are over: it changes once a minute.
 *
 * @param from    the beginning of its first minute
 * @param to      the end of its last
 * @param prices  empty when nothing could be believed in all that time
 * @param sources the farthest that each source was, by its name; of sources that were fresh and had others beside them
 * @param points  the farthest that any source was in every {@link #STEP} where one was, the oldest first
 */
public record MarketDay(
        Instant from, Instant to, Optional<Prices> prices, List<Divergence> sources, List<Divergence> points) {

    public static final Duration STEP = Duration.ofMinutes(15);

    private static final Duration LENGTH = Duration.ofHours(24);

    public MarketDay {
        sources = List.copyOf(sources);
        points = List.copyOf(points);
    }

    /**
     * In US dollars per whole token.
     *
     * @param low  the lowest that it may have been
     * @param high the highest that it may have been
     * @param open the middle at the end of the first minute that had one
     * @param last the middle at the end of the last
     */
    public record Prices(BigDecimal low, BigDecimal high, BigDecimal open, BigDecimal last) {}

    /**
     * How far one source was from the median of the others.
     *
     * @param at  the beginning of the minute, or of the step
     * @param bps whole basis points, rounded away from zero; negative below
     */
    public record Divergence(String source, Instant at, int bps) {
        private static final Comparator<Divergence> FARTHEST = Comparator.<Divergence>comparingInt(
                        one -> Math.abs(one.bps))
                .thenComparing(one -> one.at, Comparator.reverseOrder());

        private Divergence stepped() {
            var seconds = STEP.toSeconds();
            return new Divergence(source, Instant.ofEpochSecond(at.getEpochSecond() / seconds * seconds), bps);
        }
    }

    /** The day that ends with the last minute that is over. */
    public static MarketDay before(Instant now, Trail trail, Asset asset) {
        var to = now.truncatedTo(ChronoUnit.MINUTES);
        var minutes = trail.minutes(asset, to.minus(LENGTH), to);
        var divergences = minutes.stream().flatMap(MarketDay::divergences).toList();
        return new MarketDay(
                to.minus(LENGTH),
                to,
                prices(minutes.stream()
                        .flatMap(minute -> minute.believed().stream())
                        .toList()),
                farthest(divergences, Divergence::source),
                farthest(divergences.stream().map(Divergence::stepped).toList(), Divergence::at));
    }

    /** Of the farthest, without its sign; zero when there is none. */
    public int farthestBps() {
        return sources.stream().mapToInt(source -> Math.abs(source.bps())).max().orElse(0);
    }

    private static Stream<Divergence> divergences(PriceMinute minute) {
        return minute.divergenceBps().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(said -> new Divergence(said.getKey(), minute.at(), said.getValue()));
    }

    private static <K> List<Divergence> farthest(Collection<Divergence> all, Function<Divergence, K> key) {
        return List.copyOf(all.stream()
                .collect(Collectors.toMap(
                        key,
                        one -> one,
                        (one, other) -> Divergence.FARTHEST.compare(other, one) > 0 ? other : one,
                        TreeMap::new))
                .values());
    }

    private static Optional<Prices> prices(List<Believed> minutes) {
        return minutes.isEmpty()
                ? Optional.empty()
                : Optional.of(new Prices(
                        least(minutes),
                        most(minutes),
                        minutes.getFirst().close(),
                        minutes.getLast().close()));
    }

    private static BigDecimal least(List<Believed> minutes) {
        return minutes.stream()
                .map(one -> one.extremes().lowestLow())
                .reduce(BigDecimal::min)
                .orElseThrow();
    }

    private static BigDecimal most(List<Believed> minutes) {
        return minutes.stream()
                .map(one -> one.extremes().highestHigh())
                .reduce(BigDecimal::max)
                .orElseThrow();
    }
}
