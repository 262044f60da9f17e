package dev.plimsoll.delivery.recovery;

import dev.plimsoll.delivery.ChannelStore;
import dev.plimsoll.delivery.ChannelTrial;
import dev.plimsoll.delivery.ProofCode;
import dev.plimsoll.delivery.Receiver;
import dev.plimsoll.delivery.recovery.RecoveryStore.Way;
import io.quarkus.logging.Log;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Sends codes to those who asked for a way back: past the outbox, which would keep them. */
@Singleton
public final class RecoveryRound {
    private final Pool engine;
    private final RecoveryStore codes;
    private final RecoveryNotices notices;
    private final ChannelStore channels;
    private final ChannelTrial trial;

    @Inject
    RecoveryRound(
            @ReactiveDataSource("engine") Pool engine,
            RecoveryStore codes,
            RecoveryNotices notices,
            ChannelStore channels,
            ChannelTrial trial) {
        this.engine = engine;
        this.codes = codes;
        this.notices = notices;
        this.channels = channels;
        this.trial = trial;
    }

    /** One attempt each: who gets nothing asks again. */
    public Uni<Void> round() {
        return codes.take()
                .onItem()
                .transformToMulti(Multi.createFrom()::iterable)
                .onItem()
                .transformToUniAndConcatenate(this::answer)
                .onItem()
                .ignoreAsUni();
    }

    private Uni<Void> answer(Way way) {
        return engine.withTransaction(tx -> codes.issue(tx, way)
                        .call(code -> code.isPresent()
                                ? notices.asked(tx, way)
                                : Uni.createFrom().voidItem()))
                .chain(code -> code.map(issued -> send(way, issued)).orElseGet(() -> tooMany(way)));
    }

    private Uni<Void> send(Way way, ProofCode code) {
        return channels.receiver(way.account(), way.channel())
                .chain(found -> found.map(to -> send(to, code))
                        .orElseGet(() -> Uni.createFrom().voidItem()));
    }

    private Uni<Void> send(Receiver to, ProofCode code) {
        return trial.sendRecovery(to, code)
                .invoke(tried -> Log.infof(
                        "way back sent: account=%s channel=%s delivered=%s",
                        to.account(), to.channel(), tried.delivered()))
                .replaceWithVoid();
    }

    private static Uni<Void> tooMany(Way way) {
        Log.infof("no way back sent, as many as a day allows were: account=%s", way.account());
        return Uni.createFrom().voidItem();
    }
}
