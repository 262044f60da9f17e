package dev.plimsoll.oracle;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.plimsoll.market.Assembly;
import dev.plimsoll.market.Consensus.Agreed;
import dev.plimsoll.market.Consensus.Voice;
import dev.plimsoll.market.MarketConfigs;
import dev.plimsoll.market.Past;
import dev.plimsoll.market.Tolerance;
import dev.plimsoll.oracle.Answer.Quote;
import dev.plimsoll.oracle.Answer.Reason;
import dev.plimsoll.oracle.Answer.Silent;
import dev.plimsoll.oracle.SourceStatus.Silence;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.Assets;
import dev.plimsoll.unit.Tick;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Multi;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Whom a tick waits for. Every quote is the number of the tick that asked for it, so a kept one shows. */
class PatienceTest {
    private static final Asset ETH = new Asset("ETH");
    private static final Asset BTC = new Asset("BTC");
    private static final Instant NOON = Instant.parse("2025-02-03T12:00:00Z");

    private final ScriptedSource one = new ScriptedSource("one", assets -> answers("one", assets));
    private final ScriptedSource two = new ScriptedSource("two", assets -> answers("two", assets));
    private final ScriptedSource other = new ScriptedSource("other", assets -> answers("other", assets));

    private Oracles oracles;
    private Duration interval = ofSeconds(2);
    private int tick;

    @Test
    void theFirstAskWaitsForAllThoughTwoFamiliesAreThere() {
        lanes(Map.of("deadline", "10s"), one, two, other);
        other.says(assets -> later("other", ofMillis(700), assets));

        assertThat(quotes(ask(ETH))).containsEntry("other", 1);
    }

    @Test
    void aSourceThatHangsIsNotWaitedForAgainOnceTheOthersAreAQuorum() {
        interval = ofSeconds(60); // long enough to wait for a source that answers
        lanes(Map.of("deadline", "8s", "timeout", "3s"), one, two, other);
        ask(ETH);
        other.says(assets -> Multi.createFrom().nothing());
        ask(ETH);
        untilAllHaveAnswered();

        var took = took(() -> ask(ETH));

        assertThat(other.asked()).isEqualTo(3);
        assertThat(took).isLessThan(ofMillis(2_500)); // it hangs for three seconds
    }

    @Test
    void aSourceThatHangsTheFirstTimeCostsWhatItUsuallyTakesNotTheDeadline() {
        lanes(Map.of("deadline", "20s", "timeout", "60s"), one, two, other);
        ask(ETH);
        other.says(assets -> Multi.createFrom().nothing());

        assertThat(took(() -> ask(ETH))).isLessThan(ofSeconds(10));
    }

    @Test
    void aSourceThatFailedIsNotWaitedForLongThoughAnAssetNeedsIt() {
        lanes(Map.of("deadline", "20s", "timeout", "60s"), one, other);
        ask(ETH);
        other.says(PatienceTest::broken);
        ask(ETH);
        other.says(assets -> Multi.createFrom().nothing());

        assertThat(took(() -> ask(ETH))).isLessThan(ofSeconds(10));
    }

    @Test
    void aHealthySlowerSourceIsWaitedFor() {
        interval = ofSeconds(60);
        lanes(Map.of("deadline", "10s"), one, two, other);
        other.says(assets -> later("other", ofMillis(200), assets));
        ask(ETH);
        ask(ETH);

        assertThat(quotes(ask(ETH))).containsEntry("other", 3);
    }

    @Test
    void aSourceThatBecameSlowerIsWaitedForAgainAtOnce() {
        interval = ofSeconds(20);
        lanes(Map.of("deadline", "10s"), one, two, other);
        ask(ETH);
        other.says(assets -> later("other", ofMillis(1_500), assets)); // beyond a twentieth of the interval
        ask(ETH);
        untilAllHaveAnswered();
        other.says(assets -> later("other", ofMillis(100), assets));

        assertThat(quotes(ask(ETH))).containsEntry("other", 3);
    }

    @Test
    void aSourceMuchSlowerThanTheOthersCountsWithItsQuoteOfTheLastTick() {
        lanes(Map.of("deadline", "10s"), one, two, other);
        other.says(assets -> later("other", ofMillis(3_000), assets));
        ask(ETH);

        var second = quotes(ask(ETH));
        untilAllHaveAnswered();
        var third = quotes(ask(ETH));

        assertThat(second).containsEntry("one", 2).containsEntry("other", 1);
        assertThat(third).containsEntry("one", 3).containsEntry("other", 2);
    }

