package dev.plimsoll.market;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * How recorded prices are thinned with age, by the watch's clock.
 *
 * @param minutes     every minute is kept so long
 * @param fiveMinutes then every five minutes together, so long
 * @param retention   then hours, so long
 */
public record PriceAge(Duration minutes, Duration fiveMinutes, Duration retention) {
    private static final int MINUTE = 1;
    private static final int FIVE_MINUTES = 5;
    private static final int HOUR = 60;

    public PriceAge {
        if (minutes.compareTo(Trail.REACH) < 0) {
            throw new IllegalArgumentException("plimsoll.market.keep-minutes is at least %d hours, was %s"
                    .formatted(Trail.REACH.toHours(), minutes));
        }
        if (fiveMinutes.compareTo(minutes) < 0) {
            throw new IllegalArgumentException("plimsoll.market.keep-five-minutes is at least keep-minutes, %s, was %s"
                    .formatted(minutes, fiveMinutes));
        }
        if (retention.compareTo(fiveMinutes) < 0) {
            throw new IllegalArgumentException("plimsoll.market.retention is at least keep-five-minutes, %s, was %s"
                    .formatted(fiveMinutes, retention));
        }
    }

    /** Rows of some minutes become rows of more, where they begin before an instant, which begins a row itself. */
    public record Thinning(int fromMinutes, int toMinutes, Instant before) {}

    /** What may be joined now, in this order. */
    public List<Thinning> thinnings(Instant now) {
        return List.of(
                new Thinning(MINUTE, FIVE_MINUTES, beginning(now.minus(minutes), FIVE_MINUTES)),
                new Thinning(FIVE_MINUTES, HOUR, beginning(now.minus(fiveMinutes), HOUR)));
    }

    /** How many rows of one asset reach so far back from now, at most. */
    public long rows(Duration back) {
        var inMinutes = shorter(back, minutes);
        var inFiveMinutes = shorter(back.minus(inMinutes), fiveMinutes.minus(minutes));
        var inHours = back.minus(inMinutes).minus(inFiveMinutes);
        return inMinutes.toMinutes() + inFiveMinutes.toMinutes() / FIVE_MINUTES + inHours.toHours();
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static Instant beginning(Instant at, int minutes) {
        var seconds = minutes * 60L;
        return Instant.ofEpochSecond(Math.floorDiv(at.getEpochSecond(), seconds) * seconds);
    }
}
