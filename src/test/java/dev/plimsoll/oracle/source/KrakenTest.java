package dev.plimsoll.oracle.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.plimsoll.oracle.Answer;
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

class KrakenTest extends PriceSourceContract {
    private static final Duration PATIENT = Duration.ofSeconds(30);

    @Override
    PriceSource source(Desk desk, OracleConfig config) {
        return new Kraken(desk);
    }

    @Override
    Quote ok() {
        return new Quote("kraken", ETH, new BigDecimal("3294.30500"), Optional.empty(), Optional.empty(), NOW);
    }

    @Override
    Reason notFound() {
        return Reason.REFUSED;
    }

    @Override
    Said rateLimited() {
        return Said.json(200, file("rate-limited.json"));
    }

    @Test
    void allPairsAreOneRequestAndKrakensOwnNamesAreUnderstood() {
        try (var server = SourceServer.saying(Said.json(200, file("several.json")))) {
            var answers = ask(server.url(""), PATIENT, ETH, new Asset("BTC"), new Asset("USDT"), new Asset("LPT"));

            assertThat(answers)
                    .extracting(answer -> answer.asset().symbol(), KrakenTest::usd)
                    .containsExactlyInAnyOrder(
                            tuple("ETH", "3294.305"),
                            tuple("BTC", "65123.5"),
                            tuple("USDT", "1"),
                            tuple("LPT", "6.11"));
            assertThat(server.asked())
                    .singleElement()
                    .satisfies(
                            asked -> assertThat(asked.uri().getQuery()).isEqualTo("pair=XBTUSD,ETHUSD,LPTUSD,USDTUSD"));
        }
    }

    private static String usd(Answer answer) {
        return ((Quote) answer).value().stripTrailingZeros().toPlainString();
    }

    @Test
    void aPairThatKrakenDoesNotKnowDoesNotSilenceTheOthers() {
        try (var server = new SourceServer(uri ->
                Said.json(200, file(uri.getQuery().contains("LPTUSD") ? "unknown-pair.json" : "several.json")))) {
            var answers = ask(server.url(""), PATIENT, ETH, new Asset("BTC"), new Asset("USDT"), new Asset("LPT"));

            assertThat(answers).filteredOn(Quote.class::isInstance).hasSize(3);
            assertThat(answers)
                    .filteredOn(Silent.class::isInstance)
                    .singleElement()
                    .satisfies(answer -> assertThat(((Silent) answer).reason()).isEqualTo(Reason.UNKNOWN_ASSET));
        }
    }

    @Test
    void anUnavailableServiceIsAServerError() {
        try (var server = SourceServer.saying(Said.json(200, file("unavailable.json")))) {
            var answer = (Silent) ask(server.url(""), PATIENT, ETH).getFirst();

            assertThat(answer.reason()).isEqualTo(Reason.SERVER_ERROR);
        }
    }
}
