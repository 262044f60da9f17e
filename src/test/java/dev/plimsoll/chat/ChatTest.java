package dev.plimsoll.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.plimsoll.telegram.TelegramProfile;
import dev.plimsoll.telegram.TelegramServer;
import dev.plimsoll.telegram.TelegramUser;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What people type and press in a private chat, on a Telegram server as strict as the real one. */
@QuarkusTest
@TestProfile(TelegramProfile.class)
class ChatTest {
    @Inject
    Chats chats;

    private static final AtomicReference<TelegramServer> SERVER = new AtomicReference<>();

    private TelegramServer telegram;
    private TelegramUser ada;

    /** One for all, on which nobody is who they were in another test. */
    @BeforeEach
    void adaHasTelegram() {
        telegram = SERVER.updateAndGet(known -> known == null ? chats.server() : known);
        ada = telegram.person("Ada <b>");
        chats.market("ETH 3000", "USDC 1", "BTC 60000");
    }

    @AfterAll
    static void close() {
        SERVER.getAndSet(null).close();
    }

    private String says(String text) {
        return chats.says(ada, text).text();
    }

    @Test
    void whoSaysStartIsOfferedAnAccountAndGetsItWithItsRules() {
        var offer = chats.says(ada, "/start");
        assertThat(offer.text()).contains("Shall I make an account for you?").contains("never send me one");

        var welcome = chats.presses(ada, offer, "Create my account");

        assertThat(welcome.text()).startsWith("Your account is ready.");
        assertThat(says("/rules"))
                .startsWith("warning - how far liquidation is: warning as suits its assets\ncritical - ")
                .contains("\n\nNothing here would wake you at night: ");
        assertThat(says("/status"))
                .startsWith("Ada <b>\nNo alert is firing.\nYou watch nothing yet")
                .contains("Nothing here would wake you at night: ");
    }

    @Test
    void theButtonPressedTwiceMakesOneAccount() {
        var offer = chats.says(ada, "/start");
        chats.presses(ada, offer, "Create my account");

        assertThat(chats.presses(ada, offer, "Create my account").text()).startsWith("This chat is linked already.");
    }

    @Test
    void whoAcknowledgesIsNamedInTheTimeline() {
        var account = chats.signsUp(ada);
        chats.watches(ada, "20000 usdc");
        chats.fires(account);

        ada.presses(chats.says(ada, "/alerts"), "Acknowledge");
        says("/help"); // after it

        assertThat(telegram.calls("answerCallbackQuery").getLast().body().getString("text"))
                .isEqualTo("Acknowledged. Everybody it is for hears of it.");
        assertThat(chats.sql(
                        "select detail from transition where account_id = $1 and type = 'alert.acknowledged'", account))
                .singleElement()
                .satisfies(row -> assertThat(row.getJsonObject("detail").getString("note"))
                        .isEqualTo("by Ada <b>"));
    }

    @Test
    void aStrangersPressInAPrivateChatDoesNothing() {
        var account = chats.signsUp(ada);
        chats.watches(ada, "20000 usdc");
        chats.fires(account);
        var alerts = chats.says(ada, "/alerts");
        var mallory = telegram.person("Mallory");
        chats.says(mallory, "/help");

        mallory.forges(
                ada.id(),
                alerts.id(),
                alerts.buttons().getJsonArray(0).getJsonObject(1).getString("callback_data"));
        mallory.forges(
                mallory.id(),
                mallory.sees().getLast().id(),
                alerts.buttons().getJsonArray(0).getJsonObject(1).getString("callback_data"));
        chats.says(mallory, "/help"); // after both
        says("/help");

        assertThat(chats.sql("select from alert where account_id = $1 and acknowledged_at is null", account))
                .hasSize(1);
    }

    @Test
    void pricesThatMoveAreSupposed() {
        chats.signsUp(ada);
        chats.watches(ada, "20000 usdc");

        assertThat(says("/simulate eth -20%"))
                .isEqualTo(
                        "If ETH went from 3,000.00 to 2,400.00 USD:\nETH loan: health factor 1.23, then 0.99, and liquidated.");
        assertThat(says("/simulate eth 4k")).contains("then 1.65.");
        assertThat(says("/simulate")).startsWith("Say what moves and by how much: /simulate eth -20%");
    }

