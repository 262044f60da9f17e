package dev.plimsoll.oracle;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.oracle.Answer.Quote;
import dev.plimsoll.oracle.Answer.Reason;
import dev.plimsoll.oracle.Answer.Silent;
import dev.plimsoll.oracle.SourceStatus.Silence;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.Tick;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Multi;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/** What a lane makes of a source's wishes and of our own faults. */
class LaneTest {
    private static final Asset ETH = new Asset("ETH");
    private static final Asset BTC = new Asset("BTC");
    private static final Instant NOON = Instant.parse("2025-02-03T12:00:00Z");

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ScriptedSource source = new ScriptedSource("source", LaneTest::quotes);
    private final Oracles oracles = new Oracles(List.of(source), OracleConfigs.of(Map.of()), meters);

    @Test
    void aSourceIsNotAskedBeforeItWishesAndThenIs() {
        source.says(assets -> refusal(ofSeconds(25)));
        ask(NOON, ETH);
        source.says(LaneTest::quotes);

        var early = ask(NOON.plusSeconds(20), ETH);
        var later = ask(NOON.plusSeconds(30), ETH);

        assertThat(silent(early.getFirst()).reason()).isEqualTo(Reason.RATE_LIMITED);
        assertThat(later.getFirst()).isInstanceOf(Quote.class);
        assertThat(source.asked()).isEqualTo(2);
    }

    @Test
    void aWishLongerThanTheBreakersPauseHolds() {
        source.says(assets -> refusal(ofMinutes(10)));
        ask(NOON, ETH);

        ask(NOON.plusSeconds(590), ETH);

        assertThat(source.asked()).isEqualTo(1);
        assertThat(oracles.status().getFirst().turn().next())
                .hasValueSatisfying(next -> assertThat(next).isBetween(NOON.plusSeconds(600), NOON.plusSeconds(610)));
    }

    @Test
    void aSourceThatRefusesAgainAndAgainIsAskedLessOftenThanItWishes() {
        source.says(assets -> refusal(ofSeconds(1)));
        for (var second = 0; second < 60; second += 10) {
            ask(NOON.plusSeconds(second), ETH);
        }

        assertThat(source.asked()).isEqualTo(4); // three times, and after the breaker's pause
    }

    @Test
    void aWishThatComesWithSomePricesHoldsAndThePricesStand() {
        source.says(assets -> Multi.createFrom().items(quote(BTC), refused(ofSeconds(25))));
        ask(NOON, ETH, BTC);

        var answers = ask(NOON.plusSeconds(20), ETH, BTC);

        assertThat(source.asked()).isEqualTo(1);
        assertThat(answers.get(0)).isInstanceOf(Quote.class);
    }

    @Test
    void anAdapterThatFailsSaysSoOfEveryAssetItLeftOpen() {
        source.says(assets -> Multi.createBy()
                .concatenating()
                .streams(
                        Multi.createFrom().item(quote(BTC)),
                        Multi.createFrom().failure(new IllegalStateException("https://x/?key=secret"))));

        var answers = ask(NOON, ETH, BTC);

        assertThat(answers.get(0)).isInstanceOf(Quote.class);
        assertThat(silent(answers.get(1)).reason()).isEqualTo(Reason.ADAPTER_FAULT);
        assertThat(silent(answers.get(1)).detail()).doesNotContain("secret");
        assertThat(meters.counter("plimsoll.oracle.answers", "source", "source", "outcome", "adapter-fault")
                        .count())
                .isEqualTo(1);
    }

    @Test
    void anAdapterThatThrowsOrForgetsAnAssetIsAtFaultToo() {
        source.says(assets -> {
            throw new IllegalStateException("a fault of ours");
        });
        assertThat(silent(ask(NOON, ETH).getFirst()).reason()).isEqualTo(Reason.ADAPTER_FAULT);

        source.says(assets -> Multi.createFrom().empty());
        assertThat(silent(ask(NOON.plusSeconds(10), ETH).getFirst()).reason()).isEqualTo(Reason.ADAPTER_FAULT);
        assertThat(oracles.status().getFirst().lastSilence().map(Silence::reason))
                .contains(Reason.ADAPTER_FAULT);
    }

    @Test
    void aFaultOfOursIsLoggedOnceUntilTheAdapterWorksAgain() {
        var lines = new Lines();
        var log = Logger.getLogger(LaneRecord.class.getName());
        log.addHandler(lines);

        failing(NOON);
        failing(NOON.plusSeconds(10));
        assertThat(lines.faults()).isEqualTo(1);

        source.says(LaneTest::quotes);
        ask(NOON.plusSeconds(20), ETH);
        failing(NOON.plusSeconds(30));
        assertThat(lines.faults()).isEqualTo(2);
        log.removeHandler(lines);
    }

    private void failing(Instant at) {
        source.says(assets -> Multi.createFrom().failure(new IllegalStateException("a fault of ours")));
        ask(at, ETH);
    }

    private List<Answer> ask(Instant at, Asset... assets) {
        return oracles.ask(Set.of(assets), new Tick(1, at, ofSeconds(10)))
                .await()
                .atMost(ofSeconds(60));
    }

    private static Multi<Answer> quotes(Set<Asset> assets) {
        return Multi.createFrom().items(assets.stream().map(LaneTest::quote));
    }

    private static Answer quote(Asset asset) {
        return new Quote("source", asset, BigDecimal.TEN, Optional.empty(), Optional.of(NOON), NOON);
    }

    private static Multi<Answer> refusal(Duration retryAfter) {
        return Multi.createFrom().item(refused(retryAfter));
    }

    private static Answer refused(Duration retryAfter) {
        return new Silent("source", ETH, Reason.RATE_LIMITED, "a test says so", Optional.of(retryAfter));
    }

    private static Silent silent(Answer answer) {
        return (Silent) answer;
    }

    private static final class Lines extends Handler {
        private final List<String> all = new ArrayList<>();

        long faults() {
            return all.stream()
                    .filter(line -> line.startsWith("source adapter failed"))
                    .count();
        }

        @Override
        public void publish(LogRecord line) {
            all.add(line.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
