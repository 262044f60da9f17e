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
import org.junit.jupiter.params.provider.CsvSource;

class DefiLlamaTest extends PriceSourceContract {
    private static final Duration PATIENT = Duration.ofSeconds(30);

    @Override
    PriceSource source(Desk desk, OracleConfig config) {
        return new DefiLlama(desk);
    }

    @Override
    Quote ok() {
        var at = Instant.parse("2026-09-21T10:00:00Z");
        return new Quote("defillama", ETH, new BigDecimal("3294.30123456"), Optional.empty(), Optional.of(at), NOW);
    }

    @Override
    Reason notFound() {
        return Reason.REFUSED;
    }

    @Test
    void allCoinsAreOneRequest() {
        try (var server = SourceServer.saying(Said.json(200, file("several.json")))) {
            var answers = ask(server.url(""), PATIENT, ETH, new Asset("BTC"));

            assertThat(answers).hasSize(2).allMatch(Quote.class::isInstance);
            assertThat(server.asked())
                    .singleElement()
                    .satisfies(asked -> assertThat(asked.uri())
                            .hasToString("/prices/current/coingecko:bitcoin,coingecko:ethereum"));
        }
    }

    @ParameterizedTest
    @CsvSource({"LPT, UNCERTAIN", "RENDER, UNCERTAIN", "AKT, UNKNOWN_ASSET"})
    void aPriceItDoubtsOrDoesNotHaveIsNotTaken(String symbol, Reason reason) {
        try (var server = SourceServer.saying(Said.json(200, file("several.json")))) {
            var answer =
                    (Silent) ask(server.url(""), PATIENT, new Asset(symbol)).getFirst();

            assertThat(answer.reason()).isEqualTo(reason);
        }
    }

    @Test
    void itIsOfOneFamilyWithCoinGecko() {
        assertThat(source().family()).isEqualTo("aggregators");
    }
}
