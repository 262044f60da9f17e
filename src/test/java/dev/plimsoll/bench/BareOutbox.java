package dev.plimsoll.bench;

import dev.plimsoll.bench.Crowd.Member;
import dev.plimsoll.delivery.Sealer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/**
 * What the courier is held against: as many rows as it had to send, each claimed in a batch, signed, posted to the same
 * receivers, and deleted in a batch. No retries, no records, no order, no fairness.
 */
final class BareOutbox implements AutoCloseable {
    private static final int LOOPS = 4;
    private static final int BATCH = 500;

    private final Vertx vertx = Vertx.vertx();
    private final Pool pool;
    private final HttpClient http;
    private final List<Member> members;
    private final int port;

    BareOutbox(String databaseUrl, String password, Crowd crowd, int receiverPort) {
        var options = PgConnectOptions.fromUri(databaseUrl).setUser("postgres").setPassword(password);
        this.pool = PgBuilder.pool()
                .with(new PoolOptions().setMaxSize(LOOPS))
                .connectingTo(options)
                .using(vertx)
                .build();
        this.http = vertx.createHttpClient(new HttpClientOptions().setMaxPoolSize(16));
        this.members = crowd.members();
        this.port = receiverPort;
    }

    /**
     * Fills the table with what was delivered of one fall; how long it takes to send it all.
     *
     * @param tick when the first that saw it began
     */
    Duration drain(Instant tick) {
        done(pool.query("drop table if exists bare_outbox").execute());
        done(pool.preparedQuery("""
                        create table bare_outbox as
                        select gen_random_uuid() as id, c.name::int as member,
                               '{"type":"' || n.type || '","data":' || n.data || '}' as body,
                               null::timestamptz as leased_until
                        from delivery d
                        join channel c on c.id = d.channel_id
                        join notice n on n.id = d.notice_id
                        where n.at >= '%s' and d.state = 'delivered'""".formatted(tick)).execute());
        done(pool.query("alter table bare_outbox add primary key (id)").execute());
        var begin = System.nanoTime();
        done(Future.all(IntStream.range(0, LOOPS).mapToObj(loop -> loop()).toList()));
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    private Future<Void> loop() {
        return pool.preparedQuery("""
                        with free as (
                            select id from bare_outbox where leased_until is null limit $1 for update skip locked)
                        update bare_outbox o
                        set leased_until = now() + interval '30 s'
                        from free
                        where o.id = free.id
                        returning o.id, o.member, o.body""").execute(Tuple.of(BATCH)).compose(rows -> {
            var batch = StreamSupport.stream(rows.spliterator(), false).toList();
            return batch.isEmpty() ? Future.succeededFuture() : send(batch).compose(sent -> loop());
        });
    }

    private Future<Void> send(List<Row> batch) {
        return Future.all(batch.stream().map(this::post).toList())
                .compose(sent -> pool.preparedQuery("delete from bare_outbox where id = any($1)")
                        .execute(Tuple.of(
                                batch.stream().map(row -> row.getUUID("id")).toArray(UUID[]::new))))
                .mapEmpty();
    }

    private Future<Void> post(Row row) {
        var member = members.get(row.getInteger("member"));
        var id = row.getUUID("id").toString();
        var body = row.getString("body");
        var now = Instant.now();
        var options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setAbsoluteURI(member.url(port))
                .putHeader("Content-Type", "application/json")
                .putHeader("webhook-id", id)
                .putHeader("webhook-timestamp", Long.toString(now.getEpochSecond()))
                .putHeader("webhook-signature", Sealer.signature(id, now, body, member.secret()));
        return http.request(options)
                .compose(request -> request.send(Buffer.buffer(body)))
                .compose(response -> response.end());
    }

    private static <T> void done(Future<T> work) {
        work.toCompletionStage().toCompletableFuture().join();
    }

    @Override
    public void close() {
        done(vertx.close());
    }
}
