package dev.plimsoll.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.delivery.telegram.CallbackData;
import dev.plimsoll.telegram.TelegramProfile;
import dev.plimsoll.telegram.TelegramServer;
import dev.plimsoll.telegram.TelegramUser;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What people say of their positions in a private chat: that there is one, what they repaid, that it is still true. */
@QuarkusTest
@TestProfile(TelegramProfile.class)
class DeclaringTest {
    @Inject
    Chats chats;

    private static final AtomicReference<TelegramServer> SERVER = new AtomicReference<>();

    private TelegramServer telegram;
    private TelegramUser ada;

    /** One for all, on which nobody is who they were in another test. */
    @BeforeEach
    void adaHasTelegram() {
        telegram = SERVER.updateAndGet(known -> known == null ? chats.server() : known);
        ada = telegram.person("Ada");
        chats.market("ETH 3000", "USDC 1", "BTC 60000", "DAI 1");
    }

    @AfterAll
    static void close() {
        SERVER.getAndSet(null).close();
    }

    private String says(String text) {
        return chats.says(ada, text).text();
    }

    @Test
    void aPositionIsDeclaredStepByStep() {
        chats.signsUp(ada);

        assertThat(says("/watch")).isEqualTo("What secures the loan? Send an amount and an asset, such as 10 ETH.");
        assertThat(says("10 eth")).startsWith("At which share of its value is ETH liquidated?");
        assertThat(says("82,5 %")).startsWith("What do you owe against it?");
        var summary = chats.says(ada, "12k usdc");
        assertThat(summary.text())
                .startsWith("10 ETH (liquidation threshold 82.5 %)\nagainst a debt of 12,000 USDC\n\n"
                        + "ETH loan is at health factor 2.06. ETH must fall 51.5 % to 1,454.55 USD to be liquidated.");
        var watched = chats.presses(ada, summary, "Watch it");

        assertThat(watched.text()).startsWith("I watch it from now on. ETH loan is at health factor 2.06.");
        assertThat(watched.id()).isEqualTo(summary.id());
        assertThat(says("/positions")).startsWith("ETH loan is at health factor 2.06.");
    }

    @Test
    void aButtonPressedTwiceWatchesOnePosition() {
        var account = chats.signsUp(ada);
        says("/watch");
        says("10 eth");
        says("82.5%");
        var summary = chats.says(ada, "12k usdc");
        ada.presses(summary, "Watch it");
        ada.presses(summary, "Watch it");

        says("/help"); // after them

        assertThat(chats.sql("select from position where account_id = $1", account))
                .hasSize(1);
    }

    @Test
    void aPositionInOneLineAsksOnlyWhatIsMissing() {
        chats.signsUp(ada);

        assertThat(says("/watch 10 eth")).startsWith("At which share of its value is ETH liquidated?");
    }

    @Test
    void anAmountThatMayMeanTwoThingsIsAsked() {
        chats.signsUp(ada);
        says("/watch");
        says("10 eth");
        says("80%");

        var question = chats.says(ada, "12,500 usdc");

        assertThat(question.text()).isEqualTo("Do you mean 12.5 USDC or 12,500 USDC?");
        assertThat(chats.presses(ada, question, "12,500 USDC").text()).contains("against a debt of 12,500 USDC");
    }

    @Test
    void whatIsNotUnderstoodIsAskedAgain() {
        chats.signsUp(ada);
        says("/watch");

        assertThat(says("a lot")).startsWith("I know no asset").endsWith("such as 10 ETH.");
        assertThat(says("10 etk")).startsWith("I know no asset etk. Did you mean");
        assertThat(says("0x52908400098527886E0F7030069857D2E4169EE7"))
                .startsWith("I cannot read positions from an address yet");
        assertThat(says("10 eth")).startsWith("At which share");
    }

    @Test
    void aConversationIsCancelled() {
        chats.signsUp(ada);
        var question = chats.says(ada, "/watch");

        assertThat(chats.presses(ada, question, "Cancel").text()).startsWith("Cancelled");
        assertThat(says("10 eth")).startsWith("I did not understand that.");
    }

    @Test
    void aConversationThatIsTooOldIsOver() {
        chats.signsUp(ada);
        says("/watch");
        chats.sql("update conversation set expires_at = now()");

        assertThat(says("10 eth")).startsWith("I did not understand that.");
    }

    @Test
    void aButtonOfAnEarlierConversationSaysThatItIsOver() {
        chats.signsUp(ada);
        var earlier = chats.says(ada, "/watch");
        says("/watch");

        ada.presses(earlier, "Cancel");
        says("/help"); // after it

        assertThat(telegram.calls("answerCallbackQuery").getLast().body().getString("text"))
                .startsWith("That is over already.");
        assertThat(says("10 eth")).startsWith("At which share");
    }

