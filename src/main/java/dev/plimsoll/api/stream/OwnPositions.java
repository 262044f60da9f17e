package dev.plimsoll.api.stream;

import dev.plimsoll.api.PositionAnswers;
import dev.plimsoll.market.LatestMarket;
import dev.plimsoll.market.MarketSnapshot;
import dev.plimsoll.position.Position;
import dev.plimsoll.position.PositionConfig;
import dev.plimsoll.position.PositionStore;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** How the positions of those who listen stand in each new market: once an account, however many listen for it. */
@Singleton
class OwnPositions {
    private static final UUID BEFORE_ALL = new UUID(0, 0);

    private final PositionStore positions;
    private final PositionAnswers answers;
    private final LatestMarket latest;
    private final int most;
    private final Map<UUID, Told> told = new ConcurrentHashMap<>();

    OwnPositions(PositionStore positions, PositionAnswers answers, LatestMarket latest, PositionConfig config) {
        this.positions = positions;
        this.answers = answers;
        this.latest = latest;
        this.most = config.perAccount();
    }

    /** @param figures of each position, as last told */
    private record Told(MarketSnapshot market, Map<UUID, JsonObject> figures) {}

    /** Forgets accounts for which nobody listens any more. */
    void keep(Map<UUID, List<Reader>> listening) {
        told.keySet().retainAll(listening.keySet());
    }

    /** One account at a time, on a Vert.x context. */
    Uni<Void> tell(UUID account, List<Reader> readers) {
        var market = latest.snapshot().filter(now -> isNews(account, readers, now));
        return market.map(now -> positions
                        .list(account, BEFORE_ALL, most)
                        .chain(found -> judged(found, now))
                        .invoke(figures -> tell(account, readers, new Told(now, figures)))
                        .replaceWithVoid())
                .orElseGet(() -> Uni.createFrom().voidItem());
    }

    private boolean isNews(UUID account, List<Reader> readers, MarketSnapshot now) {
        return readers.stream().anyMatch(reader -> !reader.isGreeted())
                || Optional.ofNullable(told.get(account))
                        .filter(last -> last.market() == now)
                        .isEmpty();
    }

    /** Not on the event loop: a large account takes a while. */
    private Uni<Map<UUID, JsonObject>> judged(List<Position> found, MarketSnapshot market) {
        var context = Vertx.currentContext();
        return Uni.createFrom()
                .item(() -> judge(found, market))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .emitOn(step -> back(context, step));
    }

    private static void back(Context context, Runnable step) {
        context.runOnContext(nothing -> step.run());
    }

    private Map<UUID, JsonObject> judge(List<Position> found, MarketSnapshot market) {
        var figures = new LinkedHashMap<UUID, JsonObject>();
        found.forEach(position -> figures.put(position.id(), answers.figures(position, market)));
        return figures;
    }

    private void tell(UUID account, List<Reader> readers, Told now) {
        var before =
                Optional.ofNullable(told.put(account, now)).map(Told::figures).orElseGet(Map::of);
        var at = now.market().tick().at();
        now.figures().forEach((id, figures) -> {
            var frame = Frame.of(EventKind.POSITION, at, figures.copy().put("asOf", at.toString()));
            readers.stream()
                    .filter(reader -> !reader.isGreeted() || !figures.equals(before.get(id)))
                    .filter(reader -> reader.wanted().has(EventKind.POSITION))
                    .forEach(reader -> reader.tell(frame));
        });
        readers.forEach(Reader::greeted);
    }
}
