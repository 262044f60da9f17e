package dev.plimsoll.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.plimsoll.delivery.telegram.CallbackData;
import dev.plimsoll.telegram.Shown;
import dev.plimsoll.telegram.TelegramGroup;
import dev.plimsoll.telegram.TelegramProfile;
import dev.plimsoll.telegram.TelegramServer;
import dev.plimsoll.telegram.TelegramUser;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A group that reads the alerts of one of its members. */
@QuarkusTest
@TestProfile(TelegramProfile.class)
class GroupChatTest {
    @Inject
    Chats chats;

    private TelegramServer telegram;
    private TelegramUser ada;
    private TelegramUser bob;
    private TelegramGroup group;
    private UUID account;

    @BeforeEach
    void adaLinksAGroup() {
        chats.sql("delete from account");
        telegram = chats.server();
        ada = telegram.person("Ada");
        chats.market("ETH 3000", "USDC 1", "BTC 60000");
        bob = telegram.person("Bob");
        account = chats.signsUp(ada);
        chats.watches(ada, "20000 usdc");
        group = telegram.group("Treasury", ada);
        chats.turn();
        var choose = chats.says(ada, "/link").buttons().getJsonArray(0).getJsonObject(0);
        var token = choose.getString("url").replaceFirst(".*startgroup=", "").replaceFirst("&.*", "");
        assertThat(chats.says(group, ada, "/start@" + TelegramServer.USERNAME + " " + token)
                        .text())
                .startsWith(
                        "Linked: alerts come here from now on. Everybody here may acknowledge an alert or snooze it");
    }

    @AfterEach
    void close() {
        telegram.close();
    }

    @Test
    void anyMemberAcknowledgesAndEverybodyReadsWhoItWas() {
        chats.fires(account);
        var alerts = chats.says(group, bob, "/alerts");

        assertThat(chats.note(telegram, () -> group.presses(bob, alerts, "Acknowledge")))
                .isEqualTo("Acknowledged. Everybody it is for hears of it.");

        assertThat(notes("alert.acknowledged")).isEqualTo("by Bob");
        assertThat(chats.says(ada, "/alerts").text()).contains("by Bob");
    }

    @Test
    void anyMemberSnoozesForAnHourAtMost() {
        chats.fires(account);
        var alerts = chats.says(group, bob, "/alerts");

        assertThat(chats.note(telegram, () -> group.presses(bob, alerts, "Snooze 1 h")))
                .startsWith("Snoozed until ");

        assertThat(notes("alert.snoozed")).isEqualTo("by Bob");
        assertThat(chats.sql("select snoozed_until from alert")
                        .getFirst()
                        .getOffsetDateTime("snoozed_until")
                        .toInstant())
                .isAfter(chats.clock.instant())
                .isBeforeOrEqualTo(chats.clock.instant().plus(Duration.ofHours(1)));
    }

    @Test
    void whoDidNotLinkItChangesNothing() {
        assertThat(List.of(
                        "/mute 8h",
                        "/mute off",
                        "/watch 10 eth",
                        "/unlink",
                        "/unlink chat",
                        "/unlink erase everything",
                        "/timezone Berlin",
                        "/digest daily 08:00"))
                .allSatisfy(command -> assertThat(
                                chats.says(group, bob, command).text())
                        .isEqualTo("Only who linked this chat may do that. You may acknowledge and snooze alerts."));

        assertThat(chats.says(group, ada, "/status").text()).startsWith("Ada\n");
    }

    @Test
    void whatIsSecretIsNotSaidWhereOthersReadIt() {
        assertThat(List.of("/key", "/login", "/link"))
                .allSatisfy(
                        command -> assertThat(chats.says(group, ada, command).text())
                                .startsWith("Not where others read it: send " + command));
    }

    @Test
    void whatABotForgesForAMemberChangesNothingEither() {
        var alert = chats.fires(account);
        var message = chats.says(group, bob, "/alerts");

        var before = group.heard().size();
        bob.forges(group.id(), message.id(), new CallbackData.Repaid(alert).encode());
        bob.forges(group.id(), message.id(), new CallbackData.Run("unlink erase everything").encode());
        chats.turn();

        await().untilAsserted(() -> assertThat(group.heard()).hasSizeGreaterThanOrEqualTo(before + 2));
        assertThat(group.heard().stream().skip(before).map(Shown::text))
                .containsExactly(
                        "Only who linked this chat says what was repaid.",
                        "Only who linked this chat may do that. You may acknowledge and snooze alerts.");
        assertThat(chats.sql("select from account where id = $1", account)).hasSize(1);
    }

