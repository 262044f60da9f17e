package dev.plimsoll.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.rule.Condition.Basis;
import dev.plimsoll.rule.Condition.Direction;
import dev.plimsoll.rule.Level.Limit;
import dev.plimsoll.unit.Asset;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class RuleJsonTest {
    static final List<Watches> WATCHES = List.of(
            new Watches.All(),
            new Watches.OnePosition(UUID.fromString("0199a3f0-0000-7000-8000-000000000001")),
            new Watches.Labelled("team", "treasury=west"),
            new Watches.OneAsset(new Asset("ETH")));
    static final List<Condition> CONDITIONS = List.of(
            new Condition.HealthFactor(Basis.PROTOCOL),
            new Condition.HealthFactor(Basis.MARKET),
            new Condition.LiquidationDistance(Optional.empty()),
            new Condition.LiquidationDistance(Optional.of(new Asset("wstETH"))),
            new Condition.AssetPrice(new Asset("BTC")),
            new Condition.PriceChange(new Asset("ETH"), Direction.EITHER, Duration.ofHours(1)),
            new Condition.PriceDivergence(new Asset("DAI"), Optional.empty()),
            new Condition.PriceDivergence(new Asset("DAI"), Optional.of("coinbase")),
            new Condition.PriceStale(new Asset("DAI"), Optional.empty()),
            new Condition.PriceStale(new Asset("DAI"), Optional.of("kraken")),
            new Condition.Depeg(new Asset("DAI"), Optional.empty()),
            new Condition.Depeg(new Asset("wstETH"), Optional.of(new Asset("ETH"))),
            new Condition.LoanToValue(),
            new Condition.CollateralRatio(),
            new Condition.HealthDrop(Duration.ofHours(1)),
            new Condition.TimeToLiquidation(),
            new Condition.LiquidationProbability(Duration.ofDays(1)),
            new Condition.FeedSkew(),
            new Condition.Blind());
    static final List<Limit> LIMITS = List.of(
            new Limit.Below(new BigDecimal("1.3")),
            new Limit.Above(new BigDecimal("4000")),
            new Limit.Percent(new BigDecimal("12.5")),
            new Limit.After(Duration.ofMinutes(5)),
            new Limit.Auto());

    @ParameterizedTest
    @FieldSource("WATCHES")
    void whatIsWatchedIsReadBackAsItWas(Watches watches) {
        var stored = Json.encode(RuleJson.watches(watches));

        assertThat(RuleJson.readWatches(Json.decodeValue(stored))).isEqualTo(watches);
    }

    @ParameterizedTest
    @FieldSource("CONDITIONS")
    void aConditionIsReadBackAsItWas(Condition condition) {
        var stored = RuleJson.condition(condition).encode();

        assertThat(RuleJson.readCondition(new JsonObject(stored))).isEqualTo(condition);
    }

    @ParameterizedTest
    @FieldSource("LIMITS")
    void aLevelIsReadBackAsItWas(Limit limit) {
        var level = level(limit);

        var stored = RuleJson.levels(new Condition.Blind(), List.of(level)).encode();

        assertThat(RuleJson.readLevels(new Condition.Blind(), new JsonArray(stored)))
                .containsExactly(level);
    }

    @Test
    void anAutomaticLimitStandsInTheFieldOfItsCondition() {
        var level = level(new Limit.Auto());

        var blind = LevelJson.write(new Condition.Blind(), level);
        var distance = LevelJson.write(new Condition.LiquidationDistance(Optional.empty()), level);

        assertThat(blind.getString("after")).isEqualTo("auto");
        assertThat(distance.getString("percent")).isEqualTo("auto");
    }

    @Test
    void aLimitOnAnAssetIsReadBackAsItsConditionMeansIt() {
        var eth = new Asset("ETH");
        var moved = level(new Limit.Moved(new BigDecimal("5")));
        var far = level(new Limit.Bps(new BigDecimal("75.5")));
        var late = level(new Limit.After(Duration.ofMinutes(2)));
        var own = level(new Limit.Auto());

        assertReadBack(new Condition.PriceChange(eth, Direction.DOWN, Duration.ofHours(1)), "percent", moved);
        assertReadBack(new Condition.PriceDivergence(eth, Optional.empty()), "bps", far);
        assertReadBack(new Condition.PriceDivergence(eth, Optional.empty()), "bps", own);
        assertReadBack(new Condition.PriceStale(eth, Optional.empty()), "after", late);
        assertReadBack(new Condition.PriceStale(eth, Optional.empty()), "after", own);
        assertReadBack(new Condition.FeedSkew(), "after", late);
        assertReadBack(new Condition.HealthDrop(Duration.ofHours(1)), "percent", moved);
        assertReadBack(new Condition.TimeToLiquidation(), "within", level(new Limit.Within(Duration.ofDays(30))));
        assertReadBack(new Condition.FeedSkew(), "after", own);
        assertReadBack(new Condition.Depeg(eth, Optional.empty()), "bps", far);
    }

    private static void assertReadBack(Condition condition, String field, Level level) {
        var stored = LevelJson.write(condition, level).encode();

        assertThat(new JsonObject(stored).containsKey(field)).isTrue();
        assertThat(LevelJson.read(condition, new JsonObject(stored))).isEqualTo(level);
    }

    private static Level level(Limit limit) {
        return new Level(
                Severity.CRITICAL,
                limit,
                Optional.of(new BigDecimal("1.33")),
                Duration.ofSeconds(20),
                Duration.ofMinutes(5),
                Duration.ofHours(4),
                Optional.of(List.of(UUID.fromString("0199a3f0-0000-7000-8000-000000000002"))));
    }
}
