package dev.plimsoll.delivery;

import dev.plimsoll.account.seal.MasterKey;
import dev.plimsoll.account.seal.SecretBox;
import dev.plimsoll.delivery.channel.Webhooks;
import dev.plimsoll.rule.Severity;
import dev.plimsoll.unit.Ids;
import dev.plimsoll.wire.Guarded;
import dev.plimsoll.wire.OperatorHttp;
import dev.plimsoll.wire.Tracing;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.pgclient.PgBuilder;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The courier as it is, without the container, on a database with the schema: accounts, channels and notices to order. */
public final class CourierStand implements AutoCloseable {
    private static final int CONNECTIONS = 16;
    private static final int CHUNK = 1_000;
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    /** About as long as what a loan's alert says. */
    private static final String FIGURES = "health factor 1.0731, liquidation at 2,114.20 USD. ".repeat(30);

    private static final Instant AT = Instant.parse("2026-11-20T03:10:00Z");

    private final Vertx vertx = Vertx.vertx();
    private final Pool engine;
    private final SecretBox box;
    private final Dispatch dispatch;
    private final Outbox outbox;

    /** One channel of an account of its own. */
    public record Hook(UUID account, UUID channel) {}

    /**
     * @param url      of the database, as {@code postgresql://host:port/name}
     * @param folder   where the master key is, or goes
     * @param settings without the prefix {@code plimsoll.delivery.}
     */
    public CourierStand(String url, String password, Path folder, Map<String, String> settings)
            throws GeneralSecurityException, IOException {
        var config = config(settings);
        engine = PgBuilder.pool()
                .with(new PoolOptions().setMaxSize(CONNECTIONS))
                .connectingTo(PgConnectOptions.fromUri(url)
                        .setUser("plimsoll_engine")
                        .setPassword(password)
                        .setCachePreparedStatements(true))
                .using(vertx)
                .build();
        var key = new MasterKey(Optional.empty(), folder);
        box = new SecretBox(key);
        var sender = new HttpSender(
                Guarded.onLoopback(vertx.getDelegate()),
                new OperatorHttp(vertx.getDelegate(), Guarded.usual()),
                config);
        var kinds = new Kinds(List.of(Webhooks.sentBy(sender, config)));
        var letters = new BuddyLetter(new ChannelLinks(key, Optional.empty()), kinds);
        var rows = new OutboxRows(kinds, config);
        outbox = new Outbox(rows, new Reach(rows), new Hearers(), kinds);
        var meters = new DeliveryMeters(new SimpleMeterRegistry(), Clock.systemUTC(), new AttemptTrace(Tracing.off()));
        var health = new ChannelHealth(new ClosedChannels(new FailureTelling(outbox)), config);
        var ledger = new Ledger(
                engine,
                new LedgerRows(new Bodies(box, kinds)),
                rows,
                new Receipts(engine),
                new Threads(engine),
                health,
                meters);
        dispatch = new Dispatch(
                new Caller(kinds, box, meters, config, letters, vertx.getDelegate()),
                new Claims(new ClaimRows(engine, config, meters)),
                ledger,
                meters,
                config);
    }

    private static DeliveryConfig config(Map<String, String> settings) {
        var builder = new SmallRyeConfigBuilder()
                .withConverter(Duration.class, 200, new DurationConverter())
                .withMapping(DeliveryConfig.class);
        settings.forEach((name, value) -> builder.withDefaultValue("plimsoll.delivery." + name, value));
        return builder.build().getConfigMapping(DeliveryConfig.class);
    }

    public Dispatch dispatch() {
        return dispatch;
    }

    Pool engine() {
        return engine;
    }

    Vertx vertx() {
        return vertx;
    }

    /** Nothing of earlier runs is left. */
    public void clear() {
        now(engine.query("delete from queue").execute());
        now(engine.query("delete from account").execute());
        now(engine.query("analyze").execute());
    }

    /** An account for each URL. */
    public List<Hook> hooks(List<String> urls) {
        var hooks = new ArrayList<Hook>();
        var rows = new ArrayList<Tuple>();
        for (var url : urls) {
            var hook = new Hook(Ids.next(), Ids.next());
            hooks.add(hook);
            rows.add(Tuple.from(List.of(
                    hook.account(),
                    hook.channel(),
                    Buffer.buffer(box.seal(hook.channel(), new Settings(Map.of("url", url)).json())),
                    Buffer.buffer(
                            box.seal(hook.channel(), WebhookSecret.generate().value())),
                    URI.create(url).getRawAuthority())));
        }
        now(engine.withTransaction(tx -> tx.preparedQuery("""
                with mine as (insert into account (id, name) values ($1, 'load') returning id)
                insert into channel (id, account_id, name, kind, state, settings_sealed, settings_shown, secret_sealed, host)
                select $2, id, 'load', 'webhook', 'active', $3, '{}', $4, $5 from mine""").executeBatch(rows)));
        return hooks;
    }

    /** So many notices for each, written as the watch writes them; the first of all hooks before the second of any. */
    public void put(List<Hook> hooks, int each) {
        var notices = new ArrayList<Notice>();
        for (var turn = 0; turn < each; turn++) {
            for (var hook : hooks) {
                notices.add(notice(hook));
                if (notices.size() == CHUNK) {
                    put(notices);
                }
            }
        }
        put(notices);
        now(engine.query("analyze").execute());
    }

    private void put(List<Notice> notices) {
        var chunk = List.copyOf(notices);
        now(engine.withTransaction(tx -> outbox.put(tx, chunk)));
        notices.clear();
    }

    /** What each of them says, for who wants to say the same. */
    static Message message() {
        return new Message(Ids.next(), "alert.firing", Severity.CRITICAL, AT, data(Ids.next()), List.of());
    }

    private static String data(UUID account) {
        return new JsonObject()
                .put("account", account.toString())
                .put("text", FIGURES)
                .encode();
    }

    private static Notice notice(Hook hook) {
        return new Notice(
                Ids.next(),
                hook.account(),
                Optional.empty(),
                Optional.empty(),
                "alert.firing",
                Severity.CRITICAL,
                AT,
                Optional.of(List.of(hook.channel())),
                data(hook.account()),
                "load");
    }

    /** Until nothing is due any more. */
    public int drain() {
        return now(dispatch.round());
    }

    public int queued() {
        return now(engine.query("select count(*)::int as n from queue").execute())
                .iterator()
                .next()
                .getInteger("n");
    }

    <T> T now(Uni<T> work) {
        return work.await().atMost(PATIENCE);
    }

    @Override
    public void close() {
        now(engine.close());
        now(vertx.close());
    }
}
