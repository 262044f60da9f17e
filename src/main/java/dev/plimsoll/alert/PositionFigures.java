package dev.plimsoll.alert;

import dev.plimsoll.alert.Text.Figure;
import dev.plimsoll.market.Consensus;
import dev.plimsoll.market.Consensus.Voice;
import dev.plimsoll.risk.Health;
import dev.plimsoll.risk.HealthRange;
import dev.plimsoll.risk.Judgement;
import dev.plimsoll.risk.LiquidationPrice;
import dev.plimsoll.risk.Standing;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How a position stands, and on whose word, as lines of a table. */
final class PositionFigures {
    private static final int MOST_PRICES = 4;
    private static final int MOST_SOURCES = 6;

    private PositionFigures() {}

    /** Empty while nobody can judge it. */
    static List<Figure> of(Standing standing) {
        return standing.protocol() instanceof Judgement.Judged(var health)
                ? Stream.of(factors(health, standing), distances(health), prices(health))
                        .flatMap(lines -> lines)
                        .toList()
                : List.of();
    }

    private static Stream<Figure> factors(Health health, Standing standing) {
        var own = new Figure("Health factor", factor(health.range()));
        return standing.market() instanceof Judgement.Judged(var market) && !standing.isOne()
                ? Stream.of(own, new Figure("Health factor on the market price", factor(market.range())))
                : Stream.of(own);
    }

    private static String factor(HealthRange range) {
        var low = Readable.factor(range.low());
        var high = Readable.factor(range.high());
        return low.equals(high) ? low : low + " to " + high;
    }

    private static Stream<Figure> distances(Health health) {
        return health.liquidationPrices().stream()
                .sorted(Comparator.comparing(LiquidationPrice::distancePercent))
                .limit(MOST_PRICES)
                .map(price -> new Figure(
                        "Liquidation price of " + price.asset(),
                        "%s USD, %s %% away"
                                .formatted(
                                        Readable.liquidationPrice(price.nearest(), price.direction()),
                                        Readable.distance(price.distancePercent()))));
    }

    private static Stream<Figure> prices(Health health) {
        return health.terms().assets().stream()
                .sorted()
                .map(asset -> health.market().of(asset))
                .flatMap(Optional::stream)
                .limit(MOST_PRICES)
                .map(consensus -> new Figure("Price of " + consensus.asset(), price(consensus)));
    }

    private static String price(Consensus consensus) {
        var agreement = consensus.voices().stream()
                .filter(Voice::used)
                .flatMap(voice -> voice.divergenceBps().stream())
                .map(bps -> bps.abs())
                .max(Comparator.naturalOrder())
                .map(bps -> ", within " + Readable.bps(bps) + " bps")
                .orElse("");
        return PriceText.price(consensus) + sources(consensus) + agreement;
    }

    private static String sources(Consensus consensus) {
        var used = consensus.voices().stream().filter(Voice::used).toList();
        return used.isEmpty()
                ? ""
                : used.stream()
                        .limit(MOST_SOURCES)
                        .map(PositionFigures::source)
                        .collect(Collectors.joining(", ", " by ", ""));
    }

    private static String source(Voice voice) {
        return voice.source()
                + voice.age()
                        .map(age -> " (" + Readable.duration(age) + " ago)")
                        .orElse("");
    }
}
