package dev.plimsoll.api;

import dev.plimsoll.market.LatestMarket;
import dev.plimsoll.market.MarketSnapshot;
import dev.plimsoll.position.Adjustment;
import dev.plimsoll.position.Adjustment.Adjusted;
import dev.plimsoll.position.Adjustment.Refused;
import dev.plimsoll.position.Position;
import dev.plimsoll.risk.HealthJson;
import dev.plimsoll.risk.MovedJson;
import dev.plimsoll.risk.Shocks.Clash;
import dev.plimsoll.risk.Shocks.Contradiction;
import dev.plimsoll.risk.Shocks.Shocked;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.AssetRegistry;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Positions as they would stand in the latest market after something happened. Nothing is stored. */
@Singleton
class Simulations {
    private static final Duration UNTIL_THE_FIRST_TICK = Duration.ofSeconds(10);

    private final PositionAnswers answers;
    private final LatestMarket latest;
    private final AssetRegistry assets;

    Simulations(PositionAnswers answers, LatestMarket latest, AssetRegistry assets) {
        this.answers = answers;
        this.latest = latest;
        this.assets = assets;
    }

    /** Before and after, or a problem with every fault. */
    JsonObject of(Position position, Simulation simulation) {
        var market = market();
        var adjusted = simulation
                .adjustment()
                .map(moves -> moves.of(position, market.tick().at(), assets));
        var after = after(position, adjusted, market.tick().at());
        var held = Stream.of(position, after)
                .flatMap(it -> it.terms().assets().stream())
                .collect(Collectors.toUnmodifiableSet());
        return switch (simulation.shocks().in(market, assets, held)) {
            case Shocked shocked when faults(adjusted).isEmpty() -> answer(position, after, market, shocked, held);
            case Shocked ignored -> throw Problems.invalid(faults(adjusted));
            case Contradiction(var clashes) ->
                throw Problems.invalid(Stream.concat(
                                faults(adjusted).stream(), clashes.stream().map(Simulations::fault))
                        .toList());
        };
    }

    private MarketSnapshot market() {
        return latest.snapshot()
                .orElseThrow(() -> Problems.unavailable(
                        "No market has been judged yet: the first tick is still running.", UNTIL_THE_FIRST_TICK));
    }

    private static Position after(Position position, Optional<Adjustment.Outcome> adjusted, Instant at) {
        return adjusted.filter(Adjusted.class::isInstance)
                .map(Adjusted.class::cast)
                .map(outcome -> position.with(outcome.terms(), at))
                .orElse(position);
    }

    private static List<Fault> faults(Optional<Adjustment.Outcome> adjusted) {
        return adjusted.filter(Refused.class::isInstance)
                .map(Refused.class::cast)
                .map(refused -> AdjustmentForm.faults(refused.faults()))
                .orElse(List.of());
    }

    private static Fault fault(Clash clash) {
        return new Fault(
                "%s would move twice, by 'shocks' %d and %d, and neither goes before the other: leave one out, or say"
                                .formatted(clash.asset(), clash.first(), clash.second())
                        + " 'only' where an asset moves without its group.",
                "/shocks/" + clash.second());
    }

    private JsonObject answer(
            Position before, Position after, MarketSnapshot market, Shocked shocked, Set<Asset> held) {
        var at = market.tick().at();
        var moved = shocked.moved().stream()
                .map(move -> MovedJson.write(move, held.contains(move.asset())))
                .toList();
        return new JsonObject()
                .put("asOf", at.toString())
                .put("moved", new JsonArray(moved))
                .put("before", answers.health(before, market))
                .put("after", HealthJson.write(after.standing(shocked.market(), assets), at, Optional.empty()));
    }
}
