package dev.plimsoll.pipeline;

import dev.plimsoll.unit.Tick;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether judgement went on without a break, by the watch's clock. A take-over continues what the last holder did.
 *
 * @param last          the last tick that was judged; empty before the first ever
 * @param unbrokenSince the first tick of the present run without a break; holds do not count what lies before
 * @param gap           a break long enough to be told, until it is told
 */
public record Continuity(Optional<Instant> last, Instant unbrokenSince, Optional<Gap> gap) {
    private static final Duration SHORT = Duration.ofSeconds(30);
    private static final Duration TOLD = Duration.ofMinutes(5);
    private static final int INTERVALS = 3;

    /** Nothing was judged between these two. */
    public record Gap(Instant from, Instant to) {}

    /** Of a holder whose predecessor judged until then. What it held before is taken for unbroken. */
    public static Continuity from(Optional<Instant> judgedUntil) {
        return from(judgedUntil, Optional.empty());
    }

    /** @param untold a gap that the predecessor did not come to tell of */
    static Continuity from(Optional<Instant> judgedUntil, Optional<Gap> untold) {
        return new Continuity(judgedUntil, untold.map(Gap::to).orElse(Instant.EPOCH), untold);
    }

    /**
     * Of the same holder, who may not have heard that its last tick was committed: then what that tick told is told.
     *
     * @param term as the database has it, which keeps whole microseconds
     */
    Continuity confirmed(Term term, Duration interval) {
        return term.judgedUntil()
                .filter(until ->
                        last.filter(known -> until.isAfter(known.plusMillis(1))).isPresent())
                .map(until -> next(new Tick(0, until, interval)).with(term.untold()))
                .orElse(this);
    }

    public Continuity next(Tick tick) {
        var silence = last.map(before -> Duration.between(before, tick.at()));
        // a clock that was set back says nothing of what lay between
        var broken = silence.map(length -> length.isNegative() || isOver(length, SHORT, tick))
                .orElse(true);
        var told = silence.filter(length -> isOver(length, TOLD, tick)).isPresent();
        var from = Stream.concat(gap.map(Gap::from).stream(), last.stream()).findFirst();
        return new Continuity(
                Optional.of(tick.at()),
                broken ? tick.at() : unbrokenSince,
                told ? from.map(since -> new Gap(since, tick.at())) : gap);
    }

    /**
     * As {@link #unbrokenSince} for what nobody could see: while nothing was judged it was no less blind. A gap that is
     * told of itself starts its patience anew.
     */
    Instant blindSince() {
        return gap.isPresent() ? unbrokenSince : Instant.MIN;
    }

    Continuity gapTold() {
        return with(Optional.empty());
    }

    private Continuity with(Optional<Gap> untold) {
        return new Continuity(last, unbrokenSince, untold);
    }

    /** Some intervals are always allowed: in a replay they may be long. */
    private static boolean isOver(Duration silence, Duration allowed, Tick tick) {
        var some = tick.interval().multipliedBy(INTERVALS);
        return silence.compareTo(some.compareTo(allowed) > 0 ? some : allowed) > 0;
    }
}
