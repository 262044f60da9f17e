package dev.plimsoll.pipeline;

import dev.plimsoll.delivery.Notice;
import dev.plimsoll.risk.Cause;
import dev.plimsoll.rule.Severity;
import dev.plimsoll.unit.Ids;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** What the operator is told of a cause that blinds many accounts. */
final class OperatorText {
    private OperatorText() {}

    static Notice blind(UUID operator, Extent wide, Instant at) {
        var text =
                ("%s of accounts are blind: %d of %d have positions that cannot be judged, %d in all, the first since %s,"
                                + " because %s. Their owners are told next.")
                        .formatted(
                                percent(wide),
                                wide.accounts(),
                                wide.holders(),
                                wide.positions(),
                                wide.since(),
                                words(wide.cause()));
        return notice(operator, "operator.blind", Severity.CRITICAL, at, data(operator, wide, "blind"), text);
    }

    /** @param since when the operator's blackout began */
    static Notice sighted(UUID operator, Extent narrow, Instant since, Instant at) {
        var minutes = Math.max(1, Duration.between(since, at).toMinutes());
        var text = "No longer so that %s: %d of %d accounts are still blind for it. It lasted %d min, from %s."
                .formatted(words(narrow.cause()), narrow.accounts(), narrow.holders(), minutes, since);
        var data = data(operator, narrow, "sight-regained")
                .put("since", since.toString())
                .put("until", at.toString());
        return notice(operator, "operator.sighted", Severity.WARNING, at, data, text);
    }

    private static JsonObject data(UUID operator, Extent extent, String reason) {
        return new JsonObject()
                .put("account", operator.toString())
                .put("reason", reason)
                .put("cause", extent.cause().text())
                .put("since", extent.since().toString())
                .put("accounts", extent.accounts())
                .put("ofAccounts", extent.holders())
                .put("positions", extent.positions());
    }

    private static Notice notice(
            UUID operator, String type, Severity severity, Instant at, JsonObject data, String text) {
        return new Notice(
                Ids.next(),
                operator,
                Optional.empty(),
                Optional.empty(),
                type,
                severity,
                at,
                Optional.empty(),
                data.put("text", text).encode(),
                text);
    }

    private static String percent(Extent extent) {
        return extent.accounts() * 100L / extent.holders() + " %";
    }

    private static String words(Cause cause) {
        return switch (cause) {
            case Cause.NoPrices() -> "no asset has a believable price";
            case Cause.Unpriced(var asset) -> asset + " has no believable price";
            case Cause.Disagreement(var asset) -> "the sources of " + asset + " disagree";
            case Cause.Unlisted(var asset) -> asset + " is not in the asset file";
        };
    }
}
