package dev.plimsoll.delivery;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * What a courier cannot do without, and no more: claims a batch from a table of its own, signs and posts each body, deletes
 * the batch. Knows no retry, no lease, no record of attempts, and one secret; what fails stays.
 */
public final class BareCourier implements AutoCloseable {
    private static final int BATCH = 500;
    private static final int LOOPS = 2;
    private static final int CONNECTIONS = 64;

    private final CourierStand stand;
    private final HttpClient client;
    private final WebhookSecret secret = WebhookSecret.generate();

    public BareCourier(CourierStand stand) {
        this.stand = stand;
        this.client = stand.vertx()
                .getDelegate()
                .createHttpClient(
                        new io.vertx.core.http.HttpClientOptions(), new PoolOptions().setHttp1MaxSize(CONNECTIONS));
    }

    /** @param table made by the owner of the schema: id uuid, url text, body text, claimed bool */
    public static final String TABLE = """
            create table bare_queue (id uuid primary key, url text not null, body text not null, claimed bool not null default false);
            grant select, insert, update, delete on bare_queue to plimsoll_engine""";

    public void put(List<String> urls, int each) {
        var body = StandardBody.of(CourierStand.message());
        IntStream.range(0, each)
                .forEach(turn -> stand.now(
                        stand.engine().preparedQuery("""
                                insert into bare_queue (id, url, body)
                                select gen_random_uuid(), u, $2 from unnest($1::text[]) as u""").execute(Tuple.of(urls.toArray(String[]::new), body))));
        stand.now(stand.engine().query("analyze bare_queue").execute());
    }

    /** Until the table is empty. */
    public void drain() {
        stand.now(Multi.createFrom()
                .range(0, LOOPS)
                .onItem()
                .transformToUni(loop -> loop())
                .merge(LOOPS)
                .onItem()
                .ignoreAsUni());
    }

    private Uni<Void> loop() {
        return Multi.createBy()
                .repeating()
                .uni(this::batch)
                .until(sent -> sent == 0)
                .onItem()
                .ignoreAsUni();
    }

    private Uni<Integer> batch() {
        return stand.engine()
                .preparedQuery("""
                        update bare_queue q set claimed = true
                        from (select id from bare_queue where not claimed limit $1 for update skip locked) as mine
                        where q.id = mine.id
                        returning q.id, q.url, q.body""")
                .execute(Tuple.of(BATCH))
                .map(rows -> rows.stream().toList())
                .chain(rows -> rows.isEmpty() ? Uni.createFrom().item(0) : sendAndDelete(rows));
    }

    private Uni<Integer> sendAndDelete(List<Row> rows) {
        return Uni.createFrom()
                .completionStage(
                        () -> Future.all(rows.stream().map(this::post).toList()).toCompletionStage())
                .chain(sent -> stand.engine()
                        .preparedQuery("delete from bare_queue where id = any($1)")
                        .execute(Tuple.of(
                                rows.stream().map(row -> row.getUUID("id")).toArray(UUID[]::new))))
                .replaceWith(rows.size());
    }

    private Future<Buffer> post(Row row) {
        var id = row.getUUID("id").toString();
        var body = row.getString("body");
        var now = Instant.now();
        return client.request(new RequestOptions().setMethod(HttpMethod.POST).setAbsoluteURI(row.getString("url")))
                .compose(request -> request.putHeader("content-type", "application/json")
                        .putHeader("webhook-id", id)
                        .putHeader("webhook-timestamp", Long.toString(now.getEpochSecond()))
                        .putHeader("webhook-signature", WebhookSignature.of(id, now, body, List.of(secret)))
                        .send(Buffer.buffer(body)))
                .compose(answer -> answer.body());
    }

    @Override
    public void close() {
        stand.now(Uni.createFrom().completionStage(() -> client.close().toCompletionStage()));
    }
}
