package dev.plimsoll.delivery;

import dev.plimsoll.account.seal.SecretBox;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.UUID;

/** Channels whose other end has another address from now on, by its own word: the same people read there. */
@Singleton
public final class ChannelMoves {
    private static final String MOVE = """
            update channel
            set settings_sealed = $2,
                settings_shown = $3,
                version = version + 1
            where id = $1
            """;

    /** Messages are numbered anew there. */
    private static final String FORGET = """
            with gone as (delete from gauge where channel_id = $1)
            delete from thread where channel_id = $1
            """;

    private final Pool engine;
    private final SecretBox box;

    @Inject
    ChannelMoves(@ReactiveDataSource("engine") Pool engine, SecretBox box) {
        this.engine = engine;
        this.box = box;
    }

    /** In a transaction of its own. @param settings all of them */
    public Uni<Void> move(Receiver from, Channel kind, Settings settings) {
        return engine.withTransaction(tx -> tx.preparedQuery(MOVE)
                .execute(Tuple.of(
                        from.channel(),
                        Buffer.buffer(box.seal(from.channel(), settings.json())),
                        new JsonObject(Kinds.shown(kind, settings).json())))
                .chain(() -> forget(tx, from.channel())));
    }

    /** What was said where it led before is neither answered nor edited any more. @param tx of the account, or of the engine */
    static Uni<Void> forget(SqlConnection tx, UUID channel) {
        return tx.preparedQuery(FORGET).execute(Tuple.of(channel)).replaceWithVoid();
    }
}
