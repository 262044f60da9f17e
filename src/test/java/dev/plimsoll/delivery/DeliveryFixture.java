package dev.plimsoll.delivery;

import dev.plimsoll.account.seal.SecretBox;
import dev.plimsoll.delivery.Notice.Handling;
import dev.plimsoll.delivery.telegram.ChatAddress;
import dev.plimsoll.rule.Severity;
import dev.plimsoll.unit.Ids;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;

/** Accounts, channels, alerts and notices on the real database. */
@Singleton
class DeliveryFixture {
    static final Instant AT = Instant.parse("2026-11-20T03:10:00Z");
    private static final Duration SOON = Duration.ofSeconds(60);

    @Inject
    @ReactiveDataSource("engine")
    Pool engine;

    @Inject
    Outbox outbox;

    @Inject
    SecretBox box;

    record Hook(UUID id, WebhookSecret secret) {}

    <T> T now(Uni<T> work) {
        return work.await().atMost(SOON);
    }

    List<Row> sql(String sql, Object... parameters) {
        return now(engine.preparedQuery(sql).execute(Tuple.from(List.of(parameters)))).stream()
                .toList();
    }

    /** Nothing of other tests waits any more. */
    void clear() {
        sql("delete from account");
    }

    UUID account() {
        var id = Ids.next();
        sql("insert into account (id, name) values ($1, 'Ada')", id);
        return id;
    }

    Hook webhook(UUID account, String url) {
        return webhook(account, url, "active");
    }

    Hook webhook(UUID account, String url, String state) {
        return webhook(account, url, state, Map.of());
    }

    /** An active one. @param more of its settings */
    Hook webhook(UUID account, String url, Map<String, String> more) {
        return webhook(account, url, "active", more);
    }

    private Hook webhook(UUID account, String url, String state, Map<String, String> more) {
        var settings = new HashMap<>(more);
        settings.put("url", url);
        var id = Ids.next();
        var secret = WebhookSecret.generate();
        sql(
                "insert into channel (id, account_id, name, kind, state, settings_sealed, settings_shown, secret_sealed, host)"
                        + " values ($1, $2, 'ops', 'webhook', $3, $4, '{}', $5, $6)",
                id,
                account,
                state,
                Buffer.buffer(box.seal(id, new Settings(settings).json())),
                Buffer.buffer(box.seal(id, secret.value())),
                URI.create(url).getRawAuthority());
        return new Hook(id, secret);
    }

    /** An active channel that leads to this chat. */
    UUID chat(UUID account, ChatAddress where) {
        var id = Ids.next();
        sql(
                "insert into channel (id, account_id, name, kind, state, settings_sealed, settings_shown, host)"
                        + " values ($1, $2, 'phone', 'telegram', 'active', $3, '{}', 'telegram')",
                id,
                account,
                Buffer.buffer(box.seal(id, where.settings().json())));
        return id;
    }

    UUID alert(UUID account) {
        var id = Ids.next();
        sql(
                "insert into alert (id, account_id, rule_id, subject, episode, state, severity, sequence, started_at, life, shown)"
                        + " values ($1, $2, $3, 'account:prices', 1, 'firing', 'critical', 1, now(), '{}', '{}')",
                id,
                account,
                Ids.next());
        return id;
    }

    Notice notice(UUID account, UUID alert, int sequence, String type) {
        var text = type + " number " + sequence;
        return new Notice(
                Ids.next(),
                account,
                Optional.of(alert),
                Optional.of(sequence),
                type,
                Severity.CRITICAL,
                AT.plusSeconds(60L * sequence),
                Optional.empty(),
                new JsonObject()
                        .put("account", account.toString())
                        .put("text", text)
                        .encode(),
                text);
    }

    Notice held(Notice notice, Duration hold) {
        return handled(notice, new Handling(Optional.empty(), Optional.of(hold), Optional.empty(), false));
    }

    Notice silenced(Notice notice) {
        return handled(notice, Handling.suppressed("silenced: we move house"));
    }

    static Notice handled(Notice plain, Handling handling) {
        return new Notice(
                plain.id(),
                plain.account(),
                plain.alert(),
                plain.sequence(),
                plain.type(),
                plain.severity(),
                plain.at(),
                plain.channels(),
                plain.data(),
                plain.text(),
                handling);
    }

    void put(Notice... notices) {
        now(engine.withTransaction(tx -> outbox.put(tx, List.of(notices))));
    }

    /** In a transaction of its own. */
    <T> T inOutbox(BiFunction<Outbox, SqlConnection, Uni<T>> work) {
        return now(engine.withTransaction(tx -> work.apply(outbox, tx)));
    }

    /** Deliveries of alerts in the order of their making. */
    List<Row> deliveries(UUID account) {
        return sql(
                "select d.*, n.type, n.sequence from delivery d join notice n on n.id = d.notice_id where d.account_id = $1 and n.alert_id is not null order by n.sequence, d.id",
                account);
    }

    List<Row> attempts(UUID account) {
        return sql("select * from attempt where account_id = $1 order by delivery_id, number", account);
    }

    /** As if the pauses were over. */
    void everythingIsDue() {
        sql("update queue set due_at = now()");
    }
}
