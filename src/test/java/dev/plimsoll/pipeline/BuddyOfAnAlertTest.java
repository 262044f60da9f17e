package dev.plimsoll.pipeline;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.plimsoll.delivery.ChatFixture;
import dev.plimsoll.telegram.Shown;
import dev.plimsoll.telegram.TelegramServer;
import dev.plimsoll.telegram.TelegramUser;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A loan that falls while its owner sleeps, and the mailbox and the chat of the person who is to wake them. */
@QuarkusTest
@TestProfile(WatchProfile.class)
class BuddyOfAnAlertTest {
    private static final Pattern CODE = Pattern.compile("The code is (\\S+?)\\.");

    @Inject
    Stage stage;

    @Inject
    DrillFixture database;

    @Inject
    ChatFixture chats;

    private GreenMail mailbox;
    private TelegramServer telegram;
    private Borrower ada;

    @BeforeEach
    void adaBorrows() throws IOException {
        mailbox = new GreenMail(new ServerSetup(WatchProfile.MAIL, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mailbox.start();
        stage.begin();
        List.of("telegram_update", "telegram_turn", "telegram_bot")
                .forEach(table -> database.rows("delete from " + table));
        telegram = chats.server();
        ada = Borrower.signsUp().withoutRules();
        ada.borrows("1900");
    }

    @AfterEach
    void close() {
        stage.end();
        telegram.close();
        mailbox.stop();
    }

    @Test
    void whoSleepsThroughAnAlertHasABuddyWhoReadsToWakeThemAndLaterThatAllIsWell() throws Exception {
        var bob = bobAgrees();
        fallsAndIsEscalatedTo(bob);
        var atOnce = database.rows("select id::text from delivery where channel_id = '" + bob + "'");

        stage.tickAfter(Duration.ofMinutes(5));
        var woken = mail(2);
        ada.acknowledges(database.rows("select id::text from alert").getFirst());
        var takenUp = mail(3);
        stage.ether("3000");
        stage.tickAfter(Duration.ofMinutes(1));
        var over = mail(4);

        assertThat(atOnce)
                .as("nobody else is woken while the owner may hear it")
                .isEmpty();
        assertThat(woken)
                .contains("The alert \"low\" of Ada on \"ETH loan\" has been firing for 5 min, and nobody has"
                        + " acknowledged it.")
                .contains("Wake Ada: call them, ring at their door.")
                .doesNotContain("1,900", "2,500", "USDC", "health factor");
        assertThat(takenUp)
                .contains("Somebody has taken up the alert \"low\" of Ada")
                .doesNotContain("seen");
        assertThat(over).contains("The alert \"low\" of Ada on \"ETH loan\" is over");
        assertThat(mailbox.getReceivedMessages()[2].getHeader("In-Reply-To"))
                .as("one thread")
                .isEqualTo(mailbox.getReceivedMessages()[3].getHeader("In-Reply-To"));
    }

    @Test
    void aBuddyInTelegramIsRungAcknowledgesForTheOwnerAndHearsOfTheEnd() {
        var phone = telegram.person("Ada");
        var bob = telegram.person("Bob");
        phone.follows(ada.creates("/channels", "{\"kind\":\"telegram\",\"name\":\"phone\"}", "link"));
        chats.hear();
        var bobs = bobAgrees(bob);
        chats.send(); // that Bob was linked, which would come together with what is to be heard
        fallsAndIsEscalatedTo(bobs);
        chats.send();
        var rungAtOnce = said(phone).getLast();
        var bobReadAtOnce = said(bob).size();

        stage.tickAfter(Duration.ofMinutes(5));
        chats.send();
        var woken = said(bob).getLast();
        bob.presses(woken, "Acknowledge");
        chats.hear();
        chats.edit();
        var takenUp = said(phone).stream()
                .filter(one -> one.id() == rungAtOnce.id())
                .findFirst()
                .orElseThrow();
        stage.ether("3000");
        stage.tickAfter(Duration.ofMinutes(1));
        chats.send();
        var over = said(bob).getLast();

        assertThat(rungAtOnce.text()).contains("Critical: ETH loan");
        assertThat(bobReadAtOnce)
                .as("nobody else is woken while the owner may hear it")
                .isEqualTo(2);
        assertThat(woken.text())
                .contains("The alert \"low\" of Ada on \"ETH loan\" has been firing for 5 min, and nobody has"
                        + " acknowledged it.")
                .contains("Wake Ada: call them, ring at their door. Acknowledge once they are up.")
                .doesNotContain("1,900", "2,500", "USDC", "health factor");
        assertThat(woken.silent()).isFalse();
        assertThat(woken.labels()).containsExactly("Acknowledge", "Leave");
        assertThat(takenUp.text()).startsWith("👀 Acknowledged").contains("by Bob");
        assertThat(over.text()).contains("The alert \"low\" of Ada on \"ETH loan\" is over");
        assertThat(over.replyTo()).as("one thread").contains(woken.id());
    }

    private void fallsAndIsEscalatedTo(String buddy) {
        ada.creates("/rules", """
                {"name":"low","escalation":[{"after":"PT5M","channels":["%s"]}],"condition":{"type":"health-factor"},
                 "levels":[{"severity":"critical","below":"1.10","clearAbove":"1.12","hold":"PT0S","clearHold":"PT0S"}]}""".formatted(buddy));
        stage.tick();
        stage.ether("2500");
        stage.tickAfter(Duration.ofSeconds(10));
    }

    private String bobAgrees(TelegramUser bob) {
        var invited =
                ada.answers("/channels", "{\"kind\":\"telegram\",\"name\":\"Bob's\",\"buddy\":{\"name\":\"Bob\"}}");
        bob.follows(invited.getString("link"));
        chats.hear();
        bob.presses(said(bob).getLast(), "I agree");
        chats.hear();
        return invited.getString("id");
    }

    private static List<Shown> said(TelegramUser person) {
        return person.sees().stream().filter(Shown::byBot).toList();
    }

    private String bobAgrees() throws Exception {
        var bob = ada.creates(
                "/channels",
                "{\"kind\":\"email\",\"name\":\"Bob's\",\"address\":\"bob@example.org\",\"buddy\":{\"name\":\"Bob\"}}");
        var code = CODE.matcher(mail(1));
        assertThat(code.find()).isTrue();
        given().basePath("/api/v1")
                .header("Authorization", "Bearer " + ada.key())
                .contentType("application/json")
                .body("{\"code\":\"" + code.group(1) + "\"}")
                .post("/channels/" + bob + "/verify")
                .then()
                .statusCode(200);
        return bob;
    }

    /** The text of the one of this number that arrived at Bob's. */
    private String mail(int number) throws Exception {
        await().until(() -> {
            chats.send();
            return mailbox.getReceivedMessages().length >= number;
        });
        var parts = (MimeMultipart) mailbox.getReceivedMessages()[number - 1].getContent();
        return (String) parts.getBodyPart(0).getContent();
    }
}
