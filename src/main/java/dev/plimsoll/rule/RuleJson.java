package dev.plimsoll.rule;

import dev.plimsoll.rule.Condition.AssetPrice;
import dev.plimsoll.rule.Condition.Basis;
import dev.plimsoll.rule.Condition.Blind;
import dev.plimsoll.rule.Condition.CollateralRatio;
import dev.plimsoll.rule.Condition.Depeg;
import dev.plimsoll.rule.Condition.Direction;
import dev.plimsoll.rule.Condition.FeedSkew;
import dev.plimsoll.rule.Condition.HealthDrop;
import dev.plimsoll.rule.Condition.HealthFactor;
import dev.plimsoll.rule.Condition.LiquidationDistance;
import dev.plimsoll.rule.Condition.LiquidationProbability;
import dev.plimsoll.rule.Condition.LoanToValue;
import dev.plimsoll.rule.Condition.OracleGap;
import dev.plimsoll.rule.Condition.PriceChange;
import dev.plimsoll.rule.Condition.PriceDivergence;
import dev.plimsoll.rule.Condition.PriceStale;
import dev.plimsoll.rule.Condition.TimeToLiquidation;
import dev.plimsoll.rule.Watches.All;
import dev.plimsoll.rule.Watches.Labelled;
import dev.plimsoll.rule.Watches.OneAsset;
import dev.plimsoll.rule.Watches.OnePosition;
import dev.plimsoll.unit.Asset;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** What a rule watches and asks as JSON, the same in the database, in answers and in webhook bodies. */
public final class RuleJson {
    /** What an asset is held against where no other is named. */
    public static final String DOLLAR = "USD";

    private RuleJson() {}

    /** {@code "all"} or an object. */
    public static Object watches(Watches watches) {
        return switch (watches) {
            case All() -> "all";
            case OnePosition(var position) -> new JsonObject().put("position", position.toString());
            case Labelled(var label, var value) -> new JsonObject().put("label", label + "=" + value);
            case OneAsset(var asset) -> new JsonObject().put("asset", asset.symbol());
        };
    }

    /** What {@link #watches(Watches)} wrote. */
    public static Watches readWatches(Object json) {
        if (!(json instanceof JsonObject object)) {
            return new All();
        }
        var entry = object.iterator().next();
        var value = entry.getValue().toString();
        return switch (entry.getKey()) {
            case "position" -> new OnePosition(UUID.fromString(value));
            case "label" -> labelled(value);
            case "asset" -> new OneAsset(new Asset(value));
            default -> throw new IllegalArgumentException("a rule watches nothing called " + entry.getKey());
        };
    }

    public static JsonObject condition(Condition condition) {
        var json = new JsonObject().put("type", type(condition));
        return switch (condition) {
            case HealthFactor(var basis) -> json.put("basis", word(basis));
            case LiquidationDistance(var asset) ->
                asset.map(it -> json.put("asset", it.symbol())).orElse(json);
            case LoanToValue() -> json;
            case CollateralRatio() -> json;
            case HealthDrop(var within) -> within(json, within);
            case TimeToLiquidation() -> json;
            case LiquidationProbability(var within) -> within(json, within);
            case AssetPrice(var asset) -> asset(json, asset);
            case PriceChange(var asset, var direction, var within) ->
                within(asset(json, asset).put("direction", word(direction)), within);
            case PriceDivergence(var asset, var source) -> feed(json, asset, source);
            case PriceStale(var asset, var source) -> feed(json, asset, source);
            case Depeg(var asset, var of) ->
                asset(json, asset).put("of", of.map(Asset::symbol).orElse(DOLLAR));
            case OracleGap() -> json;
            case FeedSkew() -> json;
            case Blind() -> json;
        };
    }

    private static JsonObject feed(JsonObject json, Asset asset, Optional<String> source) {
        return source.map(name -> asset(json, asset).put("source", name)).orElseGet(() -> asset(json, asset));
    }