    @Test
    void pricesAreSaidToAnybody() {
        assertThat(says("/prices eth dogecoins"))
                .startsWith("ETH: 3,000.00 USD")
                .contains("I know no asset dogecoins");
        assertThat(says("/prices")).contains("BTC: 60,000.00 USD");
    }

    @Test
    void muteIsASilenceThatIsEnded() {
        var account = chats.signsUp(ada);

        assertThat(says("/mute")).startsWith("For how long shall every channel be quiet?");
        assertThat(says("/mute 2h")).startsWith("Quiet until ");
        assertThat(chats.sql("select reason from silence where account_id = $1 and not even_liquidatable", account))
                .singleElement()
                .satisfies(row -> assertThat(row.getString("reason")).isEqualTo("muted in Telegram by Ada <b>"));
        assertThat(says("/mute 30d")).startsWith("A week at most");
        assertThat(says("/mute off")).startsWith("The silence is over");

        assertThat(chats.sql("select from silence where account_id = $1", account))
                .isEmpty();
    }

    @Test
    void digestsAreSetAndEndedInTheChat() {
        var account = chats.signsUp(ada);
        says("/timezone berlin");
        var offer = chats.says(ada, "/digest");
        assertThat(offer.text()).startsWith("No digest comes to this chat.");

        assertThat(chats.presses(ada, offer, "Daily 08:00").text())
                .startsWith("Set: daily at 08:00, by the clock of Europe/Berlin, to this chat. The next one comes ");
        assertThat(says("/digest daily 7:15")).startsWith("Set: daily at 07:15,");
        assertThat(says("/digest weekly friday 18:00")).startsWith("Set: weekly on Friday at 18:00,");
        assertThat(says("/digest bedtime 22:30")).startsWith("Set: bedtime check at 22:30,");

        assertThat(says("/digest"))
                .startsWith("To this chat come, by the clock of Europe/Berlin: daily at 07:15;"
                        + " weekly on Friday at 18:00; bedtime check at 22:30.");
        assertThat(chats.sql(
                        "select from digest d join channel c on d.channels = array[c.id] where c.kind = 'telegram'"
                                + " and d.account_id = $1",
                        account))
                .hasSize(3);
        assertThat(says("/digest off")).startsWith("No more of it comes to this chat.");
        assertThat(chats.sql("select from digest where account_id = $1", account))
                .isEmpty();
    }

    @Test
    void aDigestThatIsNotUnderstoodIsExplained() {
        chats.signsUp(ada);

        assertThat(says("/digest monthly")).startsWith("A digest is daily, weekly or bedtime. Press, or type /digest");
        assertThat(says("/digest daily 25:00")).startsWith("I need a time of day, such as 08:00 or 22:30.");
        assertThat(says("/digest weekly someday 8")).startsWith("I need a day of the week, such as monday.");
    }

    @Test
    void whatComesToEveryChannelIsNotEndedInOne() {
        var account = chats.signsUp(ada);
        chats.sql(
                "insert into digest (id, account_id, kind, local_time) values (gen_random_uuid(), $1, 'daily', '08:00')",
                account);

        assertThat(says("/digest off"))
                .startsWith("No digest was made for this chat alone. What goes to other channels too still comes");
        assertThat(says("/digest")).contains("daily at 08:00");
    }

    @Test
    void aKeyIsShownOnceAndDeletedByItsButton() {
        chats.signsUp(ada);

        var shown = chats.says(ada, "/key");
        assertThat(shown.text()).containsPattern("plm_[0-9A-Za-z]{36}").contains("delete this message");
        ada.presses(shown, "Delete this message");
        says("/help"); // after it

        assertThat(ada.sees()).noneMatch(message -> message.text().contains("plm_"));
    }

    @Test
    void aSeedPhraseIsRefusedAndDeleted() {
        chats.signsUp(ada);

        var answer = says("legal winner thank year wave sausage worth useful legal winner thank yellow");

        assertThat(answer)
                .startsWith(
                        "That looked like a private key or a seed phrase. I did not keep it and deleted your message.");
        assertThat(ada.sees()).noneMatch(message -> message.text().contains("sausage"));
    }

