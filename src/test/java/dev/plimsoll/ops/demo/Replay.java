package dev.plimsoll.ops.demo;

import static io.restassured.RestAssured.given;

import dev.plimsoll.pipeline.HandClock;
import dev.plimsoll.pipeline.Watch;
import dev.plimsoll.unit.Tick;
import io.restassured.http.ContentType;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Drives a whole Plimsoll through a crash, one tick a bar, and reads from PostgreSQL what it decided. */
final class Replay {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("MM-dd HH:mm").withZone(ZoneOffset.UTC);

    private final Vertx vertx;
    private final HandClock clock;
    private final Watch watch;
    private final Pool engine;

    private final Map<String, Handler<RoutingContext>> hostile = new HashMap<>();
    private HttpServer server;
    private UUID account;
    private String apiKey;
    private long ticks;

    Replay(Vertx vertx, HandClock clock, Watch watch, Pool engine) {
        this.vertx = vertx;
        this.clock = clock;
        this.watch = watch;
        this.engine = engine;
    }

    /** Opens the exchanges at the crash's first instant and signs up, in a database without anybody else. */
    void begin(CrashWindow crash) {
        engine.query("delete from account").execute().await().atMost(PATIENCE);
        engine.query("delete from snapshot").execute().await().atMost(PATIENCE);
        engine.query("update lease set holder = 'nobody', until = '-infinity', judged_until = null")
                .execute()
                .await()
                .atMost(PATIENCE);
        clock.set(crash.from());
        hostile.clear();
        var routes = Router.router(vertx);
        routes.route("/:source/*")
                .handler(call -> hostile.getOrDefault(call.pathParam("source"), RoutingContext::next)
                        .handle(call));
        routes.route().subRouter(new ExchangeServers(vertx, new Tape(crash), clock).routes());
        server = vertx.createHttpServer()
                .requestHandler(routes)
                .listen(ReplayProfile.PORT, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        var signedUp = given().contentType(ContentType.JSON)
                .body("{\"name\":\"Replay\"}")
                .post("/api/v1/accounts")
                .then()
                .statusCode(201)
                .extract();
        account = UUID.fromString(signedUp.path("id"));
        apiKey = signedUp.path("apiKey");
    }

    /** Erases the account: the next replay starts from nothing. */
    void end() {
        given().header("Authorization", "Bearer " + apiKey).delete("/api/v1/account");
        server.close().toCompletionStage().toCompletableFuture().join();
    }

    void register(CrashWindow crash) {
        crash.positions().forEach(position -> post("/positions", position.toString()));
    }

    /** Only those with these keys. */
    void register(CrashWindow crash, String... keys) {
        crash.positions().stream()
                .filter(position -> List.of(keys).contains(position.get("key").asText()))
                .forEach(position -> post("/positions", position.toString()));
    }

    String post(String path, String body) {
        return given().header("Authorization", "Bearer " + apiKey)
                .contentType(ContentType.JSON)
                .body(body)
                .post("/api/v1" + path)
                .then()
                .statusCode(201)
                .extract()
                .asString();
    }

    String get(String path) {
        return given().header("Authorization", "Bearer " + apiKey)
                .get("/api/v1" + path)
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }

    /** From now on this source answers so; {@code RoutingContext::next} makes it honest again. */
    void answer(String source, Handler<RoutingContext> handler) {
        hostile.put(source, handler);
    }

    /** A tick at each of these instants, {@code step} apart, from the first to the last. */
    void ticks(Instant first, Instant last, Duration step) {
        for (var at = first; !at.isAfter(last); at = at.plus(step)) {
            tick(at, step);
        }
    }

    void tick(Instant at, Duration interval) {
        clock.set(at);
        watch.run(new Tick(++ticks, at, interval)).await().atMost(PATIENCE);
    }

    /** What happened to the account's alerts: "02-03 01:45 eth-loan critical firing crossed", in order. */
    List<String> timeline() {
        var rows = engine.preparedQuery("""
                        select t.at, coalesce(p.key, a.subject) as subject, t.severity, t.type, t.reason
                        from transition t
                        join alert a on a.id = t.alert_id
                        left join position p on p.id = a.position_id
                        where t.account_id = $1
                        order by t.at, subject, t.severity, t.sequence
                        """).execute(Tuple.of(account)).await().atMost(PATIENCE);
        return StreamSupport.stream(rows.spliterator(), false)
                .map(row -> line(row, "at", "subject", "severity", "type", "reason"))
                .toList();
    }

    /** What was written to be sent, without what was only recorded: "02-03 01:45 eth-loan critical alert.firing". */
    List<String> told() {
        var rows = engine.preparedQuery("""
                        select n.at, coalesce(p.key, a.subject) as subject, n.severity, n.type
                        from notice n
                        join alert a on a.id = n.alert_id
                        left join position p on p.id = a.position_id
                        where n.account_id = $1
                          and not exists (select
                                          from delivery d
                                          where d.notice_id = n.id
                                            and d.state = 'suppressed'
                                            and d.reason <> 'no active channel')
                        order by n.at, subject, n.severity, n.sequence
                        """).execute(Tuple.of(account)).await().atMost(PATIENCE);
        return StreamSupport.stream(rows.spliterator(), false)
                .map(row -> line(row, "at", "subject", "severity", "type"))
                .toList();
    }

    private static String line(Row row, String at, String... words) {
        return Stream.concat(
                        Stream.of(MINUTE.format(row.getOffsetDateTime(at))),
                        Stream.of(words).map(row::getString))
                .collect(Collectors.joining(" "));
    }
}