    @Test
    void whatWasRepaidIsCountedOnce() {
        var account = chats.signsUp(ada);
        chats.watches(ada, "20000 usdc");
        chats.fires(account);
        var alerts = chats.says(ada, "/alerts");
        var details = chats.presses(ada, alerts, "ETH loan");
        assertThat(details.text())
                .contains("ETH loan is at health factor 1.23.")
                .contains("repay 3,500.00 USDC");

        var question = chats.forges(ada, alerts, repaid(account));
        assertThat(question.text())
                .isEqualTo("How much did you repay on ETH loan? Advised: 3,500 USDC. Press it, or send what it was.");
        var pressed = question.buttons().getJsonArray(0).getJsonObject(0).getString("callback_data");
        var counted = chats.presses(ada, question, "3,500 USDC");
        ada.forges(ada.id(), question.id(), pressed);

        assertThat(counted.text())
                .startsWith("Counted: 3,500 USDC. Health factor now 1.50. ETH loan is at health factor 1.50.");
        assertThat(says("/positions")).startsWith("ETH loan is at health factor 1.50.");
    }

    @Test
    void anotherAmountIsTypedAndOneTooLargeIsRefused() {
        var account = chats.signsUp(ada);
        chats.watches(ada, "20000 usdc");
        chats.fires(account);
        chats.forges(ada, ada.sees().getLast(), repaid(account));

        assertThat(says("30k")).startsWith("You repay 30000 USDC but owe 20000 USDC.");
        assertThat(says("1,5k")).startsWith("Counted: 1,500 USDC. Health factor now 1.33.");
    }

    /** What the button "I repaid" below the alert's message says. */
    private String repaid(UUID account) {
        var alert =
                chats.sql("select id from alert where account_id = $1", account).getFirst();
        return new CallbackData.Repaid(alert.getUUID("id")).encode();
    }

    @Test
    void aWholePositionInOneLineAsksOnlyWhetherToWatchIt() {
        chats.signsUp(ada);

        var summary = chats.says(ada, "/watch 10 eth at 82.5%, 1 btc at 70 % against 12k usdc and 3000.5 dai");

        assertThat(summary.text())
                .startsWith("10 ETH (liquidation threshold 82.5 %), 1 BTC (liquidation threshold 70 %)\n"
                        + "against a debt of 12,000 USDC, 3,000.5 DAI\n\n");
        assertThat(chats.presses(ada, summary, "Watch it").text()).startsWith("I watch it from now on.");
    }

    @Test
    void ofSeveralAmountsEachIsAskedForItsThreshold() {
        chats.signsUp(ada);

        assertThat(says("/watch 10 eth 5 btc")).startsWith("At which share of its value is ETH liquidated?");
        assertThat(says("82.5%")).startsWith("At which share of its value is BTC liquidated?");
        assertThat(says("70%")).startsWith("What do you owe against it?");
        assertThat(says("12k usdc 3k dai"))
                .startsWith("10 ETH (liquidation threshold 82.5 %), 5 BTC (liquidation threshold 70 %)\n"
                        + "against a debt of 12,000 USDC, 3,000 DAI");
    }

    @Test
    void aLineOfWhichAPartIsNotUnderstoodChangesNothing() {
        chats.signsUp(ada);

        assertThat(says("/watch 10 eth and some bitcoins")).startsWith("I do not understand “and some bitcoins”.");
        assertThat(says("10 eth 5 bct")).startsWith("I know no asset bct.");
        assertThat(says("10 eth 12,500 usdc")).startsWith("Do you mean 12.5 USDC or 12,500 USDC? Type it all again");
        assertThat(says("cancel")).startsWith("Cancelled");
    }

    @Test
    void nothingIsOwedOnlyOnceItIsKnownWhatIsHeld() {
        chats.signsUp(ada);
        says("/watch 10 eth");

        assertThat(says("nothing")).startsWith("At which share of its value is ETH liquidated?");
        says("80 %");
        assertThat(says("nothing")).startsWith("10 ETH (liquidation threshold 80 %)\nwithout debt");
    }

    @Test
    void whatWasDeclaredLongAgoIsStillTrueAtOnePress() {
        var account = chats.signsUp(ada);
        chats.watches(ada, "12k usdc");
        assertThat(says("/still")).startsWith("Nothing is older than 30 days");
        chats.sql(
                "update position set legs_since = $2 where account_id = $1",
                account,
                chats.clock.instant().minus(Duration.ofDays(45)).atOffset(ZoneOffset.UTC));

        var question = chats.presses(ada, chats.says(ada, "/positions"), "Still true?");

        assertThat(question.text()).startsWith("ETH loan, told 45 days ago\n\nIs that still true?");
        assertThat(chats.presses(ada, question, "Still true: ETH loan").text())
                .isEqualTo("Thank you. Still true: ETH loan.");
        assertThat(says("/still")).startsWith("Nothing is older than 30 days");
        assertThat(chats.says(ada, "/positions").labels()).isEmpty();
    }
}
