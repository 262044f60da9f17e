package dev.plimsoll.delivery.telegram;

import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Learns from Telegram what happened: one replica asks it, or, where Telegram calls us, sees to it that it does. */
@Singleton
public class Listening {
    private static final int AT_ONCE = 100;

    private final BotUpdates updates;
    private final BotLease lease;
    private final Inbox inbox;
    private final Handling handling;
    private final Pool engine;
    private final AtomicInteger most = new AtomicInteger(AT_ONCE);

    @Inject
    Listening(
            BotUpdates updates,
            BotLease lease,
            Inbox inbox,
            Handling handling,
            @ReactiveDataSource("engine") Pool engine) {
        this.updates = updates;
        this.lease = lease;
        this.inbox = inbox;
        this.handling = handling;
        this.engine = engine;
    }

    /** What came of asking once. */
    public sealed interface Heard {}

    /** @param byCall whether they come by themselves, so that nobody need ask */
    public record Stored(int updates, boolean byCall) implements Heard {}

    /** Another replica asks, or there is no bot. */
    public record NotOurs() implements Heard {}

    /** @param pause before it is worth asking again */
    public record Trouble(String why, Duration pause) implements Heard {}

    /** Asks once. @param patience how long Telegram may wait for something to happen, whole seconds */
    public Uni<Heard> round(Duration patience) {
        if (!updates.isSetUp()) {
            return Uni.createFrom().item(new NotOurs());
        }
        return lease.hold()
                .chain(next -> next.map(from -> ours(from, patience)).orElseGet(() -> {
                    updates.forgetTerm();
                    return Uni.createFrom().item(new NotOurs());
                }));
    }

    private Uni<Heard> ours(long from, Duration patience) {
        return updates.prepare()
                .chain(trouble -> trouble.<Uni<Heard>>map(Uni.createFrom()::item)
                        .orElseGet(() -> updates.isCalled()
                                ? Uni.createFrom().item(new Stored(0, true))
                                : inbox.isFull().chain(full -> full ? tooMuch() : ask(from, patience))));
    }

    private static Uni<Heard> tooMuch() {
        return Uni.createFrom().item(new Trouble("too much waits to be handled", Duration.ofSeconds(1)));
    }

    private Uni<Heard> ask(long from, Duration patience) {
        return updates.fetch(from, most.get(), patience)
                .invoke(this::learn)
                .chain(answer -> answer instanceof Answer.Done<JsonArray>(var news)
                        ? store(news.stream().map(JsonObject.class::cast).toList())
                        : Uni.createFrom().item(updates.trouble(answer)));
    }

    /** So many that are so long that their answer is refused must not keep us from hearing anything ever again. */
    private void learn(Answer<JsonArray> answer) {
        most.updateAndGet(
                before -> answer instanceof Answer.Done ? Math.min(AT_ONCE, 2 * before) : Math.max(1, before / 2));
    }

    /** One that lost its lease meanwhile stores all the same, which does no harm, but moves nothing on. */
    private Uni<Heard> store(List<JsonObject> news) {
        if (news.isEmpty()) {
            return Uni.createFrom().item(new Stored(0, false));
        }
        return engine.withTransaction(tx ->
                        inbox.store(tx, news).chain(() -> lease.advance(tx, UpdateJson.id(news.getLast()) + 1)))
                .invoke(handling::nudge)
                .map(held -> held ? new Stored(news.size(), false) : new NotOurs());
    }

    /** What is long handled goes. */
    public Uni<Void> forget() {
        return updates.isSetUp() ? inbox.forget() : Uni.createFrom().voidItem();
    }

    /** Another replica may ask from now on. */
    public Uni<Void> end() {
        return updates.isSetUp() ? lease.release() : Uni.createFrom().voidItem();
    }
}