    @Test
    void aSeedPhraseWithinASentenceToo() {
        var answer = says("my seed is abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon"
                + " abandon about, what now?");

        assertThat(answer).contains("I did not keep it and deleted your message.");
    }

    @Test
    void whatSomebodyElseWroteIsNotDone() {
        var account = chats.signsUp(ada);
        var mallory = telegram.person("Mallory");

        var before = ada.heard().size();
        ada.forwards(mallory, "/unlink erase everything");
        chats.turn();

        await().untilAsserted(() -> assertThat(ada.heard()).hasSize(before + 1));
        assertThat(ada.heard().getLast().text()).startsWith("Somebody else may have written that, so I did nothing");
        assertThat(chats.sql("select from account where id = $1", account)).hasSize(1);
    }

    @Test
    void thePinnedMessageGoesWithTheAccount() {
        var account = chats.signsUp(ada);
        var pinned = ada.heard().getLast();
        chats.sql(
                "insert into gauge (channel_id, account_id, message_id)"
                        + " select id, account_id, $2 from channel where account_id = $1",
                account,
                pinned.id());

        chats.presses(ada, chats.says(ada, "/unlink"), "Unlink this chat");

        assertThat(ada.sees()).noneMatch(message -> message.id() == pinned.id());
    }

    @Test
    void whatIsNoTextAndNoCommandIsAnsweredKindly() {
        assertThat(says("good morning")).isEqualTo("I did not understand that. /help lists what I understand.");
        assertThat(says("/postions")).isEqualTo("I do not know that command. Did you mean /positions?");
        assertThat(says("/status")).startsWith("This chat is linked to no account yet.");
        assertThat(says("/help")).contains("/simulate - ").contains("Never send me a private key");
        assertThat(says("x".repeat(4_000))).isEqualTo("I did not understand that. /help lists what I understand.");
    }

    @Test
    void timesAreTheirs() {
        chats.signsUp(ada);

        assertThat(says("/timezone berlin")).startsWith("Times are told in Europe/Berlin from now on.");
        assertThat(says("/timezone Atlantis")).startsWith("I know no time zone Atlantis.");
        assertThat(says("/timezone")).startsWith("Times are told in Europe/Berlin.");
    }

    @Test
    void whoUnlinksIsToldNothingMore() {
        var account = chats.signsUp(ada);

        var question = chats.says(ada, "/unlink");
        assertThat(question.text()).contains("this is your only channel").contains("it has no API key");
        assertThat(chats.presses(ada, question, "Unlink this chat").text())
                .isEqualTo("Unlinked: nothing more of the account is told here. /start begins anew.");

        assertThat(chats.sql("select from channel where account_id = $1", account))
                .isEmpty();
        assertThat(says("/status")).startsWith("This chat is linked to no account yet.");
    }

    @Test
    void whoDeletesTheAccountIsAskedTwice() {
        var account = chats.signsUp(ada);

        var sure = chats.presses(ada, chats.says(ada, "/unlink"), "Delete the whole account");
        assertThat(sure.text()).contains("It cannot be undone.");
        chats.presses(ada, sure, "Delete it all");

        assertThat(chats.sql("select from account where id = $1", account)).isEmpty();
    }

    @Test
    void whoBlocksTheBotIsSwitchedOffAndOnAgain() {
        var account = chats.signsUp(ada);

        ada.blocks();
        chats.turn();
        await().untilAsserted(() -> assertThat(
                        chats.sql("select disabled_reason from channel where account_id = $1", account))
                .singleElement()
                .satisfies(row -> assertThat(row.getString("disabled_reason")).isEqualTo("the bot was blocked")));
        ada.unblocks();
        chats.turn();

        await().untilAsserted(() -> assertThat(
                        chats.sql("select from channel where account_id = $1 and state = 'active'", account))
                .hasSize(1));
    }

    @Test
    void nothingThatIsTypedWaitsInTheDatabase() {
        chats.signsUp(ada);
        says("/watch");
        says("123.456789 eth");

        await().untilAsserted(() -> assertThat(chats.sql("select from telegram_update where sealed is not null"))
                .isEmpty());
    }
}
