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

class OkxTest extends PriceSourceContract {
    private static final Duration PATIENT = Duration.ofSeconds(30);

    @Override
    PriceSource source(Desk desk, OracleConfig config) {
        return new Okx(desk, config);
    }

    @Override
    Quote ok() {
        var at = Instant.parse("2026-09-21T10:00:00.123Z");
        return new Quote("okx", ETH, new BigDecimal("3294.30"), Optional.of(new Asset("USDT")), Optional.of(at), NOW);
    }

    @Override
    Reason notFound() {
        return Reason.UNKNOWN_ASSET;
    }

    @Test
    void anInstrumentIsAskedByItsId() {
        try (var server = SourceServer.saying(Said.json(200, file("ok.json")))) {
            ask(server.url(""), PATIENT, ETH);

            assertThat(server.asked())
                    .singleElement()
                    .satisfies(asked -> assertThat(asked.uri()).hasToString("/api/v5/market/ticker?instId=ETH-USDT"));
        }
    }

    @Test
    void anInstrumentThatItDoesNotHaveIsUnknownThoughTheStatusIs200() {
        assertThat(silence(file("unknown-instrument.json"))).isEqualTo(Reason.UNKNOWN_ASSET);
    }

    @ParameterizedTest
    @CsvSource({"50011, RATE_LIMITED", "50001, SERVER_ERROR", "50013, SERVER_ERROR", "51000, REFUSED", "0, MALFORMED"})
    void anErrorThatComesWithStatus200HasItsReason(String code, Reason reason) {
        assertThat(silence("{\"code\":\"%s\",\"msg\":\"\",\"data\":[]}".formatted(code)))
                .isEqualTo(reason);
    }

    @Test
    void aTickerOfAnotherInstrumentIsMalformed() {
        assertThat(silence(file("ok.json").replace("ETH-USDT", "BTC-USDT"))).isEqualTo(Reason.MALFORMED);
    }

    private Reason silence(String body) {
        try (var server = SourceServer.saying(Said.json(200, body))) {
            return ((Silent) ask(server.url(""), PATIENT, ETH).getFirst()).reason();
        }
    }
}
