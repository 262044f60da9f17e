package dev.plimsoll.risk;

import dev.plimsoll.risk.Shocks.Moved;
import dev.plimsoll.unit.Decimals;
import dev.plimsoll.unit.PriceRange;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** What a shock did to one price, as answers show it: the middle of its range, to 16 digits. */
public final class MovedJson {
    private static final MathContext SHOWN = new MathContext(16, RoundingMode.HALF_EVEN);

    private MovedJson() {}

    /** @param held whether the position has it */
    public static JsonObject write(Moved moved, boolean held) {
        var json = new JsonObject().put("asset", moved.asset().symbol()).put("held", held);
        moved.percent().ifPresent(percent -> json.put("changePercent", text(percent)));
        moved.from().map(PriceRange::middle).ifPresent(price -> json.put("from", text(price)));
        moved.to().map(PriceRange::middle).ifPresent(price -> json.put("to", text(price)));
        moved.why().ifPresent(why -> json.put("why", why));
        return json;
    }

    private static String text(BigDecimal number) {
        return Decimals.plain(number.round(SHOWN));
    }
}
