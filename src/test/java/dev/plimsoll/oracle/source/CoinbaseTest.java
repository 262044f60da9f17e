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

class CoinbaseTest extends PriceSourceContract {

    @Override
    PriceSource source(Desk desk, OracleConfig config) {
        return new Coinbase(desk, config);
    }

    @Override
    Quote ok() {
        var traded = Instant.parse("2026-09-21T10:00:00.123456Z");
        return new Quote("coinbase", ETH, new BigDecimal("3294.30"), Optional.empty(), Optional.of(traded), NOW);
    }

    @Override
    Reason notFound() {
        return Reason.UNKNOWN_ASSET;
    }

    @Test
    void eachProductIsAskedForByItself() {
        try (var server = SourceServer.saying(Said.json(200, file("ok.json")))) {
            ask(server.url(""), Duration.ofSeconds(30), ETH, new Asset("LPT"));

            assertThat(server.asked())
                    .extracting(asked -> asked.uri().getPath())
                    .containsExactlyInAnyOrder("/products/ETH-USD/ticker", "/products/LPT-USD/ticker");
        }
    }

    @Test
    void oneProductThatFailsDoesNotSilenceTheOthers() {
        try (var server = new SourceServer(uri -> uri.getPath().contains("LPT")
                ? Said.json(404, file("not-found.json"))
                : Said.json(200, file("ok.json")))) {
            var answers = ask(server.url(""), Duration.ofSeconds(30), ETH, new Asset("LPT"));

            assertThat(answers).hasSize(2).contains(ok());
        }
    }

    @Test
    void aTickerWithoutTimeIsMalformed() {
        try (var server = SourceServer.saying(Said.json(200, file("ok.json").replace("\"time\"", "\"tyme\"")))) {
            var answers = ask(server.url(""), Duration.ofSeconds(30), ETH);

            assertThat(((Silent) answers.getFirst()).reason()).isEqualTo(Reason.MALFORMED);
        }
    }
}
