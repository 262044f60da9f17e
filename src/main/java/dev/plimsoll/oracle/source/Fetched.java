package dev.plimsoll.oracle.source;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plimsoll.oracle.Answer.Reason;
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
     */
    record Nothing(Reason reason, String detail, int status, Optional<JsonNode> json) implements Fetched {
        Nothing(Reason reason, String detail) {
            this(reason, detail, 0, Optional.empty());
        }

        boolean isNotFound() {
            return status == 404;
        }
    }
}
