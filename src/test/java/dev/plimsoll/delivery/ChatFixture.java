package dev.plimsoll.delivery;

import static org.awaitility.Awaitility.await;

import dev.plimsoll.delivery.telegram.ChatAddress;
import dev.plimsoll.delivery.telegram.ChatAddress.Kind;
import dev.plimsoll.delivery.telegram.Handling;
import dev.plimsoll.delivery.telegram.Listening;
import dev.plimsoll.delivery.telegram.Listening.Stored;
import dev.plimsoll.delivery.telegram.TelegramConfig;
import dev.plimsoll.delivery.telegram.Telegrams;
import dev.plimsoll.delivery.telegram.ThreadEdits;
import dev.plimsoll.rule.Severity;
import dev.plimsoll.telegram.TelegramGroup;
import dev.plimsoll.telegram.TelegramServer;
import dev.plimsoll.telegram.TelegramUser;
import dev.plimsoll.unit.Ids;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** Alerts on loans as the watch tells them, and chats that hear of them. */
@Singleton
public class ChatFixture {
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(60);

    @Inject
    DeliveryFixture given;

    @Inject
    Dispatch dispatch;

    @Inject
    ThreadEdits edits;

    @Inject
    Listening listening;

    @Inject
    Handling handling;

    @Inject
    TelegramConfig config;

    @Inject
    Telegrams telegrams;

    /** Without limits, and nobody was told to wait. */
    public TelegramServer server() {
        telegrams.forgetLimits();
        return TelegramServer.on(config.url().getPort(), false);
    }

    public UUID chat(UUID account, TelegramUser person) {
        person.writes("/start");
        return given.chat(account, new ChatAddress(person.id(), Optional.empty(), Kind.PRIVATE, "Ada"));
    }

    public UUID chat(UUID account, TelegramGroup group) {
        return given.chat(account, new ChatAddress(group.id(), Optional.empty(), Kind.GROUP, "Treasury"));
    }

    UUID alert(UUID account, Severity severity) {
        var id = Ids.next();
        given.sql(
                "insert into alert (id, account_id, rule_id, subject, episode, state, severity, sequence, started_at, life, shown)"
                        + " values ($1, $2, $3, 'account:prices', 1, 'firing', $4, 1, $5, '{}', '{}')",
                id,
                account,
                Ids.next(),
                word(severity),
                DeliveryFixture.AT.atOffset(ZoneOffset.UTC));
        return id;
    }

    Notice news(UUID account, UUID alert, int sequence, String type, Severity severity, String name) {
        return news(account, alert, sequence, type, severity, name, Notice.Handling.AT_ONCE);
    }

    /** One of many at once. */
    Notice news(
            UUID account,
            UUID alert,
            int sequence,
            String type,
            Severity severity,
            String name,
            Notice.Handling handling) {
        var text = name + " is at health factor 1.08.";
        var data = new JsonObject()
                .put("account", account.toString())
                .put(
                        "alert",
                        new JsonObject()
                                .put("id", alert.toString())
                                .put(
                                        "subject",
                                        new JsonObject()
                                                .put("kind", "position")
                                                .put("id", Ids.next().toString()))
                                .put("episode", 1)
                                .put("sequence", sequence)
                                .put("reason", "crossed")
                                .put("startedAt", DeliveryFixture.AT.toString()))
                .put(
                        "position",
                        new JsonObject().put("id", Ids.next().toString()).put("name", name))
                .put("text", text);
        return new Notice(
                Ids.next(),
                account,
                Optional.of(alert),
                Optional.of(sequence),
                type,
                severity,
                DeliveryFixture.AT.plusSeconds(60L * sequence),
                Optional.empty(),
                data.encode(),
                text,
                handling);
    }

    /** The step and its notice in one transaction, as the watch writes them. */
    void step(Notice news, String change, Object... values) {
        var alert = news.alert().orElseThrow();
        given.sql(
                "insert into transition (alert_id, sequence, account_id, type, reason, severity, at)"
                        + " values ($1, $2, $3, $4, 'crossed', $5, $6)",
                alert,
                news.sequence().orElseThrow(),
                news.account(),
                news.type(),
                word(news.severity()),
                news.at().atOffset(ZoneOffset.UTC));
        given.sql(
                "update alert set " + change + ", sequence = " + news.sequence().orElseThrow() + " where id = '" + alert
                        + "'",
                values);
        given.put(news);
    }

    static OffsetDateTime utc(String time) {
        return OffsetDateTime.parse(time);
    }

    /** What was typed and pressed is acted on and answered. */
    public void hear() {
        await().atMost(LONG_ENOUGH).until(() -> given.now(listening.round(Duration.ZERO)) instanceof Stored);
        given.now(handling.round());
        await().atMost(LONG_ENOUGH)
                .until(() -> given.sql("select from telegram_turn").size() == 0);
    }

    public void send() {
        given.now(dispatch.round());
    }

    /** As if the pauses between edits were over. */
    public void edit() {
        given.sql("update thread set due_at = now()");
        given.now(edits.round());
    }

    private static String word(Severity severity) {
        return severity.name().toLowerCase(Locale.ROOT);
    }
}
