package dev.plimsoll.pipeline.digest;

import dev.plimsoll.delivery.Backlog;
import dev.plimsoll.market.MarketSnapshot;
import dev.plimsoll.pipeline.PipelineConfig;
import io.quarkus.logging.Log;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Brings digests out: a bounded batch a round, however many are due at the same minute, and none while something urgent
 * waits to be sent. What is put off comes later and says so.
 */
@Singleton
public class Digests {
    private static final int PART = 50;
    private static final Duration URGENT_WAITS = Duration.ofSeconds(5);

    private final Pool engine;
    private final DigestQueue queue;
    private final Editor editor;
    private final Backlog backlog;
    private final int batch;

    @Inject
    Digests(
            @ReactiveDataSource("engine") Pool engine,
            DigestQueue queue,
            Editor editor,
            Backlog backlog,
            PipelineConfig config) {
        this.engine = engine;
        this.queue = queue;
        this.editor = editor;
        this.backlog = backlog;
        this.batch = config.digests().batch();
    }

    /**
     * Brings out some of those that are due. Two rounds at once, on whatever replicas, bring none out twice.
     *
     * @param market by which they are judged
     * @param now    by the watch's clock
     * @return how many were told
     */
    public Uni<Integer> round(MarketSnapshot market, Instant now) {
        return engine.withConnection(connection -> queue.due(connection, now, batch))
                .chain(due -> due.isEmpty() ? Uni.createFrom().item(0) : unlessUrgent(due, market, now));
    }

    private Uni<Integer> unlessUrgent(List<DueDigest> due, MarketSnapshot market, Instant now) {
        return backlog.oldestUrgentUnsent()
                .chain(age -> age.compareTo(URGENT_WAITS) > 0 ? Uni.createFrom().item(0) : issue(due, market, now));
    }

    /** In small parts, each with a short transaction of its own: what was brought out stays so, whatever comes after. */
    private Uni<Integer> issue(List<DueDigest> due, MarketSnapshot market, Instant now) {
        return Multi.createFrom()
                .iterable(due)
                .group()
                .intoLists()
                .of(PART)
                .onItem()
                .transformToUniAndConcatenate(part -> issuePart(part, market, now))
                .collect()
                .with(Collectors.summingInt(Integer::intValue))
                .invoke(told -> log(told, due.size()));
    }

    /** One that fails must not hold up the others. */
    private Uni<Integer> issuePart(List<DueDigest> part, MarketSnapshot market, Instant now) {
        return Uni.createFrom()
                .deferred(() -> together(part, market, now))
                .onFailure()
                .recoverWithUni(() -> each(part, market, now));
    }

    private Uni<Integer> each(List<DueDigest> part, MarketSnapshot market, Instant now) {
        return Multi.createFrom()
                .iterable(part)
                .onItem()
                .transformToUniAndConcatenate(one -> alone(one, market, now))
                .collect()
                .with(Collectors.summingInt(Integer::intValue));
    }

    private Uni<Integer> alone(DueDigest one, MarketSnapshot market, Instant now) {
        return Uni.createFrom()
                .deferred(() -> together(List.of(one), market, now))
                .onFailure()
                .recoverWithUni(failure -> engine.withConnection(connection ->
                                queue.putOff(connection, one.digest().id(), now, failure))
                        .replaceWith(0));
    }

    private Uni<Integer> together(List<DueDigest> due, MarketSnapshot market, Instant now) {
        var editions = due.stream().flatMap(one -> one.edition(now).stream()).toList();
        return engine.withConnection(connection -> editor.survey(connection, editions))
                .chain(surveys -> editor.write(surveys, market))
                .chain(papers -> engine.withTransaction(tx -> queue.issue(tx, papers, due, now)));
    }

    private static void log(int told, int looked) {
        if (told > 0) {
            Log.infof("digests brought out: told=%d looked=%d", told, looked);
        }
    }
}
