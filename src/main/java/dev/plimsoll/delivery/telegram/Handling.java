package dev.plimsoll.delivery.telegram;

import dev.plimsoll.delivery.telegram.Turns.Turn;
import dev.plimsoll.delivery.telegram.Turns.Waiting;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.All;
import io.quarkus.logging.Log;
import io.quarkus.vertx.ConsumeEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.eventbus.EventBus;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Hands what happened to whoever acts on it: chat by chat, a few chats side by side. Any replica does; those of one chat come
 * in order.
 */
@Singleton
public class Handling {
    private static final String NUDGE = "plimsoll.telegram.updates";
    private static final String ANSWERS = "plimsoll.telegram.answers";
    private static final int SIDE_BY_SIDE = 8;

    /** Chats whose answers wait: where there are more, Telegram takes nothing, and further answers are dropped. */
    private static final int MOST_WAITING = 1_000;

    private static final int TRIES = 3;
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final Turns turns;
    private final Inbox inbox;
    private final List<Updates> listeners;
    private final EventBus bus;
    private final MeterRegistry meters;
    private final AtomicInteger workers = new AtomicInteger();
    private final AtomicInteger answers = new AtomicInteger();

    @Inject
    Handling(Turns turns, Inbox inbox, @All List<Updates> listeners, EventBus bus, MeterRegistry meters) {
        this.turns = turns;
        this.inbox = inbox;
        this.listeners = List.copyOf(listeners);
        this.bus = bus;
        this.meters = meters;
    }

    /** Something may be there. */
    void nudge() {
        bus.send(NUDGE, "");
    }

    @ConsumeEvent(NUDGE)
    Uni<Void> nudged(String nothing) {
        return round().onFailure().invoke(Handling::complain).onFailure().recoverWithUni(Uni.createFrom()::voidItem);
    }

    /** What is left to be done of an update. */
    record Left(Supplier<Uni<Void>> work) {}

    @ConsumeEvent(ANSWERS)
    Uni<Void> answered(Left left) {
        return left.work()
                .get()
                .onFailure()
                .invoke(Handling::complain)
                .onFailure()
                .recoverWithUni(Uni.createFrom()::voidItem);
    }

    private static void complain(Throwable failure) {
        Log.warnf("chats wait a moment: failure=%s why=%s", failure.getClass().getSimpleName(), failure.getMessage());
    }

    /** Handles what is due, until nothing is. */
    public Uni<Void> round() {
        return Uni.createFrom().deferred(() -> {
            if (workers.incrementAndGet() > SIDE_BY_SIDE) {
                workers.decrementAndGet();
                return Uni.createFrom().voidItem();
            }
            return Multi.createBy()
                    .repeating()
                    .uni(this::one)
                    .whilst(found -> found)
                    .onItem()
                    .ignoreAsUni()
                    .onTermination()
                    .invoke(workers::decrementAndGet);
        });
    }

    /** Where one chat has something, others may have too: somebody else looks. */
    private Uni<Boolean> one() {
        return turns.claim()
                .chain(claimed -> claimed.map(turn -> {
                            nudge();
                            return chat(turn).replaceWith(true);
                        })
                        .orElseGet(() -> Uni.createFrom().item(false)));
    }

    /** One after another, until one fails. */
    private Uni<Void> chat(Turn turn) {
        return Multi.createFrom()
                .iterable(turn.waiting())
                .onItem()
                .transformToUniAndConcatenate(update -> handle(turn, update, () -> tell(update)))
                .select()
                .first(handled -> handled)
                .collect()
                .with(Collectors.counting())
                .chain(handled -> handled == turn.waiting().size()
                        ? turns.end(turn)
                        : Uni.createFrom().voidItem());
    }

    /** Whether those behind it may follow. */
    private Uni<Boolean> handle(Turn turn, Waiting waiting, Supplier<Uni<Void>> work) {
        return Uni.createFrom()
                .deferred(work::get)
                .ifNoItem()
                .after(LONGEST)
                .fail()
                .chain(() -> turns.done(turn, waiting))
                .replaceWith(true)
                .onFailure()
                .recoverWithUni(failure -> failure instanceof NotYet notYet
                        ? answerLater(turn, waiting, notYet)
                        : failed(turn, waiting, failure));
    }

    /** The chat stays ours meanwhile. */
    private Uni<Boolean> answerLater(Turn turn, Waiting waiting, NotYet notYet) {
        if (answers.incrementAndGet() > MOST_WAITING) {
            answers.decrementAndGet();
            return drop(turn, waiting);
        }
        return turns.keep(turn, notYet.pause())
                .invoke(() -> bus.send(ANSWERS, new Left(() -> answer(turn, waiting, notYet))))
                .onFailure()
                .invoke(answers::decrementAndGet)
                .replaceWith(false);
    }

    /** And then what is behind it in the chat. */
    private Uni<Void> answer(Turn turn, Waiting waiting, NotYet notYet) {
        return Pause.of(notYet.pause())
                .chain(() -> handle(turn, waiting, notYet.answering()))
                .onTermination()
                .invoke(answers::decrementAndGet)
                .chain(handled ->
                        handled ? chat(turn.behind(waiting)) : Uni.createFrom().voidItem());
    }

    private Uni<Void> tell(Waiting waiting) {
        return UpdateJson.read(inbox.open(waiting.id(), waiting.sealed()))
                .map(update -> Multi.createFrom()
                        .iterable(listeners)
                        .onItem()
                        .transformToUniAndConcatenate(
                                listener -> waiting.settled() ? listener.resume(update) : listener.handle(update))
                        .onItem()
                        .ignoreAsUni())
                .orElseGet(() -> Uni.createFrom().voidItem());
    }

    private Uni<Boolean> failed(Turn turn, Waiting waiting, Throwable failure) {
        var last = waiting.tries() + 1 >= TRIES;
        Log.warnf(
                "what happened in a chat is %s: update=%d try=%d failure=%s why=%s",
                last ? "dropped" : "handled again",
                waiting.id(),
                waiting.tries() + 1,
                failure.getClass().getSimpleName(),
                failure.getMessage());
        if (last) {
            return drop(turn, waiting);
        }
        return turns.failed(turn, waiting, PAUSE.multipliedBy(waiting.tries() + 1L))
                .replaceWith(false);
    }

    private Uni<Boolean> drop(Turn turn, Waiting waiting) {
        meters.counter("plimsoll.telegram.updates.dropped").increment();
        return turns.done(turn, waiting).replaceWith(true);
    }
}
