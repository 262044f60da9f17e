package dev.plimsoll.pipeline;

import dev.plimsoll.delivery.telegram.Handling;
import dev.plimsoll.delivery.telegram.Listening;
import dev.plimsoll.delivery.telegram.Listening.Heard;
import dev.plimsoll.delivery.telegram.Listening.NotOurs;
import dev.plimsoll.delivery.telegram.Listening.Stored;
import dev.plimsoll.delivery.telegram.Listening.Trouble;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Hears what people write and press: asks without a pause while this replica is the one that asks. */
@Singleton
class ChatRounds {
    /** For how long Telegram waits for something to happen. */
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    /** For how long it is asked again and again, before the scheduler begins anew. */
    private static final Duration SPELL = Duration.ofMinutes(2);

    private static final Duration BUDGET = SPELL.plusSeconds(60);

    private final Listening listening;
    private final Handling handling;
    private final boolean chat;
    private final Aside hearing;
    private final Aside acting;
    private final Aside forgetting;
    private final AtomicLong restUntil = new AtomicLong(System.nanoTime());
    private volatile boolean ending;

    @Inject
    ChatRounds(Listening listening, Handling handling, PipelineConfig config, MeterRegistry meters) {
        this.listening = listening;
        this.handling = handling;
        this.chat = Role.CHAT.isIn(config);
        this.hearing = new Aside("heard what happens in chats", meters);
        this.acting = new Aside("acted on what happened in chats", meters);
        this.forgetting = new Aside("forgot what was handled in chats", meters);
    }

    @Scheduled(identity = "chat-listening", every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> listen() {
        return chat && restUntil.get() - System.nanoTime() <= 0
                ? hearing.attempt(spell(System.nanoTime() + SPELL.toNanos()), BUDGET)
                : Uni.createFrom().voidItem();
    }

    private Uni<Void> spell(long until) {
        return Multi.createBy()
                .repeating()
                .uni(() -> listening.round(PATIENCE))
                .whilst(heard -> goesOn(heard) && until - System.nanoTime() > 0)
                .onItem()
                .ignoreAsUni();
    }

    private boolean goesOn(Heard heard) {
        return switch (heard) {
            case Stored stored -> !ending && !stored.byCall();
            case NotOurs notOurs -> false;
            case Trouble(var why, var pause) -> {
                restUntil.set(System.nanoTime() + pause.toNanos());
                yield false;
            }
        };
    }

    /** What another replica left half done, or what failed and is tried again. */
    @Scheduled(identity = "chat-handling", every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> act() {
        return chat
                ? acting.attempt(handling.round(), BUDGET)
                : Uni.createFrom().voidItem();
    }

    @Scheduled(identity = "chat-forgetting", every = "10m", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> forget() {
        return chat
                ? forgetting.attempt(listening.forget(), BUDGET)
                : Uni.createFrom().voidItem();
    }

    /** Another replica asks from now on. */
    Uni<Void> end() {
        ending = true;
        return chat ? listening.end() : Uni.createFrom().voidItem();
    }
}
