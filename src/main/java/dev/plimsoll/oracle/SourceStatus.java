package dev.plimsoll.oracle;

import dev.plimsoll.oracle.Answer.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * How a source has been doing lately.
 *
 * @param reason       why it was last silent for some asset
 * @param detail       the same as a sentence, without URLs or keys
 * @param lastAnswerAt when it last gave a price, by the injected clock
 * @param errorRate    of its last asks, those that brought no price at all; 0..1
 * @param latency      of its last ask, in real time
 * @param silences     by reason, since the start
 */
public record SourceStatus(
        String name,
        String family,
        State state,
        Optional<Reason> reason,
        Optional<String> detail,
        Optional<Instant> lastAnswerAt,
        double errorRate,
        Optional<Duration> latency,
        Map<Reason, Long> silences) {
    public SourceStatus {
        silences = Map.copyOf(silences);
    }

    /** As shown in lower case. */
    public enum State {
        /** The last ask priced every asset it was asked for. */
        OK,
        /** The last ask priced some of them, or none of it has come yet. */
        DEGRADED,
        /** The last ask priced nothing. */
        SILENT,
        /** The operator switched it off. */
        DISABLED
    }
}
