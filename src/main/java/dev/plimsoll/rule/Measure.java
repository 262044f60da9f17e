package dev.plimsoll.rule;

import dev.plimsoll.market.Consensus.Voice;
import dev.plimsoll.rule.Reading.Measured;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a condition on an asset measures in one tick, whatever the levels of the rules that ask it.
 *
 * @param plain     in the condition's own unit: US dollars, percent, basis points or seconds; asked by levels with a number
 * @param ofAllowed in parts of what each feed may do by itself, so that 1 is the limit of each; asked by automatic levels
 */
public record Measure(Gauge plain, Gauge ofAllowed) {

    /**
     * @param reading what thresholds are compared with
     * @param shown   the same in the condition's own unit
     * @param feed    whose it is; empty when it is no single feed's
     */
    public record Gauge(Reading reading, Reading shown, Optional<Voice> feed) {}

    /**
     * What one feed alone reads.
     *
     * @param ofAllowed {@code plain} in parts of what the feed may do by itself
     */
    record OfFeed(Voice voice, Reading plain, Reading ofAllowed) {}

    /** Of no feed in particular. */
    static Measure of(Reading reading) {
        var gauge = new Gauge(reading, reading, Optional.empty());
        return new Measure(gauge, gauge);
    }

    static Measure unreadable(String why) {
        return of(new Reading.Unreadable(why));
    }

    /** Of the feed that reads the most, by either scale. At least one; none of them unreadable. */
    static Measure most(List<OfFeed> feeds) {
        return new Measure(most(feeds, OfFeed::plain), most(feeds, OfFeed::ofAllowed));
    }

    private static Gauge most(List<OfFeed> feeds, Function<OfFeed, Reading> scale) {
        var first =
                feeds.stream().max(Comparator.comparing(scale, Measure::byLow)).orElseThrow();
        var reading = feeds.stream().map(scale).reduce(Measure::larger).orElseThrow();
        return new Gauge(reading, first.plain(), Optional.of(first.voice()));
    }

    private static int byLow(Reading one, Reading other) {
        return one instanceof Measured a && other instanceof Measured b
                ? a.low().compareTo(b.low())
                : Boolean.compare(one instanceof Reading.OutOfReach, other instanceof Reading.OutOfReach);
    }

    private static Reading larger(Reading one, Reading other) {
        return one instanceof Measured a && other instanceof Measured b ? larger(a, b) : beyond(one, other);
    }

    /** At least one of both is above every limit. */
    private static Reading beyond(Reading one, Reading other) {
        return one instanceof Measured ? other : one;
    }

    /** The larger of two values of which each is only known within its ends. */
    static Measured larger(Measured one, Measured other) {
        return new Measured(
                one.low().max(other.low()),
                one.high().flatMap(high -> other.high().map(high::max)));
    }

    /** What a level with this limit asks. */
    public Gauge of(Level.Limit limit) {
        return limit instanceof Level.Limit.Auto ? ofAllowed : plain;
    }
}
