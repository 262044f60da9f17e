package dev.plimsoll.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class AlertWordsTest {
    private static final Times BERLIN =
            new Times(ZoneId.of("Europe/Berlin"), Clock.fixed(Instant.parse("2026-11-21T02:30:00Z"), ZoneOffset.UTC));

    @Test
    void anAlertThatSomebodyTookUpSaysSoAndWhoItWasLast() {
        var alert = new JsonObject("""
                {"severity":"critical","position":{"name":"ETH loan"},
                 "startedAt":"2026-11-21T02:10:00Z","acknowledgedAt":"2026-11-21T02:12:00Z",
                 "timeline":[{"type":"alert.acknowledged","detail":{"note":"by Bob"}},
                             {"type":"alert.worsened","detail":{}},
                             {"type":"alert.acknowledged","detail":{"note":"by Ada"}}]}""");

        assertThat(AlertWords.line(alert, BERLIN))
                .isEqualTo("Critical: ETH loan, since 03:10, acknowledged 03:12, by Ada");
    }

    @Test
    void anAlertThatNobodyTookUpAgainSaysNothingOfWhoTookItBefore() {
        var alert = new JsonObject("""
                {"severity":"critical","position":{"name":"ETH loan"},"startedAt":"2026-11-21T02:10:00Z",
                 "timeline":[{"type":"alert.acknowledged","detail":{"note":"by Ada"}},
                             {"type":"alert.worsened","detail":{}}]}""");

        assertThat(AlertWords.line(alert, BERLIN)).isEqualTo("Critical: ETH loan, since 03:10");
    }
}
