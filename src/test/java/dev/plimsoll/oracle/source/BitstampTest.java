package dev.plimsoll.oracle.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.oracle.Answer.Quote;
import dev.plimsoll.oracle.Answer.Reason;
import dev.plimsoll.oracle.Answer.Silent;
import dev.plimsoll.oracle.OracleConfig;
import dev.plimsoll.oracle.PriceSource;
import dev.plimsoll.oracle.source.SourceServer.Said;
import dev.plimsoll.unit.Asset;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BitstampTest extends PriceSourceContract {
    private static final Duration PATIENT = Duration.ofSeconds(30);

    @Override
    PriceSource source(Desk desk, OracleConfig config) {
        return new Bitstamp(desk, config);
    }

    @Override
    Quote ok() {
        var at = Instant.parse("2026-09-21T10:00:00Z");
        return new Quote("bitstamp", ETH, new BigDecimal("3294.5"), Optional.empty(), Optional.of(at), NOW);
    }

    @Override
    Reason notFound() {
        return Reason.UNKNOWN_ASSET;
    }

    @Test
    void aPairInBitcoinSaysSo() {
        var body = file("ok.json").replace("\"3294\"", "\"0.999\"").replace("\"3295\"", "\"0.999\"");
        try (var server = SourceServer.saying(Said.json(200, body))) {
            var answer = (Quote) ask(server.url(""), PATIENT, new Asset("WBTC")).getFirst();

            assertThat(answer.quotedIn()).contains(new Asset("BTC"));
            assertThat(server.asked().getFirst().uri().getPath()).isEqualTo("/api/v2/ticker/wbtcbtc/");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"ask\":\"3290\"", "\"ask\":\"3900\""})
    void aCrossedOrEmptyBookIsNoPrice(String ask) {
        try (var server = SourceServer.saying(Said.json(200, file("ok.json").replace("\"ask\":\"3295\"", ask)))) {
            var answer = (Silent) ask(server.url(""), PATIENT, ETH).getFirst();

            assertThat(answer.reason()).isEqualTo(Reason.NOT_A_PRICE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"yesterday\"", "\"-1\"", "1e30", "null", "\"99999999999999\""})
    void aTimeThatIsNoneIsMalformed(String timestamp) {
        try (var server = SourceServer.saying(Said.json(200, file("ok.json").replace("\"1789984800\"", timestamp)))) {
            var answer = (Silent) ask(server.url(""), PATIENT, ETH).getFirst();

            assertThat(answer.reason()).isEqualTo(Reason.MALFORMED);
        }
    }
}
