package dev.plimsoll.delivery;

import static dev.plimsoll.rule.Severity.CRITICAL;
import static dev.plimsoll.rule.Severity.WARNING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.delivery.Notice.Handling;
import dev.plimsoll.delivery.telegram.ChatAddress;
import dev.plimsoll.delivery.telegram.ChatAddress.Kind;
import dev.plimsoll.delivery.telegram.Telegrams;
import dev.plimsoll.rule.Severity;
import dev.plimsoll.telegram.Shown;
import dev.plimsoll.telegram.TelegramProfile;
import dev.plimsoll.telegram.TelegramServer;
import dev.plimsoll.telegram.TelegramUser;
import dev.plimsoll.unit.Ids;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(TelegramProfile.class)
class TelegramThreadsTest {
    @Inject
    DeliveryFixture given;

    @Inject
    ChatFixture chats;

    @Inject
    Threads threads;

    @Inject
    Telegrams telegrams;

    private TelegramServer telegram;
    private TelegramUser ada;
    private UUID account;
    private UUID channel;
    private UUID alert;

    @BeforeEach
    void aChat() {
        given.clear();
        telegram = chats.server();
        ada = telegram.person("Ada");
        account = given.account();
        given.sql("update account set timezone = 'Europe/Berlin' where id = $1", account);
        channel = chats.chat(account, ada);
        alert = chats.alert(account, WARNING);
    }

    @AfterEach
    void close() {
        telegram.close();
    }

    @Test
    void anAlertRingsAndCanBeTakenUpWithAButton() {
        fires();

        assertThat(said()).singleElement().satisfies(first -> {
            assertThat(first.text()).startsWith("🟠 Warning: ETH loan\nETH loan is at health factor 1.08.");
            assertThat(first.isBold("Warning: ETH loan")).isTrue();
            assertThat(first.silent()).isFalse();
            assertThat(first.labels()).containsExactly("Acknowledge", "Snooze 1 h", "I repaid", "Details");
        });
    }

    @Test
    void whatWaitsForItsTurnWasNotTried() {
        telegram.fails(
                "sendMessage",
                429,
                new JsonObject()
                        .put("error_code", 429)
                        .put("description", "Too Many Requests: retry after 600")
                        .put("parameters", new JsonObject().put("retry_after", 600)));
        fires();
        telegram.recovers();
        given.everythingIsDue();

        chats.send(); // Telegram still wants its pause
        telegrams.forgetLimits();

        var waiting =
                given.sql("select tries, due_at > now() as later from queue").getFirst();
        assertThat(waiting.getInteger("tries")).isEqualTo(1);
        assertThat(waiting.getBoolean("later")).isTrue();
        assertThat(telegram.calls("sendMessage")).hasSize(1);
    }

    @Test
    void whatGetsWorseRingsInReplyAndTheFirstMessageSaysSo() {
        fires();

        chats.step(news(2, "alert.worsened", CRITICAL), "severity = 'critical'");
        chats.send();
        chats.edit();

        assertThat(said()).hasSize(2);
        var first = said().getFirst();
        var second = said().getLast();
        assertThat(second.replyTo()).contains(first.id());
        assertThat(second.silent()).isFalse();
        assertThat(second.text()).startsWith("🔴 Worse, critical: ETH loan");
        assertThat(first.text()).startsWith("🔴 Worse at 04:12: critical\n\n🟠 Warning: ETH loan");
    }

    @Test
    void whatGetsWorseAtTheSameLevelIsSaidAboveTheFirstMessageTooWithTheHealthFactor() {
        fires();

        chats.step(health(news(2, "alert.worsened", WARNING), "1.0191"), "severity = 'warning'");
        chats.edit();
        assertThat(said().getFirst().text())
                .startsWith("🟠 Worse at 04:12: warning, health factor 1.01\n\n🟠 Warning: ETH loan");
        chats.step(news(3, "alert.repeated", WARNING), "severity = 'warning'");
        chats.step(health(news(4, "alert.eased", WARNING), "1.0491"), "severity = 'warning'");
        chats.edit();

        assertThat(said().getFirst().text()).startsWith("🟠 Eased at 04:14: warning, health factor 1.04");
    }

    private static Notice health(Notice news, String factor) {
        var data = new JsonObject(news.data()).put("health", new JsonObject().put("healthFactor", factor));
        return new Notice(
                news.id(),
                news.account(),
                news.alert(),
                news.sequence(),
                news.type(),
                news.severity(),
                news.at(),
                news.channels(),
                data.encode(),
                news.text(),
                news.handling());
    }

