package dev.plimsoll.pipeline.digest;

import dev.plimsoll.alert.AlertReviewStore.Measure;
import dev.plimsoll.alert.AlertReviewStore.Sighting;
import dev.plimsoll.pipeline.digest.Review.Stood;
import dev.plimsoll.position.Lowest.Low;
import dev.plimsoll.position.Position;
import dev.plimsoll.risk.HealthFactor;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * When a position was nearest to liquidation: by recorded prices on the amounts of today, or as an alert saw it on the
 * amounts of then, where that was nearer. Whoever repaid was near all the same.
 *
 * @param at              when it was, or when that alert began
 * @param healthFactor    empty where the alert measured the distance alone
 * @param distancePercent empty where the alert measured the health factor alone
 * @param seenBy          the alert; empty where it is counted
 */
record ClosestCall(
        Position position,
        Instant at,
        Optional<HealthFactor> healthFactor,
        Optional<BigDecimal> distancePercent,
        Optional<Sighting> seenBy) {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /** The nearest of all; empty when nothing was owed, or nothing could be judged. */
    static Optional<ClosestCall> of(List<Stood> indebted, List<Position> positions, List<Sighting> seen, Instant asOf) {
        var counted = indebted.stream()
                .flatMap(stood -> stood.lowest(asOf).map(low -> counted(stood.position(), low)).stream())
                .toList();
        var nearer = seen.stream()
                .flatMap(sighting -> positions.stream()
                        .filter(position -> position.id().equals(sighting.position()))
                        .map(position -> seen(position, sighting)))
                .filter(call -> counted.stream().noneMatch(call::isNoNearerThan));
        return Stream.concat(counted.stream(), nearer).min(Comparator.comparing(ClosestCall::nearness));
    }

    private static ClosestCall counted(Position position, Low low) {
        return new ClosestCall(
                position,
                low.at(),
                Optional.of(low.healthFactor()),
                Optional.of(low.distancePercent()),
                Optional.empty());
    }

    private static ClosestCall seen(Position position, Sighting by) {
        var began = by.began();
        return switch (by.measure()) {
            case Measure.Factor(var value) ->
                new ClosestCall(position, began, Optional.of(value), Optional.empty(), Optional.of(by));
            case Measure.Distance(var percent) ->
                new ClosestCall(position, began, Optional.empty(), Optional.of(percent), Optional.of(by));
        };
    }

    /** By the same measure of the same position. */
    private boolean isNoNearerThan(ClosestCall counted) {
        return counted.position.id().equals(position.id())
                && (isNoNearer(healthFactor, counted.healthFactor)
                        || isNoNearer(distancePercent, counted.distancePercent));
    }

    private static <V extends Comparable<V>> boolean isNoNearer(Optional<V> own, Optional<V> other) {
        return own.flatMap(one -> other.filter(two -> one.compareTo(two) >= 0)).isPresent();
    }

    /** For an order between positions: of a distance alone, the health factor of a loan whose collateral falls as one. */
    private HealthFactor nearness() {
        return healthFactor.orElseGet(() -> distancePercent
                .map(HUNDRED::subtract)
                .filter(left -> left.signum() > 0)
                .map(left -> HealthFactor.of(HUNDRED.divide(left, MathContext.DECIMAL64)))
                .orElse(HealthFactor.INFINITE));
    }
}
