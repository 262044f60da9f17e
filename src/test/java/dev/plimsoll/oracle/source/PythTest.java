package dev.plimsoll.oracle.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.oracle.Answer;
import dev.plimsoll.oracle.Answer.Quote;
import dev.plimsoll.oracle.Answer.Reason;
import dev.plimsoll.oracle.Answer.Silent;
import dev.plimsoll.oracle.OracleConfig;
import dev.plimsoll.oracle.OraclesOf;
import dev.plimsoll.oracle.PriceSource;
import dev.plimsoll.oracle.SourceSettings;
import dev.plimsoll.oracle.SourceStatus.State;
import dev.plimsoll.oracle.source.SourceServer.Said;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.BasisPoints;
import dev.plimsoll.unit.Tick;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PythTest extends PriceSourceContract {
    private static final Duration PATIENT = Duration.ofSeconds(30);

    @Override
    PriceSource source(Desk desk, OracleConfig config) {
        return new Pyth(desk);
    }

    @Override
    Quote ok() {
        var at = Instant.parse("2026-09-21T10:00:00Z");
        return new Quote(
                "pyth",
                ETH,
                new BigDecimal("3294.30000000"),
                Optional.empty(),
                Optional.of(at),
                NOW,
                new BigDecimal("1.45000000"));
    }

    @Override
    Reason notFound() {
        return Reason.REFUSED;
    }

    @Override
    Said rateLimited() {
        return Said.of(429, "text/plain", file("rate-limited.txt"));
    }

    @Test
    void allFeedsAreOneRequestWithTheKeyInAHeader() {
        try (var server = SourceServer.saying(Said.json(200, file("several.json")))) {
            var answers = ask(server.url("/hermes"), PATIENT, ETH, new Asset("BTC"));

            assertThat(answers).hasSize(2).allMatch(Quote.class::isInstance);
            assertThat(server.asked()).singleElement().satisfies(asked -> {
                assertThat(asked.uri().getRawPath()).isEqualTo("/hermes/v2/updates/price/latest");
                assertThat(asked.uri().getRawQuery())
                        .isEqualTo("ids%5B%5D=e62df6c8b4a85fe1a67db44dc12de5db330f7ac66b72dc658afedf0f4a415b43"
                                + "&ids%5B%5D=ff61491a931112ddf1bd8147cd1b641375f79f5825126d665480874634fd0ace"
                                + "&parsed=true&encoding=hex&ignore_invalid_price_ids=true");
                assertThat(asked.headers()).containsEntry("authorization", "Bearer CG-canary-secret");
            });
        }
    }

    @Test
    void anIdThatIsMissingIsUnknown() {
        assertThat(silence("several.json", new Asset("AAVE")).reason()).isEqualTo(Reason.UNKNOWN_ASSET);
    }

    @Test
    void aPriceItsPublishersAreUnsureOfByMoreThanAHundredthIsSilence() {
        var silence = silence("several.json", new Asset("LINK"));

        assertThat(silence.reason()).isEqualTo(Reason.UNCERTAIN);
        assertThat(silence.detail()).contains("1 %");
    }

    @Test
    void anIntervalOfExactlyAHundredthIsBelieved() {
        assertThat(said(file("ok.json").replace("145000000\"", "3294300000\"")))
                .isInstanceOfSatisfying(
                        Quote.class, quote -> assertThat(quote.confidence()).isEqualByComparingTo("32.943"));
    }

    @ParameterizedTest
    @CsvSource({"0, 329430000000", "3, 329430000000000", "-12, 0.32943"})
    void theExponentMovesThePoint(int exponent, BigDecimal price) {
        var body = file("ok.json").replace("\"conf\":\"145000000\",\"expo\":-8", "\"conf\":\"1\",\"expo\":" + exponent);

        assertThat(said(body))
                .isInstanceOfSatisfying(
                        Quote.class, quote -> assertThat(quote.value()).isEqualByComparingTo(price));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"41", "-41", "2147483648", "-2147483648", "1e3", "-8.0", "\"-8\"", "null", "[]", "999999999999"})
    void anExponentThatIsNoneIsMalformed(String exponent) {
        var body = file("ok.json").replace("145000000\",\"expo\":-8", "145000000\",\"expo\":" + exponent);

        assertThat(said(body))
                .isInstanceOfSatisfying(
                        Silent.class, silent -> assertThat(silent.reason()).isEqualTo(Reason.MALFORMED));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"-1\"", "\"NaN\"", "null", "1e400", "{}"})
    void anIntervalThatIsNoneIsMalformed(String interval) {
        assertThat(said(file("ok.json").replaceFirst("\"145000000\"", interval)))
                .isInstanceOfSatisfying(
                        Silent.class, silent -> assertThat(silent.reason()).isEqualTo(Reason.MALFORMED));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-5", "null", "\"now\"", "1e30"})
    void aTimeThatIsNoneIsMalformed(String time) {
        assertThat(said(file("ok.json").replaceFirst("1789984800", time)))
                .isInstanceOfSatisfying(
                        Silent.class, silent -> assertThat(silent.reason()).isEqualTo(Reason.MALFORMED));
    }

    @Test
    void anIdThatIsThereTwiceIsMalformed() {
        var body = file("several.json")
                .replace(
                        "e62df6c8b4a85fe1a67db44dc12de5db330f7ac66b72dc658afedf0f4a415b43",
                        "ff61491a931112ddf1bd8147cd1b641375f79f5825126d665480874634fd0ace");

        assertThat(said(body))
                .isInstanceOfSatisfying(
                        Silent.class, silent -> assertThat(silent.detail()).contains("twice"));
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void aKeyThatIsRefusedIsNamedByItsSetting(int status) {
        try (var server = SourceServer.saying(Said.of(status, "text/plain", "Unauthorized"))) {
            var silent = (Silent) ask(server.url(""), PATIENT, ETH).getFirst();

            assertThat(silent.reason()).isEqualTo(Reason.REFUSED);
            assertThat(silent.detail())
                    .isEqualTo("it answered HTTP " + status + ": is plimsoll.oracle.sources.pyth.key right?");
        }
    }

    @Test
    void withoutAKeyPythsOwnHermesIsNotAsked() {
        var own = source().defaults(Optional.empty(), Optional.empty()).url();

        assertThat(source().missing(settings(own, Optional.empty())))
                .contains("it needs an API key: set plimsoll.oracle.sources.pyth.key");
        assertThat(source().missing(settings(URI.create("https://hermes.pyth.network"), Optional.empty())))
                .isPresent();
        assertThat(source().missing(settings(own, Optional.of("key")))).isEmpty();
        assertThat(source().missing(settings(URI.create("http://hermes.internal:4200"), Optional.empty())))
                .isEmpty();
    }

    @Test
    void withoutAKeyItIsShownAsDisabledWithTheSettingThatItLacks() {
        var oracles = OraclesOf.sources(Map.of(), source());

        var answers = oracles.ask(Set.of(ETH), new Tick(1, NOW, Duration.ofSeconds(2)))
                .await()
                .atMost(PATIENT);

        assertThat(answers).isEmpty();
        var status = oracles.status().getFirst();
        assertThat(status.state()).isEqualTo(State.DISABLED);
        assertThat(status.missing()).contains("it needs an API key: set plimsoll.oracle.sources.pyth.key");
        assertThat(status.stream()).isEmpty();
    }

    @Test
    void switchedOffItLacksNothing() {
        var oracles = OraclesOf.sources(Map.of("sources.pyth.enabled", "false"), source());

        assertThat(oracles.status().getFirst().state()).isEqualTo(State.DISABLED);
        assertThat(oracles.status().getFirst().missing()).isEmpty();
    }

    private Silent silence(String file, Asset asset) {
        try (var server = SourceServer.saying(Said.json(200, file(file)))) {
            return (Silent) ask(server.url(""), PATIENT, asset).getFirst();
        }
    }

    private Answer said(String body) {
        try (var server = SourceServer.saying(Said.json(200, body))) {
            return ask(server.url(""), PATIENT, ETH).getFirst();
        }
    }

    private static SourceSettings settings(URI url, Optional<String> key) {
        return new SourceSettings(url, true, Duration.ZERO, PATIENT, Duration.ofMinutes(1), BasisPoints.of(50), key);
    }
}
