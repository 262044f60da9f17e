package dev.plimsoll.chat;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.plimsoll.account.LoginStore;
import dev.plimsoll.account.Tenant;
import dev.plimsoll.delivery.telegram.CallbackData;
import dev.plimsoll.delivery.telegram.ChatAddress.Kind;
import dev.plimsoll.delivery.telegram.Person;
import dev.plimsoll.delivery.telegram.Place;
import dev.plimsoll.delivery.telegram.Update;
import dev.plimsoll.telegram.TelegramProfile;
import dev.plimsoll.telegram.TelegramServer;
import dev.plimsoll.telegram.TelegramUser;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A talk that is interrupted: by a restart, by a bot that is blocked, by a position of another kind, by a page on the web. */
@QuarkusTest
@TestProfile(TelegramProfile.class)
class InterruptionTest {
    @Inject
    Chats chats;

    private TelegramServer telegram;
    private TelegramUser ada;

    @Inject
    ChatLinkStore links;

    @Inject
    Declaring declaring;

    @Inject
    Repayments repayments;

    @Inject
    Tenant tenant;

    @Inject
    LoginStore logins;

    @Inject
    ChatUpdates updates;

    @Inject
    MeterRegistry meters;

    private UUID account;

    @BeforeEach
    void adaHasAnAccount() {
        chats.sql("delete from account");
        telegram = chats.server();
        ada = telegram.person("Ada");
        chats.market("ETH 3000", "USDC 1", "BTC 60000");
        account = chats.signsUp(ada);
    }

    @AfterEach
    void close() {
        telegram.close();
    }

    @Test
    void aConversationGoesOnAfterARestart() {
        chats.says(ada, "/watch");
        chats.says(ada, "10 eth");

        assertThat(afterARestart("82.5%")).startsWith("What do you owe against it?");

        var summary = chats.says(ada, "12k usdc");
        assertThat(chats.presses(ada, summary, "Watch it").text()).startsWith("I watch it from now on.");
    }

    @Test
    void whatWasRepaidOnAPerpetualIsAddedToItsMargin() {
        chats.api(ada)
                .body(
                        "{\"kind\":\"perpetual\",\"name\":\"ETH long\",\"margin\":\"2000\",\"maintenanceMarginRate\":\"0.03\","
                                + "\"legs\":[{\"asset\":\"ETH\",\"side\":\"long\",\"size\":\"5\",\"entryPrice\":\"3000\"}]}")
                .post("/positions")
                .then()
                .statusCode(201);
        var alert = chats.fires(account);

        var question = chats.forges(ada, ada.sees().getLast(), new CallbackData.Repaid(alert).encode());
        assertThat(question.text()).startsWith("How much did you add to the margin of ETH long?");
        var counted = chats.says(ada, "500");

        assertThat(counted.text()).startsWith("Counted: 500 USD. Health factor now ");
        assertThat(chats.api(ada).get("/positions").<String>path("items[0].margin"))
                .isEqualTo("2500");
    }

    @Test
    void whoBlocksTheBotIsToldElsewhereAndIsHeardAgainWhenTheyUnblockIt() {
        var phone = telegram.person("Ada's phone");
        var url = chats.says(ada, "/link")
                .buttons()
                .getJsonArray(1)
                .getJsonObject(0)
                .getString("url");
        chats.says(phone, "/start " + url.replaceFirst(".*start=", ""));

        ada.blocks();
        chats.turn();
        chats.isSent();

        await().untilAsserted(() -> assertThat(phone.heard().getLast().text()).contains("the bot was blocked"));
        assertThat(chats.says(phone, "/status").text()).contains("Not told any more: ");
        ada.unblocks();
        chats.turn();
        assertThat(chats.sql("select from channel where account_id = $1 and state = 'active'", account))
                .hasSize(2);
        assertThat(chats.says(ada, "/status").text()).doesNotContain("Not told any more");
    }

