package dev.plimsoll.api;

import dev.plimsoll.pipeline.backtest.Backtest;
import dev.plimsoll.pipeline.backtest.PastPrices;
import dev.plimsoll.pipeline.backtest.PastPrices.Span;
import dev.plimsoll.position.Position;
import dev.plimsoll.position.PositionConfig;
import dev.plimsoll.position.PositionStore;
import dev.plimsoll.rule.Condition;
import dev.plimsoll.rule.Rule;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.AssetRegistry;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tries rules on the past with the positions of an account. Off the event loop, and bounded. */
@Singleton
class Backtests {
    private static final UUID OLDEST = new UUID(0, 0);

    private final PositionStore positions;
    private final PositionConfig config;
    private final BacktestPrices pasts;
    private final AssetRegistry assets;
    private final long mostJudgements;
    private final Turns turns;

    @Inject
    Backtests(
            PositionStore positions,
            PositionConfig config,
            BacktestPrices pasts,
            AssetRegistry assets,
            ApiConfig limits) {
        this.positions = positions;
        this.config = config;
        this.pasts = pasts;
        this.assets = assets;
        this.mostJudgements = limits.backtest().mostJudgements();
        this.turns = new Turns("backtest", limits.backtest().atOnce());
    }

    Uni<JsonObject> of(UUID account, BacktestRequest request) {
        var rule = request.rule().unstored(account, Instant.EPOCH);
        return turns.take(
                account,
                () -> positions
                        .list(account, OLDEST, config.perAccount())
                        .map(all -> watched(rule, all))
                        .chain(watched -> of(request, rule, watched)));
    }

    private static List<Position> watched(Rule rule, List<Position> all) {
        return rule.condition() instanceof Condition.OnAsset
                ? List.of()
                : all.stream().filter(rule.watches()::covers).toList();
    }

    private Uni<JsonObject> of(BacktestRequest request, Rule rule, List<Position> watched) {
        var wanted = Stream.concat(
                        assets(rule).stream(), watched.stream().flatMap(one -> one.terms().assets().stream()))
                .collect(Collectors.toUnmodifiableSet());
        bound(request, watched.size() + wanted.size());
        return pasts.of(request.past(), wanted)
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .map(prices -> answer(request, rule, watched, prices));
    }

    private void bound(BacktestRequest request, int things) {
        var judgements = things * pasts.most(request.past());
        if (judgements > mostJudgements) {
            throw Problems.invalid(
                    "That are %,d judgements, and one backtest takes at most %,d: ask for fewer days, or watch fewer positions."
                            .formatted(judgements, mostJudgements),
                    "/" + request.past().field());
        }
    }

    private JsonObject answer(BacktestRequest request, Rule rule, List<Position> watched, PastPrices prices) {
        require(request, assets(rule), prices);
        var able = watched.stream()
                .filter(position -> missing(position.terms().assets(), prices).isEmpty())
                .toList();
        if (able.isEmpty() && !watched.isEmpty()) {
            require(request, watched.getFirst().terms().assets(), prices);
        }
        var span = prices.span().orElse(new Span(Instant.EPOCH, Instant.EPOCH));
        var stories = new Backtest(
                        rule,
                        able.stream()
                                .map(position -> position.since(span.from()))
                                .toList(),
                        prices,
                        assets)
                .run();
        return new BacktestAnswer(request, rule, watched, prices, pasts).of(stories);
    }

    private void require(BacktestRequest request, Set<Asset> wanted, PastPrices prices) {
        var missing = missing(wanted, prices);
        if (!missing.isEmpty()) {
            throw Problems.invalid(
                    pasts.refusal(request.past(), missing, wanted),
                    "/" + request.past().field());
        }
    }

    private static List<Asset> missing(Collection<Asset> wanted, PastPrices prices) {
        return wanted.stream().filter(asset -> !prices.has(asset)).sorted().toList();
    }

    /** What a condition on prices asks for. */
    private static Set<Asset> assets(Rule rule) {
        return switch (rule.condition()) {
            case Condition.Depeg(var asset, var of) ->
                Stream.concat(Stream.of(asset), of.stream()).collect(Collectors.toUnmodifiableSet());
            case Condition.OnAsset on -> Set.of(on.asset());
            case Condition.OnPosition ignored -> Set.of();
            case Condition.Blind ignored -> Set.of();
        };
    }
}
