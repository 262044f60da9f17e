package dev.plimsoll.book;

import dev.plimsoll.alert.Observations;
import dev.plimsoll.book.Bands.Decided;
import dev.plimsoll.risk.HealthFactor;
import dev.plimsoll.risk.HealthRange;
import dev.plimsoll.risk.Judgement;
import dev.plimsoll.risk.Standing;
import dev.plimsoll.risk.Terms;
import dev.plimsoll.rule.Threshold;
import dev.plimsoll.unit.AssetRegistry;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where the gap between both health factors of a position stays on the side of every limit that it is on.
 *
 * <p>At a limit of L basis points the protocol's factor is 1 ± L / 10,000 times the market's. How much nearer to that both
 * may come is shared between them: each may move by the root of it. So a move that both follow leaves the bands though the
 * gap stays; that selects more than changes, never less.
 */
final class GapBands {
    private GapBands() {}

    static PositionBand of(Terms terms, Standing standing, Decided decided, AssetRegistry assets) {
        if (standing.isOne()) {
            return PositionBand.ofProtocol(Band.EVERYWHERE.dueAt(decided.due()));
        }
        return switch (standing.protocol()) {
            case Judgement.NoDebt ignored -> PositionBand.ofProtocol(Band.EVERYWHERE.dueAt(decided.due()));
            case Judgement.Unknown ignored -> PositionBand.EVERYWHERE;
            case Judgement.Judged(var protocol) ->
                standing.market() instanceof Judgement.Judged(var market)
                        ? of(limits(terms, decided, assets), protocol.range(), market.range(), decided.due())
                        : PositionBand.ofMarket(Band.UNSEEN);
        };
    }

    /** In basis points: where its levels fire and clear, where it worsens next, and from where on its worst is taken anew. */
    private static List<BigDecimal> limits(Terms terms, Decided decided, AssetRegistry assets) {
        var thresholds = decided.rule().levels().stream()
                .map(level -> Threshold.of(decided.rule().condition(), level, terms, assets))
                .flatMap(threshold -> Stream.of(threshold.limit(), threshold.clear()));
        var worsening = decided.state().nextWorsening().map(Observations::valueWith);
        var depth = Depth.next(decided).map(Threshold::limit);
        return Stream.concat(thresholds, Stream.concat(worsening.stream(), depth.stream()))
                .toList();
    }

    static PositionBand of(Collection<BigDecimal> limits, HealthRange protocol, HealthRange market, Instant due) {
        var lowest = ratio(protocol.low(), market.high()).orElse(BigDecimal.ZERO);
        var highest = ratio(protocol.high(), market.low());
        if (highest.isEmpty()) {
            return PositionBand.NOWHERE;
        }
        var edges = new Edges();
        limits.stream()
                .map(limit -> limit.movePointLeft(4))
                .flatMap(part -> Stream.of(BigDecimal.ONE.add(part), BigDecimal.ONE.subtract(part)))
                .filter(edge -> edge.signum() > 0)
                .forEach(edge -> edges.around(edge, lowest, highest));
        var ratios = edges.band(due);
        return ratios.isEmpty()
                ? PositionBand.NOWHERE
                : shared(ratios, new Band(lowest.doubleValue(), highest.get().doubleValue(), due), protocol, market);
    }

    private static PositionBand shared(Band allowed, Band now, HealthRange protocol, HealthRange market) {
        var up = Math.sqrt(allowed.to() / now.to());
        var down = Math.sqrt(now.from() / allowed.from());
        return new PositionBand(
                new Band(low(protocol) / down, high(protocol) * up, allowed.due()),
                new Band(low(market) / up, high(market) * down, allowed.due()));
    }

    private static double low(HealthRange range) {
        return range.low().value().orElseThrow().doubleValue();
    }

    private static double high(HealthRange range) {
        return range.high().value().map(BigDecimal::doubleValue).orElse(Double.POSITIVE_INFINITY);
    }

    /** Empty where it may be anything. */
    private static Optional<BigDecimal> ratio(HealthFactor protocol, HealthFactor market) {
        return protocol.value()
                .flatMap(p -> market.value().filter(m -> m.signum() > 0).map(m -> p.divide(m, MathContext.DECIMAL64)));
    }
}
