package dev.plimsoll.pipeline;

import dev.plimsoll.delivery.Gauges.Due;
import dev.plimsoll.delivery.telegram.GaugeBoard;
import dev.plimsoll.delivery.telegram.GaugeReading;
import dev.plimsoll.delivery.telegram.GaugeReading.Lowest;
import dev.plimsoll.market.LatestMarket;
import dev.plimsoll.market.MarketSnapshot;
import dev.plimsoll.position.Position;
import dev.plimsoll.position.PositionFeedStore;
import dev.plimsoll.risk.Judgement;
import dev.plimsoll.unit.AssetRegistry;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads how an account's positions stand, for the message that is pinned in its chats. A few accounts in each round, whatever
 * the number of chats; the positions come from the database, so that any replica can do it and no tick pays for it.
 */
@Singleton
class GaugeRound {
    private static final int MOST = 10;
    private static final int MOST_BEGUN = 1_000;
    private static final int SIDE_BY_SIDE = 2;
    /** So many ticks may fail, or come late, before it is called blindness. */
    private static final int PATIENCE = 6;

    private final GaugeBoard board;
    private final PositionFeedStore positions;
    private final LatestMarket latest;
    private final AssetRegistry assets;
    private final Clock clock;
    private final Duration patience;

    @Inject
    GaugeRound(
            GaugeBoard board,
            PositionFeedStore positions,
            LatestMarket latest,
            AssetRegistry assets,
            Clock clock,
            PipelineConfig config) {
        this.board = board;
        this.positions = positions;
        this.latest = latest;
        this.assets = assets;
        this.clock = clock;
        var interval = config.clockStart()
                .map(start -> config.every().multipliedBy(config.clockSpeed()))
                .orElse(config.every());
        this.patience = interval.multipliedBy(PATIENCE);
    }

    /** For chats that were linked since. */
    Uni<Void> begin() {
        return board.begin(MOST_BEGUN);
    }

    /** @return how many were looked at */
    Uni<Integer> run() {
        return board.due(MOST)
                .onItem()
                .transformToMulti(Multi.createFrom()::iterable)
                .onItem()
                .transformToUni(
                        due -> Uni.createFrom().deferred(() -> show(due)).replaceWith(due))
                .collectFailures()
                .merge(SIDE_BY_SIDE)
                .collect()
                .with(Collectors.summingInt(one -> 1));
    }

    private Uni<Void> show(Due due) {
        return positions.of(due.to().account()).map(this::reading).chain(reading -> board.show(due, reading));
    }

    private GaugeReading reading(List<Position> all) {
        return latest.snapshot()
                .map(market -> reading(all, market))
                .orElseGet(() -> new GaugeReading(
                        all.size(),
                        Optional.empty(),
                        all.size(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
    }

    private GaugeReading reading(List<Position> all, MarketSnapshot market) {
        var judged = all.stream().map(position -> judge(position, market)).toList();
        var unseen = judged.stream()
                .filter(one -> one.judgement() instanceof Judgement.Unknown)
                .toList();
        var age = Duration.between(market.tick().at(), clock.instant());
        return new GaugeReading(
                all.size(),
                judged.stream().flatMap(Judged::lowest).min(Comparator.comparing(Lowest::healthFactor)),
                unseen.size(),
                unseen.stream().findFirst().map(one -> ((Judgement.Unknown) one.judgement()).why()),
                Optional.of(market.tick().at()),
                Optional.of(age).filter(late -> late.compareTo(patience) > 0));
    }

    private Judged judge(Position position, MarketSnapshot market) {
        return new Judged(position.name(), position.standing(market, assets).protocol());
    }

    private record Judged(String name, Judgement judgement) {
        Stream<Lowest> lowest() {
            return judgement instanceof Judgement.Judged(var health)
                    ? health.healthFactor().value().map(value -> new Lowest(value, name)).stream()
                    : Stream.empty();
        }
    }
}
