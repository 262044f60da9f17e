package dev.plimsoll.oracle;

import dev.plimsoll.oracle.Answer.Reason;
import dev.plimsoll.unit.Asset;
import io.smallrye.mutiny.Multi;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A price source that also speaks unasked. It opens one stream and reads it; when to open the next, and how long a
 * silence may last, is for its lane to say.
 */
public interface StreamingSource extends PriceSource {

    /**
     * One stream, from its opening to its end; nothing is open before it is subscribed to or after it is cancelled. What
     * comes is handled as it comes: there is no queue. Never fails: the last item is {@link Ended}.
     */
    Multi<Heard> listen(Set<Asset> assets, SourceSettings settings);

    /** What came over the stream. */
    sealed interface Heard {}

    /** What one event says of some of the assets; none where it could not be read. */
    record Said(List<Answer> answers) implements Heard {
        public Said {
            answers = List.copyOf(answers);
        }
    }

    /**
     * Nothing more comes.
     *
     * @param detail     a sentence without URLs or keys
     * @param retryAfter how long the source wishes not to be called, where it said so
     */
    record Ended(Reason reason, String detail, Optional<Duration> retryAfter) implements Heard {}
}
