package dev.plimsoll.delivery;

import dev.plimsoll.account.seal.SecretBox;
import dev.plimsoll.rule.Severity;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * One delivery that is this courier's for the length of a lease.
 *
 * @param number  of the attempt; whoever records under an older number is too late
 * @param failed  tries that failed in the present run through the retry schedule
 * @param group   of what becomes one message, where the channel groups
 * @param zone    of the account
 * @param body    as frozen at an earlier attempt
 * @param at      when it was claimed, by the database: the attempt's time
 * @param claimed just before it was claimed, by this machine's monotonic clock
 */
record Claim(
        UUID delivery,
        int number,
        int failed,
        UUID account,
        Optional<UUID> alert,
        Optional<UUID> group,
        ZoneId zone,
        Severity severity,
        Message message,
        Frozen body,
        Target target,
        Origin origin,
        Instant at,
        long claimed) {

    /**
     * How its notice came to be.
     *
     * @param heldBack it was not to go out at once
     * @param trace    of the commit that wrote it, where that is traced
     * @param made     when the delivery was, by the database
     */
    record Origin(boolean heldBack, Optional<String> trace, Instant made) {
        /** Of what goes out at once and is not traced. */
        static Origin plain(Instant made) {
            return new Origin(false, Optional.empty(), made);
        }
    }

    /** Since the delivery was made. */
    Duration age() {
        return Duration.between(origin.made, at);
    }

    /**
     * The channel's row, still sealed.
     *
     * @param host      what it shares with other channels, as in its row
     * @param failing   nothing arrived there at the last attempt
     * @param secret    where its messages are signed
     * @param oldSecret those before it, while they still sign
     * @param buddy     the person it leads to, where that is not its owner
     */
    record Target(
            UUID channel,
            String name,
            String kind,
            String state,
            String host,
            boolean failing,
            byte[] settings,
            Optional<byte[]> secret,
            Optional<byte[]> oldSecret,
            Optional<Buddy> buddy) {

        boolean isActive() {
            return state.equals("active");
        }

        Receiver open(UUID account, SecretBox box) {
            var secrets = Stream.of(secret, oldSecret)
                    .flatMap(Optional::stream)
                    .flatMap(closed -> WebhookSecret.split(box.open(channel, closed)))
                    .toList();
            return new Receiver(channel, account, kind, Settings.of(box.open(channel, settings)), secrets).of(buddy);
        }
    }
}
