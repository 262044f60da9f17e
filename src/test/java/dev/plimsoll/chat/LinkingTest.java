package dev.plimsoll.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.plimsoll.telegram.TelegramProfile;
import dev.plimsoll.telegram.TelegramServer;
import dev.plimsoll.telegram.TelegramUser;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The link that adding a Telegram channel answers with, and whoever opens it. */
@QuarkusTest
@TestProfile(TelegramProfile.class)
class LinkingTest {
    @Inject
    Chats chats;

    private TelegramServer telegram;
    private TelegramUser ada;
    private TelegramUser mallory;

    @BeforeEach
    void adaAddsAChannel() {
        chats.sql("delete from account");
        telegram = chats.server();
        ada = telegram.person("Ada");
        chats.market("ETH 3000", "USDC 1", "BTC 60000");
        mallory = telegram.person("Mallory");
        chats.signsUp(ada);
    }

    @AfterEach
    void close() {
        telegram.close();
    }

    @Test
    void whoOpensTheLinkIsToldOfAlerts() {
        var phone = telegram.person("Ada's phone");
        var link = link();

        assertThat(opens(phone, link)).startsWith("Linked: alerts come here from now on.");

        assertThat(state()).isEqualTo("active");
        assertThat(chats.says(phone, "/status").text()).startsWith("Ada\n");
    }

    @Test
    void aBuddyWhoLeftMayBeAskedAgainAndIsOfferedToLeaveWhenTheyUnlinkTheirOwn() {
        var bob = telegram.person("Bob");
        agrees(bob);
        chats.presses(bob, chats.says(bob, "/leave"), "Leave Ada");

        assertThat(agrees(bob)).startsWith("Thank you. You are told here when nobody has acknowledged");

        chats.signsUp(bob);
        assertThat(chats.says(bob, "/unlink").text())
                .endsWith(" What you are told here as somebody's buddy goes on: /leave ends that.");
    }

    private String agrees(TelegramUser bob) {
        var link = chats.api(ada)
                .body("{\"kind\":\"telegram\",\"name\":\"Bob %d\",\"buddy\":{\"name\":\"Bob\"}}"
                        .formatted(bob.heard().size()))
                .post("/channels")
                .<String>path("link");
        var before = bob.heard().size();
        bob.follows(link);
        chats.turn();
        await().untilAsserted(() -> assertThat(bob.heard()).hasSizeGreaterThan(before));
        return chats.presses(bob, bob.heard().getLast(), "I agree").text();
    }

    @Test
    void aLinkIsGoodOnce() {
        var link = link();
        opens(telegram.person("Ada's phone"), link);

        assertThat(opens(mallory, link)).startsWith("This link was used before, or is older than ten minutes.");

        assertThat(chats.says(mallory, "/status").text()).startsWith("This chat is linked to no account yet.");
    }

    @Test
    void aLinkIsGoodForTenMinutes() {
        var link = link();
        assertThat(chats.sql("select from chat_invitation where expires_at - interval '10 minutes' <= now()"
                        + " and expires_at - interval '5 minutes' > now()"))
                .hasSize(1);
        chats.sql("update chat_invitation set expires_at = now()");

        assertThat(opens(mallory, link)).startsWith("This link was used before, or is older than ten minutes.");

        assertThat(state()).isEqualTo("unverified");
    }

    @Test
    void nobodyWhoReadsTheDatabaseLearnsTheLink() {
        var token = link().replaceFirst(".*start=", "");

        assertThat(chats.sql("select from chat_invitation where token_hash = convert_to($1, 'UTF8')", token))
                .isEmpty();
        assertThat(chats.sql("select from chat_invitation")).hasSize(1);
    }

    @Test
    void whenAStrangerOpensItFirstTheOtherChannelsAreToldAndTheOwnerPutsThemOut() {
        var link = link();

        opens(mallory, link);
        chats.isSent();

        await().untilAsserted(() -> assertThat(ada.heard().getLast().text())
                .contains("A private Telegram chat was linked to your account, as channel phone, by Mallory.")
                .contains("If that was not you, delete the channel"));
        assertThat(opens(telegram.person("Ada's phone"), link)).startsWith("This link was used before");
        chats.api(ada).delete("/channels/" + channel()).then().statusCode(204);
        assertThat(chats.says(mallory, "/status").text()).startsWith("This chat is linked to no account yet.");
    }

    @Test
    void aChatThatIsLinkedAlreadyUsesNoLinkUp() {
        var link = link();

        assertThat(opens(ada, link)).isEqualTo("This chat is linked to that account already.");

        assertThat(opens(telegram.person("Ada's phone"), link)).startsWith("Linked:");
    }

    @Test
    void aSecondChatIsCalledAsItIsInTelegramSoThatOneCanTellThemApart() {
        var offer = chats.says(ada, "/link");

        opens(
                telegram.person("Ada's phone"),
                offer.buttons().getJsonArray(1).getJsonObject(0).getString("url"));

        assertThat(chats.sql("select name from channel"))
                .extracting(row -> row.getString("name"))
                .containsExactlyInAnyOrder("Telegram", "Ada's phone");
    }

    @Test
    void severalAccountsInOneChatAreAskedApart() {
        var bob = telegram.person("Bob");
        chats.signsUp(bob);
        var offer = chats.says(bob, "/link");
        opens(ada, offer.buttons().getJsonArray(1).getJsonObject(0).getString("url"));

        var question = chats.says(ada, "/status");

        assertThat(question.text()).isEqualTo("For which account?");
        assertThat(question.labels()).containsExactlyInAnyOrder("Ada", "Bob");
        assertThat(chats.presses(ada, question, "Bob").text()).startsWith("Bob\n");
        assertThat(chats.presses(ada, question, "Ada").text()).startsWith("Ada\n");
        assertThat(chats.says(bob, "/status").text()).startsWith("Bob\n");
    }

    private String link() {
        return chats.api(ada)
                .body("{\"kind\":\"telegram\",\"name\":\"phone\"}")
                .post("/channels")
                .then()
                .statusCode(201)
                .extract()
                .path("link");
    }

    private String opens(TelegramUser person, String link) {
        return chats.says(person, "/start " + link.replaceFirst(".*[?&]start=", ""))
                .text();
    }

    private UUID channel() {
        return chats.sql("select id from channel where name = 'phone'")
                .getFirst()
                .getUUID("id");
    }

    private String state() {
        return chats.sql("select state from channel where name = 'phone'")
                .getFirst()
                .getString("state");
    }
}