    @Test
    void theLinkToTheWebOpensTheirPageOnce() {
        var command = new LoginCommand(tenant, logins, Optional.of("https://plimsoll.example/"));
        var reply = chats.now(
                command.run(new Request(visit(), visit().own().stream().findFirst(), "")));
        var path = reply.keyboard()
                .json()
                .getJsonArray("inline_keyboard")
                .getJsonArray(0)
                .getJsonObject(0)
                .getString("url")
                .replaceFirst("https://plimsoll.example", "");

        var signedIn = given().redirects().follow(false).post(path);

        assertThat(signedIn.statusCode()).isEqualTo(303);
        var me = given().cookie("__Host-plimsoll", signedIn.cookie("__Host-plimsoll"))
                .get("/me");
        assertThat(me.statusCode()).isEqualTo(200);
        assertThat(me.asString()).contains("Ada");
        assertThat(given().redirects().follow(false).post(path).statusCode()).isEqualTo(410);
    }

    @Test
    void anAnswerThatTelegramDoesNotTakeJustNowIsSaidAgain() {
        telegram.fails("sendMessage", 502, "Bad Gateway");
        ada.writes("/help");
        chats.now(chats.listening.round(Duration.ZERO));
        await().until(() -> telegram.calls("sendMessage").stream().anyMatch(call -> call.status() == 502));

        telegram.recovers();

        await().untilAsserted(() -> assertThat(ada.heard().getLast().text()).contains("/simulate - "));
    }

    @Test
    void anAnswerThatCannotBeSaidIsCounted() {
        var before = unsaid();
        telegram.fails(
                "sendMessage",
                429,
                new JsonObject()
                        .put("error_code", 429)
                        .put("description", "Too Many Requests: retry after 400")
                        .put("parameters", new JsonObject().put("retry_after", 400)));

        ada.writes("/help");
        chats.turn();

        await().untilAsserted(() -> assertThat(unsaid()).isEqualTo(before + 1));
    }

    @Test
    void anAnswerForWhichTelegramWantsUsToWaitIsSaidWhenTheWaitIsOver() {
        telegram.fails(
                "sendMessage",
                429,
                new JsonObject()
                        .put("error_code", 429)
                        .put("description", "Too Many Requests: retry after 2")
                        .put("parameters", new JsonObject().put("retry_after", 2)));
        ada.writes("/help");
        chats.now(chats.listening.round(Duration.ZERO));
        chats.now(chats.handling.round());
        await().until(() -> telegram.calls("sendMessage").stream().anyMatch(call -> call.status() == 429));
        var waiting = ada.heard().getLast().text();

        telegram.recovers();

        await().untilAsserted(() -> assertThat(ada.heard().getLast().text()).contains("/simulate - "));
        assertThat(waiting).doesNotContain("/simulate - ");
        assertThat(chats.sql("select from telegram_update where tries > 0")).isEmpty();
    }

    private double unsaid() {
        return meters.find("plimsoll.chat.answers.unsaid").counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    @Test
    void whoeverWasLeftWithoutAnAnswerHearsThatItWasDone() {
        var before = ada.heard().size();

        chats.now(updates.resume(visit().update()));

        assertThat(ada.heard()).hasSize(before + 1);
        assertThat(ada.heard().getLast().text()).startsWith("I did that, and was interrupted before I could answer.");
    }

    @Test
    void whereThereIsNoPageThatIsSaid() {
        assertThat(chats.says(ada, "/login").text()).startsWith("There is no page to sign in to:");
    }

    /** Beans of their own, which know nothing but what the database says. */
    private String afterARestart(String text) {
        var visit = visit();
        return chats.now(
                        new Conversations(new ConversationStore(chats.engine), declaring, repayments).hear(visit, text))
                .orElseThrow()
                .text()
                .plain();
    }

    private Visit visit() {
        var who = chats.now(links.hashes(ada.id(), ada.id()));
        var person = new Person(ada.id(), "Ada", Optional.empty(), Optional.empty(), false);
        var typed = new Update.Typed(
                1, Place.chat(ada.id()), Kind.PRIVATE, "Ada", Optional.of(person), "", 1, Optional.empty(), false);
        return new Visit(typed, Kind.PRIVATE, "Ada", Optional.of(person), who, chats.now(links.of(who)));
    }
}
