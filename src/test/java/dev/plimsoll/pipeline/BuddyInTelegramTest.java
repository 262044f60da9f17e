package dev.plimsoll.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.delivery.ChatFixture;
import dev.plimsoll.delivery.telegram.CallbackData;
import dev.plimsoll.telegram.Shown;
import dev.plimsoll.telegram.TelegramProfile;
import dev.plimsoll.telegram.TelegramServer;
import dev.plimsoll.telegram.TelegramUser;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Another person's chat, from the question whether they agree until they leave. Nobody can be reached by a link here. */
@QuarkusTest
@TestProfile(TelegramProfile.class)
class BuddyInTelegramTest {
    @Inject
    DrillFixture drills;

    @Inject
    ChatFixture chats;

    private TelegramServer telegram;
    private TelegramUser ada;
    private TelegramUser bob;
    private Borrower account;

    @BeforeEach
    void adaIsToldInTelegram() {
        List.of("account", "telegram_update", "telegram_turn", "telegram_bot")
                .forEach(table -> drills.rows("delete from " + table));
        telegram = chats.server();
        ada = telegram.person("Ada");
        bob = telegram.person("Bob");
        account = Borrower.signsUp().withoutRules();
        ada.follows(account.creates("/channels", "{\"kind\":\"telegram\",\"name\":\"mine\"}", "link"));
        chats.hear();
    }

    @AfterEach
    void close() {
        telegram.close();
    }

    @Test
    void theyReadWhatIsAskedAndAgreeWithAButton() {
        var invited = invite();

        var question = said(bob).getLast();
        var before = drills.rows("select state from channel where name = 'Bob''s'");
        bob.presses(question, "I agree");
        chats.hear();
        chats.send();

        assertThat(invited.getString("verification")).contains("Send 'link' to Bob");
        assertThat(question.text())
                .startsWith("Ada asks you, Bob, to be their buddy: whom we tell when an alert of theirs has rung")
                .contains("You are not told any amounts.", "leave at any time");
        assertThat(before).containsExactly("unverified");
        assertThat(said(bob).getLast().text()).startsWith("Thank you. You are told here when nobody has acknowledged");
        assertThat(said(ada).getLast().text()).contains("was linked to your account, as channel Bob's, by Bob");
    }

    @Test
    void whoSaysNothingAgreesToNothing() {
        invite();
        bob.writes("hello?");
        chats.hear();

        assertThat(drills.rows("select state from channel where name = 'Bob''s'"))
                .containsExactly("unverified");
    }

    @Test
    void aDrillReachesThemLastAndTheyAcknowledgeItAndNothingElse() {
        var drill = drillReachesBob();

        var rung = said(bob).getLast();
        bob.presses(rung, "Acknowledge");
        chats.hear();
        drills.round();
        chats.send();

        assertThat(rung.text()).contains("This is a drill, and nothing is wrong", "To leave: send /leave.");
        assertThat(rung.labels()).containsExactly("Acknowledge", "Leave");
        assertThat(rung.silent()).isFalse();
        assertThat(account.reads("/drills/" + drill).getString("state")).isEqualTo("acknowledged");
        assertThat(account.reads("/drills/" + drill).getString("acknowledgedBy"))
                .isEqualTo("by Bob");
        assertThat(said(bob).getLast().text()).contains("The wake-up drill of Ada is over");
        assertThat(said(ada).getLast().text()).contains("The wake-up drill is over: acknowledged after");
    }

    @Test
    void theyCannotSnoozeItWhateverTheirProgramSays() {
        drillReachesBob();
        var alert = UUID.fromString(drills.rows("select id::text from alert where subject like 'drill:%'")
                .getFirst());

        bob.forges(bob.id(), said(bob).getLast().id(), new CallbackData.Snooze(alert).encode());
        chats.hear();

        assertThat(telegram.calls("answerCallbackQuery").getLast().body().getString("text"))
                .isEqualTo("You may acknowledge it, but not snooze it.");
        assertThat(drills.rows("select 'snoozed' from alert where snoozed_until is not null"))
                .isEmpty();
    }

    @Test
    void whatTheOwnerSaysWithAnAcknowledgementStaysWithTheOwner() {
        var drill = drillReachesBob();

        account.acknowledges(drill, "paid 5000 from the other wallet");
        chats.edit();

        var first = said(bob).getLast();
        assertThat(first.text()).startsWith("👀 Acknowledged").doesNotContain("5000");
        assertThat(first.labels()).containsExactly("Leave");
    }

    @Test
    void whoLeavesIsAskedFirstIsToldNoMoreAndTheOwnerHearsOfIt() {
        drillReachesBob();
        var rung = said(bob).getLast();

        bob.presses(rung, "Leave");
        chats.hear();
        var asked = said(bob).getLast();
        var before = drills.rows("select state from channel where name = 'Bob''s'");
        bob.presses(asked, "Leave Ada");
        chats.hear();
        chats.send();
        bob.presses(rung, "Acknowledge");
        chats.hear();

        assertThat(asked.text()).startsWith("Shall you no longer be told");
        assertThat(before).containsExactly("active");
        assertThat(said(bob).getLast().text())
                .isEqualTo("You have left: you are told nothing more. Ada hears of that.");
        assertThat(drills.rows("select state from channel where name = 'Bob''s'"))
                .containsExactly("disabled");
        assertThat(said(ada).getLast().text()).contains("Bob does not want to be your buddy");
        assertThat(drills.rows("select state from drill")).containsExactly("running");
    }

    /** Up to the last step of its ladder. @return its id */
    private String drillReachesBob() {
        invite();
        bob.presses(said(bob).getLast(), "I agree");
        chats.hear();
        var theirs = drills.rows("select id::text from channel where name = 'Bob''s'")
                .getFirst();
        account.creates("/rules", """
                {"name":"low","escalation":[{"after":"PT5M","channels":["%s"]}],
                 "condition":{"type":"health-factor"},"levels":[{"severity":"critical","below":"1.05"}]}""".formatted(theirs));
        var drill = account.creates("/drills", "{}");
        drills.round();
        chats.send();
        drills.passes(Duration.ofMinutes(5));
        drills.round();
        chats.send();
        return drill;
    }

    private JsonObject invite() {
        var answer =
                account.answers("/channels", "{\"kind\":\"telegram\",\"name\":\"Bob's\",\"buddy\":{\"name\":\"Bob\"}}");
        bob.follows(answer.getString("link"));
        chats.hear();
        return answer;
    }

    private static List<Shown> said(TelegramUser person) {
        return person.sees().stream().filter(Shown::byBot).toList();
    }
}
