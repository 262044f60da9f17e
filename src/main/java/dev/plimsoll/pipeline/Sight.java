package dev.plimsoll.pipeline;

import dev.plimsoll.market.Consensus;
import dev.plimsoll.market.MarketSnapshot;
import dev.plimsoll.position.Position;
import dev.plimsoll.risk.Cause;
import dev.plimsoll.risk.Health;
import dev.plimsoll.risk.LastKnown;
import dev.plimsoll.rule.Blindness;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.AssetRegistry;
import dev.plimsoll.unit.PriceRange;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Every position that cannot be judged: since when, why, and what it looked like by the last prices that could be
 * believed. Kept until it has been seen for a while: a short sight is none. The alerts keep it over a restart.
 */
final class Sight {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private final Map<UUID, Map<UUID, Lost>> lost = new HashMap<>();

    /** Every account of which some position is lost. */
    Set<UUID> accounts() {
        return Set.copyOf(lost.keySet());
    }

    /** Some position cannot be judged now. */
    boolean isAnyBlind() {
        return lost.values().stream()
                .flatMap(positions -> positions.values().stream())
                .anyMatch(one -> one.seen().isEmpty());
    }

    /** The account's lost positions, by id. */
    Map<UUID, Lost> of(UUID account) {
        return lost.getOrDefault(account, Map.of());
    }

    /** What the health was when it was last seen, for a position that cannot be judged now. */
    Optional<Health> lastKnown(Position position) {
        return Optional.ofNullable(of(position.account()).get(position.id())).flatMap(Lost::health);
    }

    /** The position cannot be judged. */
    void lose(Position position, Blindspot spot, MarketSnapshot now, AssetRegistry assets) {
        var at = now.tick().at();
        var patience = Blindness.shortSight(now.tick().interval());
        var known = Optional.ofNullable(of(position.account()).get(position.id()))
                .filter(before -> before.seen()
                        .filter(seen -> !seen.plus(patience).isAfter(at))
                        .isEmpty())
                .map(before -> before.again(spot))
                .orElseGet(() -> new Lost(
                        spot,
                        at,
                        Optional.empty(),
                        Optional.empty(),
                        prices(position, now),
                        Optional.empty(),
                        Map.of()));
        put(
                position.account(),
                position.id(),
                known.health().isPresent() ? known : known.knowing(figures(position, now, assets)));
    }

    private static Optional<Health> figures(Position position, MarketSnapshot now, AssetRegistry assets) {
        return LastKnown.of(position.terms(), position.legsSince(), now, assets);
    }

    private static Map<Asset, BigDecimal> prices(Position position, MarketSnapshot market) {
        var sightings = market.sightings();
        return position.terms().assets().stream()
                .filter(sightings::containsKey)
                .collect(Collectors.toUnmodifiableMap(
                        asset -> asset, asset -> middle(sightings.get(asset).range())));
    }

    /** It is judged again, if only for a while. */
    void see(Position position, Instant at) {
        Optional.ofNullable(of(position.account()).get(position.id()))
                .ifPresent(before -> put(position.account(), position.id(), before.seenAt(at)));
    }

    /** It is gone. */
    void forget(UUID account, UUID position) {
        lost.computeIfPresent(account, (same, positions) -> {
            positions.remove(position);
            return positions.isEmpty() ? null : positions;
        });
    }

    /** Its owner wrote it anew. */
    void changed(Position position) {
        Optional.ofNullable(of(position.account()).get(position.id()))
                .ifPresent(before -> put(position.account(), position.id(), before.changed()));
    }

    /** A message of this rule has named them. */
    void told(UUID account, UUID rule, Cause cause, Collection<UUID> positions) {
        positions.forEach(position -> Optional.ofNullable(of(account).get(position))
                .ifPresent(before -> put(account, position, before.toldOf(rule, cause))));
    }

    /** A gap that is told of itself starts every patience anew; so does a clock that was set back. */
    void between(UUID account, Instant start, Instant now) {
        of(account).entrySet().forEach(entry -> entry.setValue(entry.getValue().between(start, now)));
    }

    /** What need not be kept in mind any longer. */
    void prune(UUID account, BiPredicate<UUID, Lost> over) {
        Set.copyOf(of(account).entrySet()).stream()
                .filter(entry -> over.test(entry.getKey(), entry.getValue()))
                .forEach(entry -> forget(account, entry.getKey()));
    }

    /** Another watch may have seen what this one had lost. */
    void clear() {
        lost.clear();
    }

    /** As an alert remembers it. */
    void recall(UUID account, UUID position, Lost remembered) {
        lost.computeIfAbsent(account, any -> new HashMap<>()).merge(position, remembered, Lost::and);
    }

    private void put(UUID account, UUID position, Lost now) {
        lost.computeIfAbsent(account, any -> new HashMap<>()).put(position, now);
    }

    /** How far any price that a position's assets still have anywhere moved, in percent: the largest move. */
    static Optional<BigDecimal> moved(Map<Asset, BigDecimal> before, MarketSnapshot now) {
        return before.entrySet().stream()
                .flatMap(then -> moves(then.getValue(), now.of(then.getKey())))
                .max(BigDecimal::compareTo);
    }

    private static Stream<BigDecimal> moves(BigDecimal then, Optional<Consensus> now) {
        return now.stream()
                .flatMap(consensus -> consensus.voices().stream())
                .filter(Consensus.Voice::used)
                .flatMap(voice -> voice.range().stream())
                .filter(PriceRange::isBounded)
                .map(range ->
                        middle(range).subtract(then).abs().multiply(HUNDRED).divide(then, MathContext.DECIMAL64));
    }

    private static BigDecimal middle(PriceRange bounded) {
        return bounded.low().add(bounded.high().orElseThrow()).divide(BigDecimal.TWO, MathContext.DECIMAL64);
    }
}