    @Test
    void aQuestionToTheOwnerIsAnsweredByNobodyElse() {
        var question = chats.says(group, ada, "/watch");

        group.hears(bob, question, "99 btc");
        chats.turn();
        assertThat(chats.note(telegram, () -> group.presses(bob, question, "Cancel")))
                .startsWith("That is over already.");
        var before = group.heard().size();
        group.hears(ada, question, "10 eth");
        chats.turn();

        await().untilAsserted(() -> assertThat(group.heard()).hasSize(before + 1));
        assertThat(group.heard().getLast().text()).startsWith("At which share of its value is ETH liquidated?");
    }

    @Test
    void othersReadNoWholeAddress() {
        var address = "0xd8dA6BF26964aF9D7eEd9e03E53415D37aA96045";
        var name = "The loan that the treasury took on " + address;
        chats.sql("update position set name = $1 where account_id = $2", name, account);
        chats.fires(account);

        assertThat(chats.says(ada, "/positions").text()).contains(address);
        assertThat(chats.says(group, bob, "/positions").text())
                .contains("0xd8dA…6045")
                .doesNotContain(address);
        var alerts = chats.says(group, bob, "/alerts");
        assertThat(alerts.text()).contains("0xd8dA…6045").doesNotContain(address);
        assertThat(alerts.labels()).contains("The loan that the treasury took on 0xd8dA…6045", "Acknowledge");
    }

    @Test
    void whatIsForwardedIntoItIsNotDoneNorAnswered() {
        group.hearsForwarded(ada, bob, "/unlink chat");
        group.hears(bob, "/shrug"); // of another bot
        var before = group.heard().size();

        assertThat(chats.says(group, bob, "/status").text()).startsWith("Ada\n");
        assertThat(group.heard()).hasSize(before + 1);
    }

    @Test
    void aGroupThatBecomesASupergroupIsStillTold() {
        var bigger = group.migrates();
        chats.turn();

        assertThat(chats.says(bigger, bob, "/status").text()).startsWith("Ada\n");
        assertThat(test(channel())).isEqualTo("delivered");
        assertThat(bigger.heard()).hasSize(2);
    }

    @Test
    void whenTheBotIsPutOutTheOtherChannelsAreTold() {
        group.kicks(bob);
        chats.turn();

        await().untilAsserted(() -> {
            chats.isSent();
            assertThat(ada.heard())
                    .anySatisfy(one -> assertThat(one.text()).contains("the bot was put out of the group"));
        });
    }

    @Test
    void whoLinkedItAloneSwitchesItOnByLettingTheBotInAgain() {
        group.kicks(ada);
        chats.turn();

        group.letsIn(bob);
        chats.turn();
        assertThat(states()).contains("disabled");
        assertThat(group.heard().getLast().text()).startsWith("Hello. To have alerts here, send /link");

        group.kicks(bob);
        group.letsIn(ada);
        chats.turn();
        assertThat(states()).containsOnly("active");
    }

    private List<String> states() {
        return chats.sql("select state from channel").stream()
                .map(row -> row.getString("state"))
                .toList();
    }

    @Test
    void aTopicIsLinkedByWhatIsTypedInIt() {
        var forum = telegram.forum("Risk", ada);
        chats.turn();
        var topic = forum.topic();
        var typed = chats.says(ada, "/link").text().replaceFirst("(?s).*type: (/link@\\S+ \\S+).*", "$1");

        var linked = chats.says(forum, topic, ada, typed);
        chats.fires(account);
        var alerts = chats.says(forum, topic, bob, "/alerts");
        chats.note(telegram, () -> forum.presses(bob, alerts, "Acknowledge"));

        assertThat(linked.text()).startsWith("Linked:");
        assertThat(linked.topic()).contains(topic);
        assertThat(notes("alert.acknowledged")).isEqualTo("by Bob");
        assertThat(test(channel())).isEqualTo("delivered");
        assertThat(forum.heard().getLast().topic()).contains(topic);
    }

    private String notes(String type) {
        return chats.sql("select detail from transition where account_id = $1 and type = $2", account, type)
                .getFirst()
                .getJsonObject("detail")
                .getString("note");
    }

    /** The one that was linked last. */
    private UUID channel() {
        return chats.sql("select id from channel order by id desc limit 1")
                .getFirst()
                .getUUID("id");
    }

    private String test(UUID channel) {
        return chats.api(ada).post("/channels/" + channel + "/test").path("outcome");
    }
}
