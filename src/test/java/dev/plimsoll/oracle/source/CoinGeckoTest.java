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
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CoinGeckoTest extends PriceSourceContract {
    private static final Duration PATIENT = Duration.ofSeconds(30);

    @Override
    PriceSource source(Desk desk, OracleConfig config) {
        return new CoinGecko(desk);
    }

    @Override
    Quote ok() {
        var at = Instant.parse("2026-09-21T10:00:00Z");
        var usd = new BigDecimal("3294.301234567891");
        return new Quote("coingecko", ETH, usd, Optional.empty(), Optional.of(at), NOW);
    }

    @Override
    Reason notFound() {
        return Reason.REFUSED;
    }

    @Test
    void allCoinsAreOneRequestWithTheKeyInAHeader() {
        try (var server = SourceServer.saying(Said.json(200, file("several.json")))) {
            var answers = ask(server.url(""), PATIENT, ETH, new Asset("BTC"));

            assertThat(answers).hasSize(2).allMatch(Quote.class::isInstance);
            assertThat(server.asked()).singleElement().satisfies(asked -> {
                assertThat(asked.uri().getQuery())
                        .isEqualTo(
                                "ids=bitcoin,ethereum&vs_currencies=usd&include_last_updated_at=true&precision=full");
                assertThat(asked.headers()).containsEntry("x-cg-demo-api-key", "CG-canary-secret");
            });
        }
    }

    @Test
    void aCoinThatIsMissingIsUnknown() {
        try (var server = SourceServer.saying(Said.json(200, file("several.json")))) {
            var answer = (Silent) ask(server.url(""), PATIENT, new Asset("AKT")).getFirst();

            assertThat(answer.reason()).isEqualTo(Reason.UNKNOWN_ASSET);
        }
    }

    @Test
    void aCoinWithoutPriceIsSilent() {
        try (var server = SourceServer.saying(Said.json(200, file("several.json")))) {
            var answer =
                    (Silent) ask(server.url(""), PATIENT, new Asset("LUSD")).getFirst();

            assertThat(answer.reason()).isEqualTo(Reason.NOT_A_PRICE);
        }
    }

    @Test
    void withoutAPaidKeyItIsAskedEveryFiveMinutes() {
        var paid = Optional.of(URI.create("https://pro-api.coingecko.com/api/v3"));

        assertThat(source().defaults(Optional.empty(), Optional.empty()).pace()).isEqualTo(Duration.ofMinutes(5));
        assertThat(source().defaults(Optional.empty(), Optional.of("demo")).pace())
                .isEqualTo(Duration.ofMinutes(5));
        assertThat(source().defaults(paid, Optional.of("pro")).pace()).isEqualTo(Duration.ofSeconds(30));
    }
}
