package dev.plimsoll.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.rule.Severity;
import dev.plimsoll.telegram.TelegramProfile;
import dev.plimsoll.telegram.TelegramServer;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A chat that Telegram tells us to leave alone for long. */
@QuarkusTest
@TestProfile(TelegramProfile.class)
class TelegramFailoverTest {
    @Inject
    DeliveryFixture given;

    @Inject
    ChatFixture chats;

    @Inject
    Failover failover;

    private final TestReceiver webhook = new TestReceiver();
    private TelegramServer telegram;

    @BeforeEach
    void start() {
        given.clear();
        telegram = chats.server();
    }

    @AfterEach
    void close() {
        telegram.close();
        webhook.close();
    }

    @Test
    void whatIsCriticalIsToldElsewhereAtOnceAndInTheChatWhenItMay() {
        var account = given.account();
        var ada = telegram.person("Ada");
        var chat = chats.chat(account, ada);
        given.webhook(account, webhook.url());
        telegram.fails(
                "sendMessage",
                429,
                new JsonObject()
                        .put("error_code", 429)
                        .put("description", "Too Many Requests: retry after 300")
                        .put("parameters", new JsonObject().put("retry_after", 300)));
        var alert = chats.alert(account, Severity.CRITICAL);
        given.put(chats.news(account, alert, 1, "alert.firing", Severity.CRITICAL, "ETH loan")
                .to(List.of(chat)));

        chats.send();
        var added = given.now(failover.round());
        chats.send();

        assertThat(added).isEqualTo(1);
        assertThat(webhook.received()).hasSize(1);
        assertThat(given.sql("select from queue where due_at > now() + interval '4 minutes'"))
                .hasSize(1);
        telegram.recovers();
        chats.telegrams.forgetLimits();
        given.sql("update queue set due_at = now()");
        chats.send();
        assertThat(ada.heard().getLast().text()).contains("ETH loan");
    }
}