    @Test
    void whatWasTakenUpElsewhereIsAnEditByTheClockOnTheOwnersWall() {
        fires();

        acknowledged(2);
        chats.send();
        chats.edit();

        assertThat(said()).singleElement().satisfies(first -> {
            assertThat(first.text()).startsWith("👀 Acknowledged 04:11\n\n🟠 Warning: ETH loan");
            assertThat(first.labels()).containsExactly("Snooze 1 h", "I repaid", "Details");
        });
    }

    @Test
    void theEndIsAReplyAndTakesTheButtonsAway() {
        fires();

        resolved(2);
        chats.send();
        chats.edit();

        assertThat(said()).hasSize(2);
        assertThat(said().getFirst().text()).startsWith("✅ Resolved 04:12");
        assertThat(said().getFirst().labels()).isEmpty();
        assertThat(said().getLast().text()).startsWith("✅ Resolved: ETH loan");
        assertThat(said().getLast().replyTo()).contains(said().getFirst().id());
        assertThat(said().getLast().labels()).isEmpty();
    }

    @Test
    void theEndTakesTheButtonsOfRepliesAwayToo() {
        fires();
        chats.step(news(2, "alert.worsened", CRITICAL), "severity = 'critical'");
        chats.send();
        chats.edit();
        var worse = said().getLast();
        assertThat(worse.labels()).contains("Snooze 1 h");

        resolved(3);
        chats.send();
        chats.edit();
        chats.edit();

        assertThat(said())
                .hasSize(3)
                .allSatisfy(message -> assertThat(message.labels()).isEmpty());
        assertThat(said().get(1).text()).isEqualTo(worse.text());
        assertThat(said().get(1).edits()).isEqualTo(1);
    }

    @Test
    void aReplyThatTellsOfAnotherAlertTooKeepsItsButtonsUntilBothAreOver() {
        fires();
        var first = alert;
        alert = chats.alert(account, WARNING);
        fires();
        var second = alert;
        var group = inGroup(Ids.next());
        chats.step(
                chats.news(account, first, 2, "alert.worsened", CRITICAL, "ETH loan", group), "severity = 'critical'");
        chats.step(
                chats.news(account, second, 2, "alert.worsened", CRITICAL, "BTC loan", group), "severity = 'critical'");
        chats.send();
        assertThat(said()).hasSize(3);

        alert = first;
        resolved(3);
        chats.edit();
        chats.edit();
        assertThat(said().get(2).labels()).isNotEmpty();
        alert = second;
        resolved(3);
        chats.edit();
        chats.edit();

        assertThat(said().get(2).labels()).isEmpty();
    }

    @Test
    void whatHappensBetweenTwoEditsIsOneEdit() {
        fires();

        chats.step(news(2, "alert.worsened", CRITICAL), "severity = 'critical'");
        acknowledged(3);
        chats.edit();
        chats.edit();

        assertThat(said().getFirst().edits()).isEqualTo(1);
        assertThat(said().getFirst().text()).startsWith("👀 Acknowledged");
    }

    @Test
    void anEditThatFailsIsMadeLaterAndDisturbsNothing() {
        fires();
        acknowledged(2);
        telegram.fails("editMessageText", 502, "Bad Gateway");

        chats.edit();
        assertThat(said().getFirst().edits()).isZero();
        telegram.recovers();
        chats.edit();

        assertThat(said())
                .singleElement()
                .satisfies(first -> assertThat(first.text()).startsWith("👀 Acknowledged"));
    }

    @Test
    void manyAtOnceAreOneMessageAndEachIsToldAndGoesOnAlone() {
        var group = Ids.next();
        var alerts = IntStream.range(0, 7)
                .mapToObj(i -> chats.alert(account, WARNING))
                .toList();
        given.put(IntStream.range(0, 7)
                .mapToObj(i ->
                        chats.news(account, alerts.get(i), 1, "alert.firing", WARNING, "Loan " + i, inGroup(group)))
                .toArray(Notice[]::new));

        chats.send();

        assertThat(said()).singleElement().satisfies(first -> {
            assertThat(first.text()).startsWith("7 positions, 7 open\n").contains("Loan 0 is at", "Loan 6 is at");
            assertThat(first.labels()).containsExactly("Acknowledge all", "Details");
        });
        assertThat(given.deliveries(account))
                .hasSize(7)
                .allSatisfy(row -> assertThat(row.getString("state")).isEqualTo("delivered"));
        assertThat(given.attempts(account)).hasSize(7);
        var message = said().getFirst().id();
        List<UUID> told = given.inOutbox((outbox, tx) -> threads.alerts(tx, account, channel, message));
        assertThat(told).containsExactlyInAnyOrderElementsOf(alerts);

        alert = alerts.get(3);
        resolved(2);
        chats.send();
        chats.edit();

        assertThat(said().getFirst().text())
                .startsWith("7 positions, 6 open")
                .contains("✅ Resolved 04:12: 🟠 Warning: ETH loan".replace("ETH loan", "Loan 3"));
        assertThat(said().getLast().replyTo()).contains(message);
    }

