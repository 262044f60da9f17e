package dev.plimsoll.api;

import dev.plimsoll.account.LabelsJson;
import dev.plimsoll.market.LatestMarket;
import dev.plimsoll.market.MarketSnapshot;
import dev.plimsoll.position.Position;
import dev.plimsoll.position.TermsJson;
import dev.plimsoll.risk.Cause;
import dev.plimsoll.risk.HealthJson;
import dev.plimsoll.risk.Judgement;
import dev.plimsoll.risk.LastKnown;
import dev.plimsoll.risk.Standing;
import dev.plimsoll.unit.AssetRegistry;
import dev.plimsoll.unit.Decimals;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/** A position as the API answers it: what was declared, who would hear of it, and how it stands in the latest market. */
@Singleton
public class PositionAnswers {
    private static final List<String> LEFT_OUT = List.of("asOf", "prices", "advice", "withdrawable", "relativePrices");

    private final Coverages coverages;
    private final LatestMarket latest;
    private final AssetRegistry assets;
    private final Clock clock;

    PositionAnswers(Coverages coverages, LatestMarket latest, AssetRegistry assets, Clock clock) {
        this.coverages = coverages;
        this.latest = latest;
        this.assets = assets;
        this.clock = clock;
    }

    Uni<JsonObject> whole(Position position) {
        return coverages.of(position.account()).map(coverage -> of(position, coverage));
    }

    /** In a transaction of the account that the caller began. */
    Uni<JsonObject> whole(Mutiny.Session session, Position position) {
        return coverages.of(session, position.account()).map(coverage -> of(position, coverage));
    }

    /** @param positions of one account */
    Uni<List<JsonObject>> whole(UUID account, List<Position> positions) {
        return coverages
                .of(account)
                .map(coverage -> positions.stream()
                        .map(position -> of(position, coverage))
                        .toList());
    }

    /** The health alone, without prices and advice, and without the time: equal figures are equal. */
    public JsonObject figures(Position position, MarketSnapshot market) {
        var health = HealthJson.write(
                position.standing(market, assets), market.tick().at(), Optional.empty());
        LEFT_OUT.forEach(health::remove);
        return new JsonObject()
                .put("id", position.id().toString())
                .put("key", position.key().orElse(null))
                .put("name", position.name())
                .put("health", health);
    }

    private JsonObject of(Position position, Coverage coverage) {
        var market = latest.snapshot();
        var standing = market.map(snapshot -> position.standing(snapshot, assets))
                .orElseGet(() -> Standing.of(new Judgement.Unknown(
                        "no prices yet: Plimsoll has just been started", Set.of(new Cause.NoPrices()))));
        return declared(position)
                .put("coverage", coverage.json(position, standing, assets))
                .put("health", HealthJson.write(standing, asOf(market), lastKnown(position, standing, market)));
    }

    /** The block alone, in this market. */
    JsonObject health(Position position, MarketSnapshot market) {
        var standing = position.standing(market, assets);
        return HealthJson.write(standing, market.tick().at(), lastKnown(position, standing, Optional.of(market)));
    }

    private Optional<JsonObject> lastKnown(Position position, Standing standing, Optional<MarketSnapshot> market) {
        return market.filter(snapshot -> standing.protocol() instanceof Judgement.Unknown)
                .flatMap(snapshot -> LastKnown.of(position.terms(), position.legsSince(), snapshot, assets))
                .map(HealthJson::lastKnown);
    }

    private Instant asOf(Optional<MarketSnapshot> market) {
        return market.map(snapshot -> snapshot.tick().at()).orElseGet(clock::instant);
    }

    private static JsonObject declared(Position position) {
        return new JsonObject()
                .put("id", position.id().toString())
                .put("kind", position.terms().kind())
                .put("key", position.key().orElse(null))
                .put("name", position.name())
                .put("labels", LabelsJson.write(position.labels()))
                .mergeIn(TermsJson.write(position.terms()))
                .put(
                        "targetHealthFactor",
                        position.targetHealthFactor().map(Decimals::plain).orElse(null))
                .put("legsSince", position.legsSince().toString())
                .put("createdAt", position.createdAt().toString());
    }
}
