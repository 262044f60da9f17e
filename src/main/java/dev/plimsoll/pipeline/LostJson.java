package dev.plimsoll.pipeline;

import dev.plimsoll.alert.Alert;
import dev.plimsoll.alert.AlertState.Phase;
import dev.plimsoll.alert.Subject;
import dev.plimsoll.risk.Cause;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.Decimals;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Lost positions as an alert of blindness keeps them over a restart. */
final class LostJson {
    /** Where they stand among what rule and subject are called. */
    static final String MEMBER = "blind";

    private static final String BEFORE = "it could not be judged before the restart";

    private LostJson() {}

    /** @param told a message of the alert has named it */
    static JsonObject write(UUID position, String name, Lost lost, boolean told) {
        var json = new JsonObject()
                .put("id", position.toString())
                .put("name", name)
                .put("since", lost.since().toString())
                .put("told", told)
                .put("prices", prices(lost.prices()));
        lost.seen().ifPresent(seen -> json.put("seen", seen.toString()));
        lost.distance().ifPresent(distance -> json.put("distance", Decimals.plain(distance)));
        return json;
    }

    /** All that an open alert of blindness remembers, by position. */
    static Map<UUID, Lost> read(Alert alert) {
        return alert.key().subject() instanceof Subject.OfAccount(var cause)
                ? new JsonObject(alert.shown())
                        .getJsonArray(MEMBER, new JsonArray()).stream()
                                .map(JsonObject.class::cast)
                                .collect(Collectors.toUnmodifiableMap(
                                        json -> UUID.fromString(json.getString("id")),
                                        json -> read(json, cause, alert)))
                : Map.of();
    }

    private static Lost read(JsonObject json, Cause cause, Alert alert) {
        var told = json.getBoolean("told") && alert.state().phase() == Phase.FIRING;
        return new Lost(
                new Blindspot(Set.of(cause), BEFORE),
                Instant.parse(json.getString("since")),
                Optional.ofNullable(json.getString("seen")).map(Instant::parse),
                Optional.ofNullable(json.getString("distance")).map(BigDecimal::new),
                prices(json.getJsonObject("prices")),
                Optional.empty(),
                told ? Map.of(alert.key().rule(), cause) : Map.of());
    }

    private static JsonObject prices(Map<Asset, BigDecimal> prices) {
        var json = new JsonObject();
        prices.keySet().stream().sorted().forEach(asset -> json.put(asset.symbol(), Decimals.plain(prices.get(asset))));
        return json;
    }

    private static Map<Asset, BigDecimal> prices(JsonObject json) {
        return json.fieldNames().stream()
                .collect(Collectors.toUnmodifiableMap(Asset::new, symbol -> new BigDecimal(json.getString(symbol))));
    }
}
