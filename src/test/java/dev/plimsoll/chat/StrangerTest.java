package dev.plimsoll.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.delivery.telegram.CallbackData;
import dev.plimsoll.telegram.Shown;
import dev.plimsoll.telegram.TelegramProfile;
import dev.plimsoll.telegram.TelegramServer;
import dev.plimsoll.telegram.TelegramUser;
import dev.plimsoll.unit.Ids;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Presses that no button of ours made, by people whose account it is not. */
@QuarkusTest
@TestProfile(TelegramProfile.class)
class StrangerTest {
    @Inject
    Chats chats;

    private TelegramServer telegram;
    private TelegramUser ada;
    private TelegramUser mallory;
    private UUID alert;
    private Shown message;

    @BeforeEach
    void bothHaveAccountsAndAdasAlertFires() {
        chats.sql("delete from account");
        telegram = chats.server();
        ada = telegram.person("Ada");
        chats.market("ETH 3000", "USDC 1", "BTC 60000");
        var account = chats.signsUp(ada);
        chats.watches(ada, "20000 usdc");
        alert = chats.fires(account);
        mallory = telegram.person("Mallory");
        chats.signsUp(mallory);
        message = chats.says(mallory, "/status");
    }

    @AfterEach
    void close() {
        telegram.close();
    }

    @Test
    void theAlertOfAnotherAccountIsNeitherAcknowledgedNorSnoozed() {
        assertThat(note(new CallbackData.Acknowledge(alert).encode())).isEqualTo(AlertPresses.GONE);
        assertThat(note(new CallbackData.Snooze(alert).encode())).isEqualTo(AlertPresses.GONE);
        note(new CallbackData.AcknowledgeAll().encode());

        nothingWasDone();
    }

    @Test
    void theAlertOfAnotherAccountIsNotRead() {
        assertThat(chats.forges(mallory, message, new CallbackData.Details(alert).encode())
                        .text())
                .isEqualTo(AlertPresses.GONE);
        assertThat(chats.forges(mallory, message, new CallbackData.Repaid(alert).encode())
                        .text())
                .isEqualTo(AlertPresses.GONE);
    }

    @Test
    void anAlertThatNeverWasIsNoneOfTheChatsEither() {
        assertThat(note(new CallbackData.Acknowledge(Ids.next()).encode())).isEqualTo(AlertPresses.GONE);
    }

    @Test
    void whatNoButtonSaysDoesNothing() {
        assertThat(List.of(
                        "",
                        "a",
                        "?",
                        "ack",
                        "a=' or 1=1 --",
                        "s\u0000",
                        "💣💣💣",
                        "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz"))
                .allSatisfy(data -> assertThat(note(data)).startsWith("This button is too old to do anything."));

        nothingWasDone();
    }

    @Test
    void theAccountOfAnotherIsNotChosen() {
        var channel = chats.sql(
                        "select c.id from channel c join alert a on a.account_id = c.account_id where a.id = $1", alert)
                .getFirst()
                .getUUID("id")
                .toString();
        var tag = channel.substring(channel.length() - 8);

        assertThat(chats.forges(mallory, message, new CallbackData.Run("@" + tag + " positions").encode())
                        .text())
                .isEqualTo("That account is no longer linked here.");
    }

    @Test
    void theConversationOfAnotherIsNotGoneOnWith() {
        chats.says(ada, "/watch");
        var theirs = chats.sql("select id from conversation").getFirst().getUUID("id");

        assertThat(note(new CallbackData.Step(theirs, "cancel").encode())).startsWith("That is over already.");

        assertThat(chats.says(ada, "10 eth").text()).startsWith("At which share");
    }

    @Test
    void inThePrivateChatOfAnotherNothingIsPressed() {
        var hers = chats.says(ada, "/alerts");

        assertThat(chats.note(
                        telegram,
                        () -> mallory.forges(ada.id(), hers.id(), new CallbackData.Acknowledge(alert).encode())))
                .isEqualTo("This chat is linked to no account, so this button does nothing.");

        nothingWasDone();
    }

    private String note(String data) {
        return chats.note(telegram, () -> mallory.forges(mallory.id(), message.id(), data));
    }

    private void nothingWasDone() {
        assertThat(chats.sql("select from alert where acknowledged_at is null and snoozed_until is null"))
                .hasSize(1);
    }
}
