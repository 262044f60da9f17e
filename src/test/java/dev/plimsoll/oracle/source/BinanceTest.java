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
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BinanceTest extends PriceSourceContract {
    private static final Duration PATIENT = Duration.ofSeconds(30);
    private static final Asset WBTC = new Asset("WBTC");
    private static final Asset THETA = new Asset("THETA");

    @Override
    PriceSource source(Desk desk, OracleConfig config) {
        return new Binance(desk);
    }

    @Override
    Quote ok() {
        var tether = Optional.of(new Asset("USDT"));
        return new Quote("binance", ETH, new BigDecimal("3294.31000000"), tether, Optional.empty(), NOW);
    }

    @Override
    Reason notFound() {
        return Reason.REFUSED;
    }

    @Test
    void allSymbolsAreOneEncodedRequest() {
        try (var server = SourceServer.saying(Said.json(200, file("several.json")))) {
            ask(server.url(""), PATIENT, ETH, WBTC);

            assertThat(server.asked())
                    .singleElement()
                    .satisfies(asked -> assertThat(asked.uri().getRawQuery())
                            .isEqualTo("symbols=%5B%22ETHUSDT%22%2C%22WBTCBTC%22%5D"));
        }
    }

    @Test
    void aPairSaysWhatItIsQuotedIn() {
        try (var server = SourceServer.saying(Said.json(200, file("several.json")))) {
            var answer = (Quote) ask(server.url(""), PATIENT, WBTC).getFirst();

            assertThat(answer.quotedIn()).contains(new Asset("BTC"));
            assertThat(answer.value()).isEqualByComparingTo("0.9992");
        }
    }

    @Test
    void theZerosOfAHaltedSymbolAreNoPrice() {
        try (var server = SourceServer.saying(Said.json(200, file("several.json")))) {
            var answer = (Silent) ask(server.url(""), PATIENT, THETA).getFirst();

            assertThat(answer.reason()).isEqualTo(Reason.NOT_A_PRICE);
        }
    }

    @Test
    void aSymbolThatBinanceDoesNotKnowDoesNotSilenceTheOthers() {
        try (var server = new SourceServer(uri -> uri.getQuery().contains("THETAUSDT")
                ? Said.json(400, file("invalid-symbol.json"))
                : Said.json(200, file("several.json")))) {
            var answers = ask(server.url(""), PATIENT, ETH, WBTC, THETA);

            assertThat(answers).filteredOn(Quote.class::isInstance).hasSize(2);
            assertThat(answers)
                    .filteredOn(Silent.class::isInstance)
                    .singleElement()
                    .satisfies(answer -> assertThat(((Silent) answer).reason()).isEqualTo(Reason.UNKNOWN_ASSET));
        }
    }
}
