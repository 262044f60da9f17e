package dev.plimsoll.api;

import dev.plimsoll.market.Consensus.NoQuorum;
import dev.plimsoll.market.ConsensusJson;
import dev.plimsoll.market.MarketDay;
import dev.plimsoll.market.MarketDayJson;
import dev.plimsoll.market.MarketSnapshot;
import dev.plimsoll.oracle.SourceStatus;
import dev.plimsoll.oracle.SourceStatusJson;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.AssetInfo;
import dev.plimsoll.unit.AssetInfo.Anchor;
import dev.plimsoll.unit.AssetInfo.Listing;
import dev.plimsoll.unit.Decimals;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** What the market's resources answer with. */
final class MarketAnswers {
    private static final String DOLLAR = "USD";
    private static final BigDecimal ROOT_OF_AN_HOUR = BigDecimal.valueOf(60).sqrt(MathContext.DECIMAL32);
    private static final int SHOWN_DECIMALS = 3;

    private MarketAnswers() {}

    static JsonObject assets(Collection<AssetInfo> assets) {
        return list(assets, MarketAnswers::asset);
    }

    static JsonObject prices(MarketSnapshot market) {
        return list(market.known().stream().sorted().toList(), asset -> price(market, asset))
                .put("asOf", market.tick().at().toString());
    }

    /** With what it is held against, how wildly it moves, and the day before it. */
    static JsonObject price(MarketSnapshot market, AssetInfo info, MarketDay day) {
        var asset = info.asset();
        var json = price(market, asset);
        info.anchor()
                .ifPresent(anchor ->
                        json.put("anchor", anchor(anchor, market.past().rate(asset, anchor))));
        market.past()
                .volatility(asset)
                .ifPresent(deviation -> json.put("volatilityPercentPerHour", percentPerHour(deviation)));
        return json.put("day", MarketDayJson.prices(day)).put("divergence", MarketDayJson.divergence(day));
    }

    private static JsonObject price(MarketSnapshot market, Asset asset) {
        var consensus = market.of(asset).orElseGet(() -> new NoQuorum(asset, "the last tick did not ask", List.of()));
        return ConsensusJson.write(consensus).put("asOf", market.tick().at().toString());
    }

    static JsonObject sources(Collection<SourceStatus> sources) {
        return list(sources, SourceStatusJson::write);
    }

    /** All that there is, on one page. */
    private static <T> JsonObject list(Collection<T> all, Function<T, JsonObject> item) {
        return new JsonObject()
                .put("items", new JsonArray(all.stream().map(item).toList()))
                .putNull("next");
    }

    private static JsonObject asset(AssetInfo info) {
        var json = new JsonObject()
                .put("symbol", info.asset().symbol())
                .put("name", info.name())
                .put("aliases", new JsonArray(info.aliases()))
                .put("class", info.volatility().name().toLowerCase(Locale.ROOT))
                .put("group", info.group().orElse(null))
                .put("decimals", info.decimals())
                .put("tokens", new JsonArray(info.tokens().stream().sorted().toList()))
                .put("sources", listings(info));
        info.anchor().ifPresent(anchor -> json.put("anchor", anchor(anchor, anchor.rate())));
        return json;
    }

    private static JsonObject listings(AssetInfo info) {
        var json = new JsonObject();
        new TreeMap<>(info.listings()).forEach((source, listing) -> json.put(source, listing(listing)));
        return json;
    }

    private static JsonObject listing(Listing listing) {
        return new JsonObject().put("id", listing.id()).put("quotedIn", symbol(listing.quotedIn()));
    }

    private static JsonObject anchor(Anchor anchor, BigDecimal rate) {
        return new JsonObject()
                .put("asset", symbol(anchor.asset()))
                .put("rate", Decimals.plain(rate))
                .put("bandBps", Decimals.plain(anchor.band().value()));
    }

    /** Of a minute's deviation, as a plain ratio; rounded up, for a price is never calmer than it is shown. */
    private static String percentPerHour(BigDecimal deviation) {
        return Decimals.plain(
                deviation.multiply(ROOT_OF_AN_HOUR).movePointRight(2).setScale(SHOWN_DECIMALS, RoundingMode.UP));
    }

    private static String symbol(Optional<Asset> asset) {
        return asset.map(Asset::symbol).orElse(DOLLAR);
    }
}
