package dev.plimsoll.delivery;

import dev.plimsoll.rule.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What is to be told, once, on every channel it is for.
 *
 * @param alert    empty for what belongs to no alert: {@code channel.disabled}
 * @param sequence the alert's transition this tells of; rises by one per alert
 * @param type     {@code alert.firing}, {@code alert.worsened}, … as in the webhook body
 * @param channels empty means every active channel of the account
 * @param data     the {@code data} object of the standard webhook body, as JSON text; holds {@code text}
 * @param text     the sentence for people, also in {@code data}
 * @param handling when it goes out, if at all
 */
public record Notice(
        UUID id,
        UUID account,
        Optional<UUID> alert,
        Optional<Integer> sequence,
        String type,
        Severity severity,
        Instant at,
        Optional<List<UUID>> channels,
        String data,
        String text,
        Handling handling) {
    public Notice {
        channels = channels.map(List::copyOf);
    }

    /** The same, for these channels too, where it is not for every one anyway. */
    Notice alsoFor(List<UUID> more) {
        var all = channels.map(
                own -> Stream.concat(own.stream(), more.stream()).distinct().toList());
        return new Notice(id, account, alert, sequence, type, severity, at, all, data, text, handling);
    }

    /** The same, for these channels only. */
    Notice to(List<UUID> channels) {
        return new Notice(
                id, account, alert, sequence, type, severity, at, Optional.of(channels), data, text, handling);
    }

    /** Whether another channel is told too when none of its own takes it in time. */
    boolean failsOver() {
        return handling.liquidatable() || Urgency.failsOver(type, severity);
    }

    /** A notice that goes out at once. */
    public Notice(
            UUID id,
            UUID account,
            Optional<UUID> alert,
            Optional<Integer> sequence,
            String type,
            Severity severity,
            Instant at,
            Optional<List<UUID>> channels,
            String data,
            String text) {
        this(id, account, alert, sequence, type, severity, at, channels, data, text, Handling.AT_ONCE);
    }

    /**
     * @param suppressed why nobody is told; kept all the same, as the proof of it
     * @param hold       how long it is held back, in real time
     * @param group      of what becomes one message where a channel groups
     * @param liquidatable the position is, or may have been, liquidated: urgent whatever its severity
     */
    public record Handling(
            Optional<String> suppressed, Optional<Duration> hold, Optional<UUID> group, boolean liquidatable) {
        public static final Handling AT_ONCE =
                new Handling(Optional.empty(), Optional.empty(), Optional.empty(), false);

        /** @param why as a part of a sentence */
        public static Handling suppressed(String why) {
            return new Handling(Optional.of(why), Optional.empty(), Optional.empty(), false);
        }
    }
}
