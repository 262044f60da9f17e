package dev.plimsoll.oracle;

import dev.plimsoll.oracle.Answer.Reason;
import dev.plimsoll.unit.Asset;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How a source has been doing lately. Instants are ticks', durations of asks real time.
 *
 * @param host         of its URL; the rest of that may hold a key
 * @param lastSilence  why it was last silent for some asset, though it may be well now
 * @param lastAnswerAt when it last gave a price, by the injected clock
 * @param errorRate    of its last 20 asks, those that brought no price at all; 0..1
 * @param silentAssets of the last ask, how many got no price though their identifier is known
 * @param silences     by reason, since the start
 * @param missing      what must be set before it is asked at all, as a sentence
 * @param stream       how listening goes, where it has a stream
 * @param unknown      assets whose identifier it does not know, left out of its asks for an hour at a time
 */
public record SourceStatus(
        String name,
        String family,
        String host,
        State state,
        Optional<Silence> lastSilence,
        Optional<Instant> lastAnswerAt,
        double errorRate,
        Optional<Latency> latency,
        Turn turn,
        int silentAssets,
        Map<Reason, Long> silences,
        Optional<String> missing,
        Optional<Stream> stream,
        List<Asset> unknown) {
    public SourceStatus {
        unknown = List.copyOf(unknown);
        silences = Map.copyOf(silences);
    }

    /** As shown in lower case. */
    public enum State {
        /** The last ask priced every asset it was asked for and has an identifier of. */
        OK,
        /** The last ask priced some of them, or none of it has come yet. */
        DEGRADED,
        /** The last ask priced nothing. */
        SILENT,
        /** The operator switched it off, or has not set what it needs. */
        DISABLED;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @param detail a sentence without URLs or keys */
    public record Silence(Reason reason, String detail, Instant at) {}

    /**
     * How long whole asks took.
     *
     * @param p95 of the last 20 asks, the one that 95 in 100 do not exceed
     */
    public record Latency(Duration last, Duration p95) {}

    /**
     * When it is asked.
     *
     * @param pace  the least time between two asks
     * @param next  not before, by its pace, its breaker and what it wished itself; empty for a source that is switched
     *              off or has never been asked
     * @param until the end of the breaker's pause, unless it is closed
     */
    public record Turn(Duration pace, Optional<Instant> next, BreakerState breaker, Optional<Instant> until) {}

    /** What stands between a source and being asked too often while it fails. */
    public enum BreakerState {
        CLOSED,
        /** Not asked until its pause is over. */
        OPEN,
        /** The pause is over: the next ask, or the one under way, decides. */
        HALF_OPEN;

        /** As shown: {@code half-open}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * How listening goes.
     *
     * @param openings how often a stream was opened, since the start
     * @param lastEnd  why the last one ended
     */
    public record Stream(StreamState state, Optional<Instant> lastHeardAt, long openings, Optional<Silence> lastEnd) {}

    /** What a stream is doing. While it is not open the source is asked at its pace. */
    public enum StreamState {
        /** Prices come over it. */
        OPEN,
        /** Called, and no price yet. */
        CONNECTING,
        /** It ended; the next is opened after a pause. */
        CLOSED,
        /** Nobody listens: this replica does not hold the watch, or has just started. */
        IDLE;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Why it is silent for some asset; empty while it is well. */
    public Optional<Reason> reason() {
        return state == State.OK ? Optional.empty() : lastSilence.map(Silence::reason);
    }
}
