package dev.plimsoll.risk;

import dev.plimsoll.market.Consensus;
import dev.plimsoll.market.Consensus.Voice;
import dev.plimsoll.unit.Decimals;
import dev.plimsoll.unit.PriceRange;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** One asset's price inside a {@code health} block, with what every source said of it. */
final class PriceJson {
    private static final MathContext SHOWN = new MathContext(16, RoundingMode.HALF_EVEN);

    private PriceJson() {}

    static JsonObject write(Consensus consensus) {
        return new JsonObject().put("asset", consensus.asset().symbol()).mergeIn(evidence(consensus));
    }

    /** The same without saying of which asset. */
    static JsonObject evidence(Consensus consensus) {
        var json = new JsonObject();
        switch (consensus) {
            case Consensus.Agreed agreed -> believed(json, agreed.range(), agreed.families(), agreed.divergenceBps());
            case Consensus.Diverged diverged ->
                believed(json, diverged.range(), diverged.families(), diverged.divergenceBps());
            case Consensus.NoQuorum none -> json.put("why", none.why());
        }
        return json.put(
                "sources",
                new JsonArray(consensus.voices().stream().map(PriceJson::voice).toList()));
    }

    private static void believed(JsonObject json, PriceRange range, int families, BigDecimal divergenceBps) {
        json.put("price", text(range.middle())).put("low", text(range.low()));
        range.high().ifPresent(high -> json.put("high", text(high)));
        json.put("families", families)
                .put(
                        "divergenceBps",
                        divergenceBps.setScale(0, RoundingMode.CEILING).longValue());
        if (families == 1) {
            json.put("singleSource", true);
        }
    }

    private static JsonObject voice(Voice voice) {
        var json = new JsonObject().put("source", voice.source());
        voice.range().ifPresent(range -> json.put("price", text(range.middle())));
        voice.age().ifPresent(age -> json.put("ageSeconds", age.toSeconds()));
        json.put("used", voice.used());
        voice.unused().ifPresent(why -> json.put("why", why));
        return json;
    }

    private static String text(BigDecimal number) {
        return Decimals.plain(number.round(SHOWN));
    }
}