    @Test
    void whatIsSentAgainAfterACrashCanStillBeEdited() {
        fires();
        given.sql("delete from thread");
        given.sql("update delivery set message_id = null");

        chats.step(news(2, "alert.worsened", CRITICAL), "severity = 'critical'");
        chats.send();
        acknowledged(3);
        chats.edit();

        assertThat(said().getLast().text()).startsWith("👀 Acknowledged").contains("Worse, critical");
    }

    @Test
    void aMessageThatItsReaderDeletedIsSaidAnewWhileThereIsSomethingToDo() {
        fires();
        telegram.fails("editMessageText", 400, "Bad Request: message to edit not found");
        acknowledged(2);

        chats.edit();

        assertThat(said()).hasSize(2);
        assertThat(said().getLast().text()).startsWith("👀 Acknowledged 04:11");
        assertThat(said().getLast().silent()).isTrue();
        telegram.recovers();
        resolved(3);
        chats.edit();
        assertThat(said().getLast().text()).startsWith("✅ Resolved 04:12");
    }

    @Test
    void whoBlocksTheBotIsToldElsewhere() {
        try (var hook = new TestReceiver()) {
            given.webhook(account, hook.url());
            ada.blocks();

            fires();
            chats.send();

            assertThat(given.sql("select disabled_reason from channel where id = $1", channel)
                            .getFirst()
                            .getString("disabled_reason"))
                    .isEqualTo("the person blocked the bot");
            assertThat(hook.received())
                    .extracting(request -> request.json().getString("type"))
                    .contains("alert.firing", "channel.disabled");
        }
    }

    @Test
    void aGroupThatBecomesASupergroupGoesOnHearing() {
        var group = telegram.group("Treasury", ada);
        var moving = chats.chat(account, group);
        var moved = group.migrates();

        fires();

        assertThat(moved.heard())
                .singleElement()
                .satisfies(message -> assertThat(message.text()).startsWith("🟠 Warning: ETH loan"));
        chats.step(news(2, "alert.worsened", CRITICAL), "severity = 'critical'");
        chats.send();
        assertThat(moved.heard().getLast().replyTo())
                .contains(moved.heard().getFirst().id());
        assertThat(given.sql("select from channel where id = $1 and state = 'active'", moving))
                .hasSize(1);
    }

    @Test
    void aTopicHearsWhatIsForIt() {
        var forum = telegram.forum("Treasury", ada);
        var topic = forum.topic();
        given.chat(account, new ChatAddress(forum.id(), Optional.of(topic), Kind.SUPERGROUP, "Treasury"));

        fires();

        assertThat(forum.heard())
                .singleElement()
                .satisfies(message -> assertThat(message.topic()).contains(topic));
    }

    @Test
    void whatDidNotArriveIsToldByWhatTakesItsPlace() {
        fires();
        telegram.fails("sendMessage", 500, "Internal Server Error");
        chats.step(news(2, "alert.worsened", CRITICAL), "severity = 'critical'");
        chats.send();
        resolved(3);
        telegram.recovers();

        given.everythingIsDue();
        given.sql("update queue set rest_until = null, ready = true");
        chats.send();

        assertThat(said()).hasSize(2);
        assertThat(said().getLast().text())
                .startsWith("✅ Resolved: ETH loan")
                .contains("Earlier messages did not reach you: worsened 04:12.");
    }

    private void fires() {
        given.put(news(1, "alert.firing", WARNING));
        chats.send();
    }

    private void acknowledged(int sequence) {
        chats.step(
                news(sequence, "alert.acknowledged", WARNING),
                "acknowledged_at = $1",
                ChatFixture.utc("2026-11-20T03:11:00Z"));
    }

    private void resolved(int sequence) {
        chats.step(
                news(sequence, "alert.resolved", WARNING),
                "state = 'resolved', resolved_at = $1",
                ChatFixture.utc("2026-11-20T03:12:00Z"));
    }

    private Notice news(int sequence, String type, Severity severity) {
        return chats.news(account, alert, sequence, type, severity, "ETH loan");
    }

    private static Handling inGroup(UUID group) {
        return new Handling(Optional.empty(), Optional.empty(), Optional.of(group), false);
    }

    /** What stands in the chat and was said by the bot. */
    private List<Shown> said() {
        return ada.sees().stream().filter(Shown::byBot).toList();
    }
}
