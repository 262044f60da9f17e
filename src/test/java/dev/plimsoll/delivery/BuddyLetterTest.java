package dev.plimsoll.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.rule.Severity;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What another person reads of somebody's alerts. */
@QuarkusTest
class BuddyLetterTest {
    private static final String DATA = """
            {"account":"00000000-0000-0000-0000-000000000001",
             "alert":{"id":"00000000-0000-0000-0000-000000000002","subject":{"kind":"position","id":"x"},"episode":1,"sequence":3,
                      "state":"firing","severity":"critical","startedAt":"2026-11-21T03:00:00Z","reason":"escalated","worst":"1.0213"},
             "rule":{"id":"00000000-0000-0000-0000-000000000003","name":"low","condition":{"type":"health-factor"}},
             "position":{"id":"00000000-0000-0000-0000-000000000004","name":"loan of 0x1234567890123456789012345678901234567890",
                         "labels":{"team":"treasury"}},
             "health":{"debtValue":"20000.00"},"links":{"alert":"https://plimsoll.example/api/v1/alerts/2"},
             "text":"ETH must fall 2 % to 2,424.25 USD. Repay 3,603.90 USDC."}""";

    @Inject
    BuddyLetter letters;

    @Test
    void theyReadWhoseAlertItIsAndWhatToDoButNoAmountsAndNoWholeAddress() {
        var letter = letters.forReading(bob(), message("alert.escalated", DATA));

        assertThat(new JsonObject(letter.data()).getString("text"))
                .startsWith("The alert \"low\" of Ada on \"loan of 0x12…90\" has been firing for 15 min, and nobody has"
                        + " acknowledged it. Wake Ada: call them, ring at their door. They acknowledge it: from here you cannot."
                        + " You get this as the buddy of Ada. To leave: tell Ada to delete this channel.");
        assertThat(letter.data()).doesNotContain("3,603.90", "20000.00", "1.0213", "treasury", "34567890", "2,424.25");
        assertThat(Bulletin.of(letter).headline()).contains("low").doesNotContain("34567890");
    }

    @Test
    void inTelegramTheyMayAcknowledgeAndLeaveWithoutALink() {
        var letter = letters.forReading(bob("telegram"), message("drill.escalated", DATA));

        assertThat(new JsonObject(letter.data()).getString("text"))
                .contains("Acknowledge it, so that Ada knows that it reaches you.")
                .endsWith("To leave: send /leave.");
    }

    @Test
    void aDrillSaysFirstThatItIsOne() {
        var letter = letters.forReading(bob(), message("drill.escalated", DATA));

        assertThat(new JsonObject(letter.data()).getString("text"))
                .startsWith("This is a drill, and nothing is wrong: for 15 min Ada has not acknowledged it.");
        assertThat(Bulletin.of(letter).headline()).startsWith("DRILL");
    }

    @Test
    void beforeTheyAgreeTheyReadWhoAsksWhenTheyAreToldAndThatTheyMayLeave() {
        var proof = "{\"account\":\"1\",\"channel\":\"c\",\"code\":\"ABC123\",\"text\":\"Post the code\"}";

        var letter = letters.forReading(bob(), message("channel.verification", proof));

        assertThat(new JsonObject(letter.data()).getString("text"))
                .startsWith("Ada asks you, Bob, to be their buddy: whom we tell when an alert of theirs has rung and"
                        + " nobody has acknowledged it, and in a drill of that; of nothing else.")
                .contains("leave at any time", "give Ada the code");
        assertThat(Bulletin.of(letter).code()).contains("ABC123");
    }

    @Test
    void nobodyCanSendALinkToAStrangerByCallingThemselvesOne() {
        var proof = "{\"account\":\"1\",\"channel\":\"c\",\"code\":\"ABC123\",\"text\":\"Post the code\"}";
        var stranger = bob("webhook", new Buddy("www.win.example", "https://evil.example/now"));

        var letter = letters.forReading(stranger, message("channel.verification", proof));

        assertThat(letter.data())
                .contains("evil. example/now asks you, www. win. example,")
                .doesNotContain("evil.example", "win.example", "://");
    }

    @Test
    void theOwnersOwnMessagesStayAsTheyAre() {
        var message = message("alert.escalated", DATA);

        assertThat(letters.forReading(ada(), message)).isSameAs(message);
    }

    private static Message message(String type, String data) {
        return new Message(
                new UUID(0, 5), type, Severity.CRITICAL, Instant.parse("2026-11-21T03:15:00Z"), data, List.of());
    }

    private static Receiver ada() {
        return new Receiver(new UUID(0, 6), new UUID(0, 1), "webhook", new Settings(Map.of()), List.of());
    }

    private static Receiver bob() {
        return bob("webhook");
    }

    private static Receiver bob(String kind) {
        return bob(kind, new Buddy("Bob", "Ada"));
    }

    private static Receiver bob(String kind, Buddy buddy) {
        return new Receiver(
                new UUID(0, 6),
                new UUID(0, 1),
                kind,
                new Settings(Map.of()),
                List.of(),
                ZoneOffset.UTC,
                Optional.of(buddy));
    }
}
