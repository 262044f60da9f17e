package dev.plimsoll.chat;

import dev.plimsoll.market.LatestMarket;
import dev.plimsoll.market.MarketSnapshot;
import dev.plimsoll.position.Position;
import dev.plimsoll.position.PositionStore;
import dev.plimsoll.risk.Cause;
import dev.plimsoll.risk.Health;
import dev.plimsoll.risk.HealthFactor;
import dev.plimsoll.risk.Judgement;
import dev.plimsoll.risk.Standing;
import dev.plimsoll.unit.AssetRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The positions of an account in the latest market. */
@Singleton
class Standings {
    private static final UUID FIRST = new UUID(0, 0);
    private static final int ALL = 1_000;

    private final PositionStore positions;
    private final LatestMarket latest;
    private final AssetRegistry assets;

    @Inject
    Standings(PositionStore positions, LatestMarket latest, AssetRegistry assets) {
        this.positions = positions;
        this.latest = latest;
        this.assets = assets;
    }

    /** One position, and how it stands. */
    record Seen(Position position, Standing standing) {

        /** Empty of what owes nothing, or cannot be judged. */
        Optional<Health> health() {
            return standing.protocol() instanceof Judgement.Judged(var health) ? Optional.of(health) : Optional.empty();
        }

        boolean isBlind() {
            return standing.protocol() instanceof Judgement.Unknown;
        }
    }

    /** The nearest to liquidation first, after those that cannot be judged. */
    Uni<List<Seen>> of(UUID account) {
        return positions
                .list(account, FIRST, ALL)
                .map(found -> found.stream().map(this::seen).sorted(byDanger()).toList());
    }

    Uni<Optional<Position>> find(UUID account, UUID position) {
        return positions.find(account, position);
    }

    Seen seen(Position position) {
        var standing = latest.snapshot()
                .map(market -> position.standing(market, assets))
                .orElseGet(() -> Standing.of(new Judgement.Unknown(
                        "there are no prices yet, for Plimsoll has just been started", Set.of(new Cause.NoPrices()))));
        return new Seen(position, standing);
    }

    Optional<MarketSnapshot> market() {
        return latest.snapshot();
    }

    AssetRegistry assets() {
        return assets;
    }

    private static Comparator<Seen> byDanger() {
        return Comparator.comparing((Seen seen) -> !seen.isBlind())
                .thenComparing(seen -> seen.health().isEmpty())
                .thenComparing(seen -> seen.health().map(Health::healthFactor).orElse(HealthFactor.INFINITE));
    }
}