    @Test
    void theConsensusUsesAQuoteOfTheLastTick() {
        lanes(Map.of("deadline", "10s"), one, two, other);
        other.says(assets -> later("other", ofMillis(3_000), assets));
        ask(ETH);

        var answers = ask(ETH);

        assertThat(quotes(answers)).containsEntry("other", 1);
        var eth = (Agreed)
                assembly(oracles).judge(now(), answers, Past.NOTHING).of(ETH).orElseThrow();
        assertThat(eth.families()).isEqualTo(3);
        assertThat(eth.voices()).allMatch(Voice::used);
    }

    @Test
    void whenEverySourceSlowsDownTheTickWaitsForAQuorum() {
        lanes(Map.of("deadline", "10s"), one, two);
        ask(ETH);
        one.says(assets -> later("one", ofMillis(900), assets));
        two.says(assets -> later("two", ofMillis(900), assets));

        assertThat(quotes(ask(ETH))).containsEntry("one", 2).containsEntry("two", 2);
    }

    @Test
    void sourcesThatWereAllLateAreWaitedForWhereThereIsNoQuorum() {
        lanes(Map.of("deadline", "2s"), one, two);
        ask(ETH);
        one.says(assets -> later("one", ofMillis(2_500), assets));
        two.says(assets -> later("two", ofMillis(2_500), assets));
        ask(ETH);
        untilAllHaveAnswered();
        one.says(assets -> later("one", ofMillis(300), assets));
        two.says(assets -> later("two", ofMillis(300), assets));

        assertThat(quotes(ask(ETH))).containsEntry("one", 3).containsEntry("two", 3);
    }

    @Test
    void aSlowSourceIsWaitedForWhereAnAssetHasNoQuorumWithoutIt() {
        lanes(Map.of("deadline", "10s"), one, two, other);
        one.lists(ETH);
        two.lists(ETH, BTC);
        other.says(assets -> later("other", ofMillis(900), assets));
        ask(ETH, BTC);

        assertThat(quotes(ask(ETH, BTC))).containsEntry("other", 2);
    }

    @Test
    void sourcesOfOneFamilyAreNoQuorumForEachOther() {
        lanes(Map.of("deadline", "10s"), one.ofFamily("aggregators"), two.ofFamily("aggregators"), other);
        other.says(assets -> later("other", ofMillis(900), assets));
        ask(ETH);

        assertThat(quotes(ask(ETH))).containsEntry("other", 2);
    }

    private void lanes(Map<String, String> settings, ScriptedSource... sources) {
        var all = new HashMap<>(Map.of("timeout", "30s", "breaker-failures", "100"));
        all.putAll(settings);
        oracles = new Oracles(List.of(sources), OracleConfigs.of(all), new SimpleMeterRegistry());
    }

    private List<Answer> ask(Asset... assets) {
        tick++;
        return oracles.ask(Arrays.stream(assets).collect(Collectors.toSet()), now())
                .await()
                .atMost(ofSeconds(60));
    }

    private Tick now() {
        return new Tick(tick, NOON.plus(interval.multipliedBy(tick)), interval);
    }

    /** Whether the tick waited for them or not. */
    private void untilAllHaveAnswered() {
        var at = Optional.of(now().at());
        await().until(() -> oracles.status().stream()
                .allMatch(status -> status.lastAnswerAt().equals(at)
                        || status.lastSilence().map(Silence::at).equals(at)));
    }

    private static Duration took(Runnable act) {
        var start = System.nanoTime();
        act.run();
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private static Map<String, Integer> quotes(List<Answer> answers) {
        return answers.stream()
                .filter(answer -> answer.asset().equals(ETH) && answer instanceof Quote)
                .collect(Collectors.toMap(
                        Answer::source, answer -> ((Quote) answer).value().intValue() - 1000));
    }

    private Multi<Answer> answers(String source, Set<Asset> assets) {
        var value = BigDecimal.valueOf(1000 + tick);
        var at = now().at();
        return Multi.createFrom()
                .items(assets.stream()
                        .map(asset -> new Quote(source, asset, value, Optional.empty(), Optional.of(at), at)));
    }

    private Multi<Answer> later(String source, Duration delay, Set<Asset> assets) {
        var answers = answers(source, assets).collect().asList();
        return answers.onItem().delayIt().by(delay).onItem().transformToMulti(Multi.createFrom()::iterable);
    }

    private static Multi<Answer> broken(Set<Asset> assets) {
        return Multi.createFrom()
                .items(assets.stream().map(asset -> new Silent("other", asset, Reason.SERVER_ERROR, "a test says so")));
    }

    private static Assembly assembly(Oracles oracles) {
        return new Assembly(Assets.registry(), oracles.feeds(), Tolerance.of(MarketConfigs.of(Map.of())));
    }
}
