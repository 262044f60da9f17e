package dev.plimsoll.chat;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;

import dev.plimsoll.delivery.Dispatch;
import dev.plimsoll.delivery.telegram.Handling;
import dev.plimsoll.delivery.telegram.Listening;
import dev.plimsoll.delivery.telegram.Listening.Stored;
import dev.plimsoll.delivery.telegram.TelegramConfig;
import dev.plimsoll.delivery.telegram.Telegrams;
import dev.plimsoll.market.LatestMarket;
import dev.plimsoll.risk.Given;
import dev.plimsoll.telegram.Shown;
import dev.plimsoll.telegram.TelegramGroup;
import dev.plimsoll.telegram.TelegramServer;
import dev.plimsoll.telegram.TelegramUser;
import dev.plimsoll.unit.Ids;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.awaitility.core.ConditionFactory;

/** People who talk to the bot on a Telegram server, and are answered before they go on. */
@Singleton
class Chats {
    private static final Pattern KEY = Pattern.compile("plm_[0-9A-Za-z]{36}");

    @Inject
    Listening listening;

    @Inject
    Handling handling;

    @Inject
    Dispatch dispatch;

    @Inject
    TelegramConfig config;

    @Inject
    Telegrams telegrams;

    @Inject
    LatestMarket latest;

    @Inject
    Clock clock;

    @Inject
    @ReactiveDataSource("engine")
    Pool engine;

    /** A Telegram nobody has said anything on. */
    TelegramServer server() {
        telegrams.forgetLimits();
        sql("delete from telegram_update");
        sql("delete from telegram_turn");
        sql("delete from telegram_bot");
        sql("delete from chat_link");
        sql("delete from conversation");
        return TelegramServer.on(config.url().getPort(), false);
    }

    /** What the latest market believes: {@code "ETH 3000"}. */
    void market(String... prices) {
        latest.offer(1, Given.marketAt(clock.instant(), prices));
    }

    /** What was typed and pressed is acted on. */
    void turn() {
        patiently("what is said to be acted on").until(() -> now(listening.round(Duration.ZERO)) instanceof Stored);
        now(handling.round());
        patiently("what is said to be acted on")
                .until(() -> sql("select from telegram_turn").isEmpty());
    }

    /** What they are answered. */
    Shown says(TelegramUser person, String text) {
        var before = person.heard().size();
        person.writes(text);
        turn();
        return answer(person::heard, before);
    }

    Shown says(TelegramGroup group, TelegramUser person, String text) {
        var before = group.heard().size();
        group.hears(person, text);
        turn();
        return answer(group::heard, before);
    }

    Shown says(TelegramGroup group, long topic, TelegramUser person, String text) {
        var before = group.heard().size();
        group.hears(person, topic, text);
        turn();
        return answer(group::heard, before);
    }

    /** What is shown for a moment to whoever presses so. */
    String note(TelegramServer telegram, Runnable press) {
        var before = telegram.calls("answerCallbackQuery").size();
        press.run();
        turn();
        patiently("an answer to the press")
                .until(() -> telegram.calls("answerCallbackQuery").size() > before);
        return telegram.calls("answerCallbackQuery").getLast().body().getString("text", "");
    }

    /** By a key that the chat shows them. */
    RequestSpecification api(TelegramUser person) {
        var key = KEY.matcher(says(person, "/key").text())
                .results()
                .findFirst()
                .orElseThrow()
                .group();
        return given().basePath("/api/v1")
                .header("Authorization", "Bearer " + key)
                .contentType(ContentType.JSON);
    }

    /** What waits to be told is told. */
    void isSent() {
        now(dispatch.round());
    }

    /** What is said after it: a message, or the one that was pressed as it reads then. */
    Shown presses(TelegramUser person, Shown message, String label) {
        var before = person.heard().size();
        person.presses(message, label);
        turn();
        return answer(person::heard, before);
    }

    /** The same for what a program says that no button does. */
    Shown forges(TelegramUser person, Shown message, String data) {
        var before = person.heard().size();
        person.forges(person.id(), message.id(), data);
        turn();
        return answer(person::heard, before);
    }

    private static Shown answer(Supplier<List<Shown>> heard, int before) {
        patiently("an answer").until(() -> heard.get().size() > before);
        return heard.get().getLast();
    }

    /** Signs up in the chat, and is told here. */
    UUID signsUp(TelegramUser person) {
        presses(person, says(person, "/start"), "Create my account");
        return account(person);
    }

    /** Ten ether at 82.5 % against so many dollars. */
    void watches(TelegramUser person, String debt) {
        says(person, "/watch");
        says(person, "10 eth");
        says(person, "82.5%");
        presses(person, says(person, debt), "Watch it");
    }

    /** The youngest account that tells somebody of this name. */
    UUID account(TelegramUser person) {
        return sql("select account_id from channel where kind = 'telegram' order by id desc limit 1")
                .getFirst()
                .getUUID("account_id");
    }

    /** A warning on the account's first position, as the watch writes it. */
    UUID fires(UUID account) {
        var position = sql("select id, name from position where account_id = $1", account)
                .getFirst();
        var id = Ids.next();
        var shown = new JsonObject()
                .put("rule", new JsonObject().put("id", Ids.next().toString()).put("name", "warning"))
                .put(
                        "position",
                        new JsonObject()
                                .put("id", position.getUUID("id").toString())
                                .put("name", position.getString("name")));
        sql(
                """
                insert into alert (id, account_id, rule_id, subject, position_id, episode, state, severity, sequence, started_at,
                                   worst, life, shown)
                values ($1, $2, $3, $4, $5, 1, 'firing', 'warning', 1, $6, 1.22, '{}', $7)""",
                id,
                account,
                Ids.next(),
                "position:" + position.getUUID("id"),
                position.getUUID("id"),
                clock.instant().atOffset(ZoneOffset.UTC),
                shown);
        sql(
                "insert into transition (alert_id, sequence, account_id, type, reason, severity, at)"
                        + " values ($1, 1, $2, 'alert.firing', 'crossed', 'warning', now())",
                id,
                account);
        return id;
    }

    List<Row> sql(String text, Object... values) {
        return now(engine.preparedQuery(text).execute(Tuple.from(values))).stream()
                .toList();
    }

    <T> T now(Uni<T> work) {
        return work.await().atMost(Duration.ofSeconds(60));
    }

    /** Looks often: hundreds of turns add up. */
    private static ConditionFactory patiently(String what) {
        return await(what)
                .atMost(Duration.ofSeconds(60))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5));
    }
}
