package dev.plimsoll.oracle.source;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plimsoll.oracle.Answer.Reason;
import dev.plimsoll.oracle.Answer.Silent;
import dev.plimsoll.unit.Asset;
import java.time.Duration;
import java.util.Optional;

/** What one request to a source brought. */
sealed interface Fetched {

    /** A successful answer, read. */
    record Document(JsonNode json) implements Fetched {}

    /**
     * None.
     *
     * @param detail a sentence of ours: nothing the source sent, no URL, no key
     * @param status of the answer, 0 where there was none
     * @param json   what a refusal said, where it was JSON
     * @param retryAfter how long the source wishes not to be asked, where it said so
     */
    record Nothing(Reason reason, String detail, int status, Optional<JsonNode> json, Optional<Duration> retryAfter)
            implements Fetched {
        Nothing(Reason reason, String detail) {
            this(reason, detail, 0, Optional.empty(), Optional.empty());
        }

        /** What it means for an asset that was asked for. */
        Silent silent(String source, Asset asset) {
            return new Silent(source, asset, reason, detail, retryAfter);
        }

        boolean isNotFound() {
            return status == 404;
        }
    }
}
