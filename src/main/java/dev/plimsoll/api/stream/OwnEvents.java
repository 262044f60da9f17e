package dev.plimsoll.api.stream;

import dev.plimsoll.account.Identity;
import dev.plimsoll.alert.AlertNewsStore;
import dev.plimsoll.alert.AlertNewsStore.Reading;
import dev.plimsoll.alert.AlertNewsStore.Step;
import dev.plimsoll.api.stream.StreamFeed.Look;
import io.quarkus.logging.Log;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What those who listen with a key hear of their own, looked for once a second in PostgreSQL, whichever replica's watch
 * wrote it; and the end of a stream whose key is no longer good.
 */
@Singleton
class OwnEvents {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** A client that has more to hear hears it as fast as it reads. */
    private static final int AT_ONCE = 100;

    private final Streams streams;
    private final StreamFeed feed;
    private final AlertNewsStore alerts;
    private final OwnPositions positions;

    OwnEvents(Streams streams, StreamFeed feed, AlertNewsStore alerts, OwnPositions positions) {
        this.streams = streams;
        this.feed = feed;
        this.alerts = alerts;
        this.positions = positions;
    }

    @Scheduled(identity = "stream", every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> look() {
        return round().ifNoItem()
                .after(PATIENCE)
                .fail()
                .onFailure()
                .invoke(failure -> Log.warnf("own events wait: why=%s", failure.getMessage()))
                .onFailure()
                .recoverWithUni(Uni.createFrom()::voidItem);
    }

    /** Nothing is lost where it fails: the next one reads on from the same horizon. */
    Uni<Void> round() {
        var keyed = streams.keyed();
        positions.keep(byAccount(keyed));
        return keyed.isEmpty() ? Uni.createFrom().voidItem() : feed.look(keyed).chain(look -> tell(look, keyed));
    }

    private Uni<Void> tell(Look look, List<Reader> keyed) {
        keyed.stream().filter(reader -> !look.admits(reader)).forEach(Reader::end);
        var good = byAccount(keyed.stream().filter(look::admits).toList());
        return Multi.createFrom()
                .iterable(good.entrySet())
                .onItem()
                .transformToUniAndConcatenate(account -> tell(look, account.getKey(), account.getValue()))
                .collect()
                .asList()
                .replaceWithVoid();
    }

    private Uni<Void> tell(Look look, UUID account, List<Reader> readers) {
        return alerts(look, account, readers).chain(() -> positions.tell(account, readers));
    }

    private Uni<Void> alerts(Look look, UUID account, List<Reader> readers) {
        if (!look.accounts().contains(account)) {
            readers.forEach(reader -> reader.progress(reader.progress().after(List.of(), List.of(), look.horizon())));
            return Uni.createFrom().voidItem();
        }
        var since = readers.stream()
                .mapToLong(reader -> reader.progress().xid())
                .min()
                .orElseThrow();
        return alerts.since(account, since)
                .invoke(reading -> readers.forEach(reader -> tell(look, reading, reader)))
                .replaceWithVoid();
    }

    /** The ids that go out with them still name the old horizon: who loses the connection half-way hears them again. */
    private static void tell(Look look, Reading reading, Reader reader) {
        if (!reader.isCaughtUp()) {
            return;
        }
        var next = Math.min(look.horizon(), reading.cut().orElse(look.horizon()));
        var told = reader.progress().untold(reading.steps()).stream()
                .limit(AT_ONCE)
                .toList();
        told.stream().filter(step -> reader.wanted().has(EventKind.ALERT)).forEach(step -> reader.tell(frame(step)));
        reader.progress(reader.progress().after(reading.steps(), told, next));
    }

    private static Frame frame(Step step) {
        var at = Instant.parse(step.json().getJsonObject("transition").getString("at"));
        return Frame.of(EventKind.ALERT, at, step.json());
    }

    private static Map<UUID, List<Reader>> byAccount(List<Reader> keyed) {
        return keyed.stream()
                .collect(Collectors.groupingBy(
                        reader -> reader.identity().map(Identity::account).orElseThrow()));
    }
}
