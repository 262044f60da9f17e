package dev.plimsoll.api.page;

import dev.plimsoll.api.page.OwnView.PositionView;
import dev.plimsoll.market.LatestMarket;
import dev.plimsoll.position.Position;
import dev.plimsoll.position.PositionStore;
import dev.plimsoll.risk.Cause;
import dev.plimsoll.risk.Judgement;
import dev.plimsoll.risk.Standing;
import dev.plimsoll.unit.AssetRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Somebody's positions in the latest market, to be looked at. */
@Singleton
class OwnPositions {
    private static final UUID FIRST = new UUID(0, 0);

    private final PositionStore positions;
    private final LatestMarket latest;
    private final AssetRegistry assets;

    OwnPositions(PositionStore positions, LatestMarket latest, AssetRegistry assets) {
        this.positions = positions;
        this.latest = latest;
        this.assets = assets;
    }

    /** The oldest first. @param firing what fires, of whatever positions */
    Uni<List<PositionView>> of(UUID account, int most, List<JsonObject> firing) {
        return positions
                .list(account, FIRST, most)
                .map(found -> found.stream()
                        .map(position -> PositionView.of(position, standing(position), firing))
                        .toList());
    }

    Optional<Instant> asOf() {
        return latest.snapshot().map(market -> market.tick().at());
    }

    private Standing standing(Position position) {
        return latest.snapshot()
                .map(market -> position.standing(market, assets))
                .orElseGet(() -> Standing.of(new Judgement.Unknown(
                        "there are no prices yet, for Plimsoll has just been started", Set.of(new Cause.NoPrices()))));
    }
}
