package dev.plimsoll.delivery;

import dev.plimsoll.delivery.Message.Replaced;
import dev.plimsoll.delivery.OutboxRows.Queued;
import dev.plimsoll.rule.Severity;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A delivery that waits behind an open one. */
record Next(UUID delivery, UUID channel, String type, Severity severity, List<Replaced> replaced, Timing timing) {

    /** Tells of the one it replaces, and waits as long as the receiver asked that one to. */
    Next inPlaceOf(Claim older, Optional<Duration> notBefore) {
        var told = new ArrayList<>(older.message().replaced());
        told.add(new Replaced(older.message().type(), older.message().at()));
        told.addAll(replaced);
        var rest = notBefore.map(pause -> older.at().plus(pause).atOffset(ZoneOffset.UTC));
        return new Next(delivery, channel, type, severity, told, new Timing(rest, timing.failoverAt()));
    }

    /** Somebody was told of the one before. */
    Next afterDelivered() {
        return new Next(delivery, channel, type, severity, replaced, Timing.FRESH);
    }

    Queued queued() {
        return new Queued(delivery, channel, Urgency.priority(type, severity), timing);
    }
}
