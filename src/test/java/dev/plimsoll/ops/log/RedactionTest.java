package dev.plimsoll.ops.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {
    private static final String CANARY = "CANARY";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "key plm_0CANARY4567890123456789012345678901",
                "secret whsec_CANARYCANARYCANARYCANARY== signs it",
                "bot 123456789:CANARY_CANARY-CANARYCANARYCANARY_x",
                "Authorization: Bearer CANARY.CANARY",
                "authorization=Basic CANARYCANARY",
                "sent with bearer CANARYCANARY12",
                "{\"password\":\"CANARY and more\", \"a\":1}",
                "plimsoll.ops.database-password=CANARY",
                "PLIMSOLL_DELIVERY_MASTER_KEY=CANARY",
                "routing_key: CANARY",
                "apiKey=CANARY, other=1",
                "Cookie: CANARY=1",
                "name=\"CANARY loan\"",
                "label=CANARY",
                "email=CANARY@example.org",
                "to CANARY.person+tag@mail.example.org now",
                "https://hooks.slack.com/services/T0/B0/CANARY",
                "GET https://user:CANARY@example.org/x",
                "https://example.org/x?token=CANARY",
                "https://example.org#CANARY",
                "wss://node.example.org/v3/CANARY",
                "redis://:CANARY@cache.internal:6379/0",
                "postgresql://plimsoll_api:CANARY@db.internal/plimsoll",
                "eyJhbGciOiJI.CANARY_payload.CANARY-signature",
                "-----BEGIN EC PRIVATE KEY-----\nCANARY\n-----END EC PRIVATE KEY-----",
                "xoxb-CANARY-123456789012",
            })
    void whatIsSecretOrPrivateIsGone(String said) {
        assertThat(Redaction.of(said)).doesNotContain(CANARY).contains("…");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0x4c0883a69102937d6231471b5dbb6204fe5129617082792ae468d01a3f362318",
                "4c0883a69102937d6231471b5dbb6204fe5129617082792ae468d01a3f362318",
                "5HueCGU8rMjxEXxiPuD5BDku4MkFqeZyd4dZ1jvhTVqvbTLvyTJ"
            })
    void aPrivateKeyIsGone(String key) {
        assertThat(Redaction.of("found " + key + " in a message")).isEqualTo("found … in a message");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "loan of 0x1234567890abcdef1234567890abcdef12345678 | loan of 0x12…78",
                "Listening on: http://127.0.0.1:8080 | Listening on: http://127.0.0.1:8080",
                "GET https://api.kraken.com/0/public/Ticker?pair=X | GET https://api.kraken.com/…",
                "jdbc:postgresql://db:5432/plimsoll?ssl=true | jdbc:postgresql://db:5432/…",
                "mail to ada@example.org | mail to …@example.org",
            })
    void whatHelpsIsLeft(String said, String shown) {
        assertThat(Redaction.of(said)).isEqualTo(shown);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "watch taken: epoch=12",
                "alert fired: alert=0198c2d2-7c3f-7e2a-9d6b-2f1f6f0c9c11 healthFactor=1.07 limit=1.10",
                "source silent: source=kraken assets=12 reason=timeout",
                "not stored: keys=[Key[rule=0198c2d2-7c3f-7e2a-9d6b-2f1f6f0c9c11, subject=OfAsset[asset=ETH]]]",
                "plimsoll 0.1.0-SNAPSHOT on JVM (powered by Quarkus 3.31.1) started in 3.212s.",
                "Profile prod activated. Installed features: [agroal, cdi, flyway, jdbc-postgresql]"
            })
    void whatWeSayStaysAsItIs(String line) {
        assertThat(Redaction.of(line)).isEqualTo(line);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\r\nb", "a\u0085b", "a\u2028b", "a\u0000b", "a\u001b[31mb", "a\u202eb"})
    void nobodyBeginsALineOfTheirOwn(String said) {
        assertThat(Redaction.of(said))
                .startsWith("a\\")
                .endsWith("b")
                .doesNotContainPattern("[\\p{Cntrl}\\u0085\\u2028\\u202e]");
    }

    @Test
    void aRecordIsRedactedWithItsParametersAndAllThatWasThrown() {
        var line = new ExtLogRecord(Level.WARNING, "asked %s", ExtLogRecord.FormatStyle.PRINTF, "RedactionTest");
        line.setParameters(new Object[] {"https://example.org/CANARY"});
        line.setThrown(new IllegalStateException(
                "token=CANARY\nfake: line", new IllegalArgumentException("at CANARY@example.org")));

        assertThat(new RedactingFilter().isLoggable(line)).isTrue();

        var written = new PatternFormatter("%-5p %s%e%n").format(line);
        assertThat(written)
                .doesNotContain(CANARY)
                .contains("asked https://example.org/…")
                .contains("java.lang.IllegalStateException: token=…\\nfake: line")
                .contains("Caused by: java.lang.IllegalArgumentException: at …@example.org")
                .contains("RedactionTest.java");
    }

    @Test
    void whatWasThrownStaysAsItIsWhereItSaysNothingSecret() {
        var line = new LogRecord(Level.INFO, "it failed");
        var thrown = new IllegalStateException("tick 1 still running after 30s", new IllegalArgumentException());
        line.setThrown(thrown);

        new RedactingFilter().isLoggable(line);

        assertThat(line.getThrown()).isSameAs(thrown);
    }

    @Test
    void whatWasSuppressedIsLookedAtToo() {
        var thrown = new IllegalStateException("closing failed");
        thrown.addSuppressed(new IllegalStateException("token=CANARY"));

        assertThat(Redacted.of(thrown))
                .hasValueSatisfying(shown -> assertThat(shown.getSuppressed()).isEmpty());
    }

    @Test
    void aRecordOfTheJdkIsRedactedToo() {
        var line = new LogRecord(Level.INFO, "password=CANARY");

        assertThat(new RedactingFilter().isLoggable(line)).isTrue();

        assertThat(line.getMessage()).isEqualTo("password=…");
    }

    @Test
    void aCircleOfCausesEnds() {
        var first = new IllegalStateException("first");
        first.initCause(new IllegalStateException("second", first));
        var written = new StringWriter();

        Redacted.of(first).orElseThrow().printStackTrace(new PrintWriter(written));

        assertThat(written.toString()).contains("first").contains("second");
    }
}
