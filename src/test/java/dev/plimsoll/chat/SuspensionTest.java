package dev.plimsoll.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.delivery.telegram.CallbackData;
import dev.plimsoll.telegram.TelegramProfile;
import dev.plimsoll.telegram.TelegramServer;
import dev.plimsoll.telegram.TelegramUser;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the chat of an account still does while the operator lets it do nothing. */
@QuarkusTest
@TestProfile(TelegramProfile.class)
class SuspensionTest {
    private static final String REFUSAL = "The operator suspended this account: Ask us about your bill.";

    @Inject
    Chats chats;

    private TelegramServer telegram;
    private TelegramUser ada;
    private UUID account;

    @BeforeEach
    void adaWatchesALoanThatWorriesHer() {
        chats.sql("delete from account");
        telegram = chats.server();
        ada = telegram.person("Ada");
        chats.market("ETH 3000", "USDC 1", "BTC 60000");
        account = chats.signsUp(ada);
        chats.watches(ada, "20000 usdc");
    }

    @AfterEach
    void close() {
        telegram.close();
    }

    @Test
    void everyCommandOfTheAccountIsRefusedWithTheReasonUntilItMayComeInAgain() {
        suspend();

        assertThat(List.of(
                        "/status",
                        "/positions",
                        "/alerts",
                        "/rules",
                        "/simulate eth -20%",
                        "/watch",
                        "/mute 1h",
                        "/timezone Berlin",
                        "/link",
                        "/key",
                        "/login",
                        "/unlink"))
                .allSatisfy(
                        command -> assertThat(chats.says(ada, command).text()).startsWith(REFUSAL));
        assertThat(chats.says(ada, "/prices eth").text()).contains("ETH");
        assertThat(chats.sql("select from api_key where account_id = $1", account))
                .isEmpty();

        chats.sql("update account set suspended_at = null, suspended_because = null");
        assertThat(chats.says(ada, "/status").text()).startsWith("Ada\n");
    }

    @Test
    void aConversationGoesNoFurther() {
        chats.says(ada, "/watch");
        suspend();

        assertThat(chats.says(ada, "10 eth").text()).startsWith(REFUSAL);
        assertThat(chats.says(ada, "10 eth").text()).startsWith("I did not understand that.");
        assertThat(chats.sql("select from position where account_id = $1", account))
                .hasSize(1);
    }

    @Test
    void anAlertIsStillAcknowledgedAndNothingElseIsDoneBelowIt() {
        var alert = chats.fires(account);
        var alerts = chats.says(ada, "/alerts");
        suspend();

        for (var view : List.of(new CallbackData.Details(alert), new CallbackData.Repaid(alert))) {
            assertThat(chats.forges(ada, alerts, view.encode()).text()).startsWith(REFUSAL);
        }
        assertThat(chats.note(telegram, () -> ada.presses(alerts, "Acknowledge")))
                .isEqualTo("Acknowledged. Everybody it is for hears of it.");
    }

    private void suspend() {
        chats.sql("update account set suspended_at = now(), suspended_because = 'Ask us about your bill.'");
    }
}
