package dev.plimsoll.api;

import dev.plimsoll.delivery.Waking;
import dev.plimsoll.delivery.Wakings;
import dev.plimsoll.market.LatestMarket;
import dev.plimsoll.market.MarketSnapshot;
import dev.plimsoll.position.Position;
import dev.plimsoll.position.PositionConfig;
import dev.plimsoll.position.PositionStore;
import dev.plimsoll.rule.AssetReadings;
import dev.plimsoll.rule.RuleDraft;
import dev.plimsoll.unit.AssetRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** Previews rules on the positions of an account, in the latest market this replica knows. */
@Singleton
class RulePreviews {
    private static final Duration UNTIL_THE_FIRST_TICK = Duration.ofSeconds(10);
    private static final UUID OLDEST = new UUID(0, 0);

    private final PositionStore positions;
    private final PositionConfig config;
    private final LatestMarket latest;
    private final AssetRegistry assets;
    private final Wakings wakings;

    RulePreviews(
            PositionStore positions,
            PositionConfig config,
            LatestMarket latest,
            AssetRegistry assets,
            Wakings wakings) {
        this.positions = positions;
        this.config = config;
        this.latest = latest;
        this.assets = assets;
        this.wakings = wakings;
    }

    Uni<JsonObject> of(UUID account, RuleDraft draft) {
        return positions
                .list(account, OLDEST, config.perAccount())
                .chain(all -> wakings.around(account).map(around -> preview(account, draft, all, around)));
    }

    private JsonObject preview(UUID account, RuleDraft draft, List<Position> all, Waking.Around around) {
        var market = market();
        var rule = draft.unstored(account, market.tick().at());
        return new RulePreview(rule, new AssetReadings(market, latest.trail()), assets)
                .of(all)
                .put("wakesYou", WakingJson.write(Waking.of(rule, around)));
    }

    private MarketSnapshot market() {
        return latest.snapshot()
                .orElseThrow(() -> Problems.unavailable(
                        "No market has been judged yet: the first tick is still running.", UNTIL_THE_FIRST_TICK));
    }
}
