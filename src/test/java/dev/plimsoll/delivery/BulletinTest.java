package dev.plimsoll.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.alert.Text;
import dev.plimsoll.alert.Text.Figure;
import dev.plimsoll.alert.TextJson;
import dev.plimsoll.delivery.Message.Replaced;
import dev.plimsoll.rule.Severity;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BulletinTest {
    private static final UUID ID = UUID.fromString("01a1fbc3-c327-7347-bab8-44c4c25a3487");
    private static final Instant AT = Instant.parse("2026-11-20T03:14:15Z");

    @Test
    void anAlertSaysWhatHappenedWhatToDoAndWhoItIsOf() {
        var bulletin = Bulletin.of(firing());

        assertThat(bulletin.headline()).isEqualTo("Critical: ETH loan (warn me)");
        assertThat(bulletin.paragraphs())
                .containsExactly("ETH loan is at health factor 1.08. Liquidation costs 500 USD.", "Repay 3,604 USDC.");
        assertThat(bulletin.text().figures()).containsExactly(new Figure("Health factor", "1.08"));
        assertThat(bulletin.alert().orElseThrow().subject()).isEqualTo("position:019a6f3e-8c30-7c0f-a2be-91d2f0b66e04");
        assertThat(bulletin.alert().orElseThrow().sequence()).isEqualTo(3);
        assertThat(bulletin.alert().orElseThrow().isResolved()).isFalse();
        assertThat(bulletin.alert().orElseThrow().link()).contains("https://plimsoll.example/api/v1/alerts/1");
        assertThat(bulletin.position().orElseThrow().labels()).containsEntry("team", "treasury");
        assertThat(bulletin.rule().orElseThrow().key()).contains("low");
    }

    @Test
    void theEndOfAnAlertSaysWhen() {
        var data = new JsonObject(firing().data());
        data.getJsonObject("alert").put("resolvedAt", "2026-11-20T03:14:00Z");

        var bulletin = Bulletin.of(message("alert.resolved", Severity.CRITICAL, data, List.of()));

        assertThat(bulletin.headline()).isEqualTo("Resolved: ETH loan (warn me)");
        assertThat(bulletin.alert().orElseThrow().resolvedAt()).contains(Instant.parse("2026-11-20T03:14:00Z"));
    }

    @Test
    void whatItReplacesIsTheLastParagraph() {
        var replaced = List.of(new Replaced("alert.firing", Instant.parse("2026-11-20T03:10:00Z")));

        var bulletin = Bulletin.of(message(
                "alert.resolved", Severity.CRITICAL, new JsonObject().put("text", "ETH loan is safe."), replaced));

        assertThat(bulletin.paragraphs())
                .containsExactly("ETH loan is safe.", "Earlier messages did not reach you: fired 03:10 UTC.");
        assertThat(bulletin.sentences())
                .isEqualTo("ETH loan is safe. Earlier messages did not reach you: fired 03:10 UTC.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "blind since 02:10 UTC: ETH loan             | blind since 03:10: ETH loan",
                "from 23:04 UTC to 23:09 UTC                 | from 00:04 to 00:09",
                "from 2026-11-19 22:04 UTC to 2026-11-20 01:09 UTC | from 19 Nov 23:04 to 02:09",
                "snoozed until 2026-11-20 23:30 UTC          | snoozed until 21 Nov 00:30",
                "Roll at 18:00 UTC is low since 03:00 UTC    | Roll at 18:00 UTC is low since 04:00",
                "2026-02-31 01:00 UTC, 25:00 UTC, 1:00 UTC   | 28 Feb 02:00, 25:00 UTC, 1:00 UTC"
            })
    void aPersonReadsTimesOnTheirOwnClock(String written, String read) {
        var data = new JsonObject()
                .put("position", new JsonObject().put("id", ID.toString()).put("name", "Roll at 18:00 UTC"))
                .put("text", written);
        var message = message("alert.firing", Severity.CRITICAL, data, List.of());

        assertThat(Bulletin.of(message, reader("Europe/Berlin", Optional.empty()))
                        .text()
                        .happened())
                .isEqualTo(read);
        assertThat(Bulletin.of(message, reader("UTC", Optional.empty())).text().happened())
                .isEqualTo(written);
        assertThat(Bulletin.of(message).text().happened()).isEqualTo(written);
    }

    @Test
    void figuresAndWhatDidNotArriveAreToldOnTheOwnersClockAndABuddysIsNotKnown() {
        var text = Text.of("Low.").with(List.of(new Figure("Since", "02:10 UTC, 1 h 4 min")));
        var data = new JsonObject().put("message", TextJson.write(text)).put("text", text.plain());
        var replaced = List.of(new Replaced("alert.firing", Instant.parse("2026-11-20T02:10:00Z")));
        var message = message("alert.worsened", Severity.CRITICAL, data, replaced);

        var owners = Bulletin.of(message, reader("Europe/Berlin", Optional.empty()));
        var buddys = Bulletin.of(message, reader("Europe/Berlin", Optional.of(new Buddy("Bob", "Ada"))));

        assertThat(owners.text().figures()).containsExactly(new Figure("Since", "03:10, 1 h 4 min"));
        assertThat(owners.earlier()).contains("Earlier messages did not reach you: fired 03:10.");
        assertThat(buddys.text().figures()).containsExactly(new Figure("Since", "02:10 UTC, 1 h 4 min"));
        assertThat(buddys.earlier()).contains("Earlier messages did not reach you: fired 02:10 UTC.");
    }

    private static Receiver reader(String zone, Optional<Buddy> buddy) {
        return new Receiver(ID, ID, "telegram", new Settings(Map.of()), List.of(), ZoneId.of(zone), buddy);
    }

    @Test
    void whatBelongsToNoAlertIsReadToo() {
        var data = new JsonObject().put("code", "c0de").put("text", "Post this code.");

        var bulletin = Bulletin.of(message("channel.verification", Severity.INFO, data, List.of()));

        assertThat(bulletin.headline()).isEqualTo("Prove this channel");
        assertThat(bulletin.code()).contains("c0de");
        assertThat(bulletin.alert()).isEmpty();
        assertThat(bulletin.sentences()).isEqualTo("The code is c0de. Post this code.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "alert.firing         | Warning: ETH loan (warn me)",
                "alert.worsened       | Worse, warning: ETH loan (warn me)",
                "alert.repeated       | Still warning: ETH loan (warn me)",
                "alert.escalated      | Escalated, warning: ETH loan (warn me)",
                "alert.eased          | Eased, warning: ETH loan (warn me)",
                "alert.acknowledged   | Acknowledged: ETH loan (warn me)",
                "alert.snoozed        | Snoozed: ETH loan (warn me)",
                "position.liquidated  | Position liquidated: ETH loan (warn me)"
            })
    void theHeadlineOfEachEventSaysWhatItIs(String type, String headline) {
        var data = new JsonObject(firing().data());

        assertThat(Bulletin.of(message(type, Severity.WARNING, data, List.of())).headline())
                .isEqualTo(headline);
    }

    @Test
    void aRuleNamedAsItsSeverityIsNotNamedTwiceAndAnAssetStandsForAPosition() {
        var data = new JsonObject(firing().data());
        data.remove("position");
        data.getJsonObject("rule").put("name", "Critical");
        data.getJsonObject("alert").put("subject", new JsonObject("{\"kind\":\"asset\",\"id\":\"ETH\"}"));

        assertThat(Bulletin.of(message("alert.firing", Severity.CRITICAL, data, List.of()))
                        .headline())
                .isEqualTo("Critical: ETH");
    }

    private static Message firing() {
        return message("alert.firing", Severity.CRITICAL, new JsonObject("""
                {"account":"019a6f3e-8c10-7d11-b1a4-6d1a4f0c3b03",
                 "alert":{"id":"019a6f3e-8c50-7f02-8a60-7f4f9f0e1d06",
                          "subject":{"kind":"position","id":"019a6f3e-8c30-7c0f-a2be-91d2f0b66e04"},
                          "episode":1,"sequence":3,"state":"firing","severity":"critical",
                          "startedAt":"2026-11-20T03:10:00Z","reason":"crossed"},
                 "rule":{"id":"019a6f3e-8c40-7a64-8e4a-0a8f6f0c5d05","key":"low","name":"warn me"},
                 "position":{"id":"019a6f3e-8c30-7c0f-a2be-91d2f0b66e04","name":"ETH loan","kind":"declared",
                             "labels":{"team":"treasury"}},
                 "links":{"alert":"https://plimsoll.example/api/v1/alerts/1"},
                 "message":{"happened":"ETH loan is at health factor 1.08.","stakes":"Liquidation costs 500 USD.",
                            "remedy":"Repay 3,604 USDC.","figures":[{"name":"Health factor","value":"1.08"}]},
                 "text":"ETH loan is at health factor 1.08."}"""), List.of());
    }

    private static Message message(String type, Severity severity, JsonObject data, List<Replaced> replaced) {
        return new Message(ID, type, severity, AT, data.encode(), replaced);
    }
}