    private static JsonObject asset(JsonObject json, Asset asset) {
        return json.put("asset", asset.symbol());
    }

    private static JsonObject within(JsonObject json, Duration within) {
        return json.put("within", within.toString());
    }

    /** What {@link #condition(Condition)} wrote. */
    public static Condition readCondition(JsonObject json) {
        var asset = Optional.ofNullable(json.getString("asset")).map(Asset::new);
        return switch (json.getString("type")) {
            case "health-factor" ->
                new HealthFactor(Basis.valueOf(json.getString("basis").toUpperCase(Locale.ROOT)));
            case "liquidation-distance" -> new LiquidationDistance(asset);
            case "loan-to-value" -> new LoanToValue();
            case "collateral-ratio" -> new CollateralRatio();
            case "health-drop" -> new HealthDrop(within(json));
            case "time-to-liquidation" -> new TimeToLiquidation();
            case "liquidation-probability" -> new LiquidationProbability(within(json));
            case "price" -> new AssetPrice(asset.orElseThrow());
            case "price-change" -> priceChange(json, asset.orElseThrow());
            case "price-divergence" -> new PriceDivergence(asset.orElseThrow(), source(json));
            case "price-stale" -> new PriceStale(asset.orElseThrow(), source(json));
            case "depeg" -> new Depeg(asset.orElseThrow(), of(json));
            case "oracle-gap" -> new OracleGap();
            case "feed-skew" -> new FeedSkew();
            case "blind" -> new Blind();
            default -> throw new IllegalArgumentException("no condition is called " + json.getString("type"));
        };
    }

    private static PriceChange priceChange(JsonObject json, Asset asset) {
        var direction = Direction.valueOf(json.getString("direction").toUpperCase(Locale.ROOT));
        return new PriceChange(asset, direction, within(json));
    }

    private static Duration within(JsonObject json) {
        return Duration.parse(json.getString("within"));
    }

    private static Optional<String> source(JsonObject json) {
        return Optional.ofNullable(json.getString("source"));
    }

    private static Optional<Asset> of(JsonObject json) {
        return Optional.of(json.getString("of"))
                .filter(symbol -> !symbol.equals(DOLLAR))
                .map(Asset::new);
    }

    /** The word users write for this kind of condition. */
    public static String type(Condition condition) {
        return switch (condition) {
            case HealthFactor ignored -> "health-factor";
            case LiquidationDistance ignored -> "liquidation-distance";
            case LoanToValue ignored -> "loan-to-value";
            case CollateralRatio ignored -> "collateral-ratio";
            case HealthDrop ignored -> "health-drop";
            case TimeToLiquidation ignored -> "time-to-liquidation";
            case LiquidationProbability ignored -> "liquidation-probability";
            case AssetPrice ignored -> "price";
            case PriceChange ignored -> "price-change";
            case PriceDivergence ignored -> "price-divergence";
            case PriceStale ignored -> "price-stale";
            case Depeg ignored -> "depeg";
            case OracleGap ignored -> "oracle-gap";
            case FeedSkew ignored -> "feed-skew";
            case Blind ignored -> "blind";
        };
    }

    public static JsonArray levels(Condition condition, List<Level> levels) {
        return new JsonArray(
                levels.stream().map(level -> LevelJson.write(condition, level)).toList());
    }

    /** What {@link #levels(Condition, List)} wrote for the same condition. */
    public static List<Level> readLevels(Condition condition, JsonArray json) {
        return json.stream()
                .map(JsonObject.class::cast)
                .map(level -> LevelJson.read(condition, level))
                .toList();
    }

    /** An enum's constant as users write it: {@code warning}. */
    public static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** {@code team=treasury}: everything after the first equals sign is the value. */
    private static Labelled labelled(String text) {
        var at = text.indexOf('=');
        return new Labelled(text.substring(0, at), text.substring(at + 1));
    }
}
