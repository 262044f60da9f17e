package dev.plimsoll.pipeline;

import dev.plimsoll.book.Unseen;
import dev.plimsoll.market.Consensus;
import dev.plimsoll.market.MarketSnapshot;
import dev.plimsoll.position.Position;
import dev.plimsoll.risk.Health;
import dev.plimsoll.risk.Judgement;
import dev.plimsoll.risk.Lending;
import dev.plimsoll.rule.Blindness;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.AssetRegistry;
import dev.plimsoll.unit.PriceRange;
import dev.plimsoll.unit.Tick;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** The last believable price of every asset, and what each blind position looked like by them when it was last seen. */
final class Sight {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private final Map<UUID, LastSeen> lost = new HashMap<>();
    private Map<Asset, Consensus> believed = Map.of();
    private Optional<Tick> current = Optional.empty();
    private Optional<Tick> previous = Optional.empty();

    /** @param health empty when it was never judged */
    private record LastSeen(MarketSnapshot market, Optional<Health> health) {}

    /** Remembers what this tick may believe. */
    void look(MarketSnapshot market) {
        previous = current;
        current = Optional.of(market.tick());
        var newer = new HashMap<>(believed);
        market.assets().forEach((asset, consensus) -> {
            if (consensus.range().isBounded()) {
                newer.put(asset, consensus);
            }
        });
        believed = Map.copyOf(newer);
    }

    /** The position cannot be judged: keeps how it was before, until it is seen again. */
    void lose(Position position, MarketSnapshot now, AssetRegistry assets) {
        lost.computeIfAbsent(position.id(), id -> {
            var before = new MarketSnapshot(previous.orElse(now.tick()), believed);
            var judgement =
                    Lending.judge(position.loan(), position.legsSince(), before, assets, Lending.DEFAULT_TARGET);
            return new LastSeen(
                    before, judgement instanceof Judgement.Judged(var health) ? Optional.of(health) : Optional.empty());
        });
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
                before.flatMap(seen -> moved(position, seen.market(), now)));
    }

    /** How far any price that a position's assets still have anywhere moved, in percent: the largest move. */
    private static Optional<BigDecimal> moved(Position position, MarketSnapshot before, MarketSnapshot now) {
        return position.loan().assets().stream()
                .flatMap(asset -> before.of(asset).stream().flatMap(then -> moves(then.range(), now.of(asset))))
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
