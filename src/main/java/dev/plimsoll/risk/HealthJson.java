package dev.plimsoll.risk;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;

/** The {@code health} block of API answers and webhook bodies alike. */
public final class HealthJson {
    private HealthJson() {}

    /**
     * @param asOf      the tick's instant
     * @param lastKnown what {@link #lastKnown} wrote when the loan was last judged; only shown while it is unknown
     */
    public static ObjectNode write(Judgement judgement, Instant asOf, Optional<ObjectNode> lastKnown) {
        throw new UnsupportedOperationException("not written yet");
    }

    /** The few figures worth remembering for a time when the loan cannot be judged, with their instant. */
    public static ObjectNode lastKnown(Health health) {
        throw new UnsupportedOperationException("not written yet");
    }
}
