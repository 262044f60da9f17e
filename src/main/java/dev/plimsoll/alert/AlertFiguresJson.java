package dev.plimsoll.alert;

import dev.plimsoll.alert.AlertState.Phase;
import dev.plimsoll.unit.Decimals;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;

/** What the life of an alert comes to, for its owner. What is not known is absent. */
public final class AlertFiguresJson {
    private static final int DECIMALS = 4;

    private AlertFiguresJson() {}

    /** @param shown what the rule was called when the alert was last written: it says which side of a limit is worse */
    public static JsonObject write(AlertState state, JsonObject shown) {
        var json = new JsonObject();
        state.breach().worst().ifPresent(worst -> json.put("worst", AlertJson.worst(worst, shown)));
        state.slopePerHour().ifPresent(slope -> json.put("slopePerHour", slope(slope, shown)));
        if (state.ladder().highest() > 0) {
            json.put("escalationSteps", state.ladder().highest());
        }
        if (state.phase() == Phase.FIRING) {
            state.attention()
                    .acknowledgedAt()
                    .map(at -> at.plus(Attention.patience(state.severity())))
                    .ifPresent(until -> json.put("acknowledgedUntil", until.toString()));
        }
        state.end()
                .ifPresent(end -> json.put(
                                "duration",
                                Duration.between(state.startedAt(), end.at()).toString())
                        .put("mayBeLiquidated", state.breach().belowOne()));
        return json;
    }

    /** Rounded towards danger. */
    private static String slope(BigDecimal slope, JsonObject shown) {
        return Decimals.plain(
                slope.setScale(DECIMALS, AlertJson.isMoreWorse(shown) ? RoundingMode.CEILING : RoundingMode.FLOOR));
    }
}
