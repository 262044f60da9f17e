package dev.plimsoll.pipeline.backtest;

import dev.plimsoll.book.Bands;
import dev.plimsoll.book.Book;
import dev.plimsoll.book.Selection;
import dev.plimsoll.book.Unseen;
import dev.plimsoll.market.MarketSnapshot;
import dev.plimsoll.market.Trail;
import dev.plimsoll.pipeline.backtest.PastPrices.Moment;
import dev.plimsoll.pipeline.backtest.PastPrices.Step;
import dev.plimsoll.position.Position;
import dev.plimsoll.risk.Health;
import dev.plimsoll.risk.Judgement;
import dev.plimsoll.rule.AssetReadings;
import dev.plimsoll.rule.Rule;
import dev.plimsoll.unit.AssetRegistry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the bars in which positions were liquidatable, with hindsight: a bar's extremes count, not only its close. */
final class LiquidationSearch {
    private static final Trail NOTHING_BEFORE = new Trail();

    private final PastPrices prices;
    private final AssetRegistry assets;
    private final Rule rule;
    private final Book book = new Book();

    /** @param rule any on the health of these positions: what nobody watches the book does not select */
    LiquidationSearch(PastPrices prices, AssetRegistry assets, Rule rule, List<Position> positions) {
        this.prices = prices;
        this.assets = assets;
        this.rule = rule;
        if (!positions.isEmpty()) {
            book.put(rule);
        }
        positions.forEach(book::put);
    }

    /** What the bars of one step say of one position. */
    record Finding(Position position, Instant since, Optional<Sunk> sunk) {}

    /** Those that were liquidatable in these bars, or may have been. */
    List<Finding> search(Step step) {
        var within = prices.within(step);
        var selected = book.select(new AssetReadings(within, NOTHING_BEFORE), step.at());
        return selected.positions().stream()
                .flatMap(one -> examine(one, within, step).stream())
                .toList();
    }

    private Optional<Finding> examine(Selection.OfPosition selected, MarketSnapshot within, Step step) {
        var position = selected.position();
        var standing = position.standing(within, assets);
        var band = Bands.ofPosition(position.terms(), standing, List.of(), assets);
        if (standing.protocol() instanceof Judgement.Unknown unknown) {
            book.settleUnseen(selected, new Unseen(step.at(), unknown.why()), band);
            return Optional.empty();
        }
        book.settle(selected, band);
        return standing.protocol() instanceof Judgement.Judged(var health) && health.isLiquidatable()
                ? Optional.of(new Finding(position, step.at().minus(step.bar()), sunk(position, step)))
                : Optional.empty();
    }

    private Optional<Sunk> sunk(Position position, Step step) {
        return prices.moments(step)
                .flatMap(moment -> sunk(position, step, moment).stream())
                .findFirst();
    }

    private Optional<Sunk> sunk(Position position, Step step, Moment moment) {
        return certainly(position.standing(moment.market(), assets).protocol())
                .map(health -> new Sunk(
                        moment.since(),
                        step.equals(prices.steps().getFirst()),
                        health.lossAtLiquidation(),
                        Quotes.of(position.terms().assets(), moment.market())))
                .findFirst();
    }

    private static Stream<Health> certainly(Judgement judgement) {
        return judgement instanceof Judgement.Judged(var health)
                        && health.range().isCertainlyLiquidatable()
                ? Stream.of(health)
                : Stream.empty();
    }

    /** It is what it was no more. */
    void forget(Position position) {
        book.removePosition(position.id());
    }

    /** Looks at everything exactly in the next step, whatever the bands say. */
    void touch() {
        book.touchRule(rule.id());
    }
}
