package dev.plimsoll.pipeline;

import dev.plimsoll.book.Unseen;
import dev.plimsoll.market.Consensus;
import dev.plimsoll.market.MarketSnapshot;
import dev.plimsoll.position.Position;
import dev.plimsoll.risk.Health;
import dev.plimsoll.risk.LastKnown;
import dev.plimsoll.rule.Blindness;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.AssetRegistry;
import dev.plimsoll.unit.PriceRange;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What each blind position looked like when it was last seen, by the last prices that could be believed. */
final class Sight {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private final Map<UUID, LastSeen> lost = new HashMap<>();

    /** @param health empty when it was never judged */
    private record LastSeen(Map<Asset, PriceRange> prices, Optional<Health> health) {}

    /** The position cannot be judged: keeps how it was before, until it is seen again. */
    void lose(Position position, MarketSnapshot now, AssetRegistry assets) {
        lost.computeIfAbsent(
                position.id(),
                id -> new LastSeen(
                        prices(position, now), LastKnown.of(position.terms(), position.legsSince(), now, assets)));
    }

    private static Map<Asset, PriceRange> prices(Position position, MarketSnapshot market) {
        var sightings = market.sightings();
        return position.terms().assets().stream()
                .filter(sightings::containsKey)
                .collect(Collectors.toUnmodifiableMap(
                        asset -> asset, asset -> sightings.get(asset).range()));
    }

    /** It was seen again, or is gone. */
    void forget(UUID position) {
        lost.remove(position);
    }

    /** What the health was when it was last seen, for a position that cannot be judged now. */
    Optional<Health> lastKnown(UUID position) {
        return Optional.ofNullable(lost.get(position)).flatMap(LastSeen::health);
    }

    /** @param fallback the last distance an earlier watch knew of, in percent */
    Blindness of(Position position, Unseen unseen, MarketSnapshot now, Optional<BigDecimal> fallback) {
        var before = Optional.ofNullable(lost.get(position.id()));
        var distance =
                before.flatMap(LastSeen::health).map(health -> health.distance().low());
        return new Blindness(
                position.id(),
                position.name(),
                unseen.why(),
                unseen.since(),
                distance.or(() -> fallback),
                before.flatMap(seen -> moved(seen.prices(), now)));
    }

    /** How far any price that a position's assets still have anywhere moved, in percent: the largest move. */
    private static Optional<BigDecimal> moved(Map<Asset, PriceRange> before, MarketSnapshot now) {
        return before.entrySet().stream()
                .flatMap(then -> moves(then.getValue(), now.of(then.getKey())))
                .max(BigDecimal::compareTo);
    }

    private static Stream<BigDecimal> moves(PriceRange then, Optional<Consensus> now) {
        return now.stream()
                .flatMap(consensus -> consensus.voices().stream())
                .filter(Consensus.Voice::used)
                .flatMap(voice -> voice.range().stream())
                .filter(PriceRange::isBounded)
                .map(range -> middle(range)
                        .subtract(middle(then))
                        .abs()
                        .multiply(HUNDRED)
                        .divide(middle(then), MathContext.DECIMAL64));
    }

    private static BigDecimal middle(PriceRange bounded) {
        return bounded.low().add(bounded.high().orElseThrow()).divide(BigDecimal.TWO, MathContext.DECIMAL64);
    }
}
