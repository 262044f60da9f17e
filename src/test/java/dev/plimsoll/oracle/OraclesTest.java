package dev.plimsoll.oracle;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.plimsoll.oracle.Answer.Quote;
import dev.plimsoll.oracle.Answer.Reason;
import dev.plimsoll.oracle.Answer.Silent;
import dev.plimsoll.oracle.SourceStatus.BreakerState;
import dev.plimsoll.oracle.SourceStatus.Silence;
import dev.plimsoll.oracle.SourceStatus.State;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.Tick;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.operators.multi.processors.UnicastProcessor;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OraclesTest {
    private static final Asset ETH = new Asset("ETH");
    private static final Asset BTC = new Asset("BTC");
    private static final Instant NOON = Instant.parse("2025-02-03T12:00:00Z");
    private static final Duration INTERVAL = ofSeconds(10);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ScriptedSource good = new ScriptedSource("good", assets -> quotes("good", assets));

    @Test
    void everySourceIsAskedAndEveryAnswerIsThere() {
        var oracles = oracles(Map.of(), good, new ScriptedSource("other", assets -> quotes("other", assets)));

        var answers = ask(oracles, NOON, ETH, BTC);

        assertThat(answers).hasSize(4).allMatch(Quote.class::isInstance);
    }

    @Test
    void aSourceThatHangsCostsTheOthersNothingButTheDeadline() {
        var hung = new ScriptedSource("hung", assets -> Multi.createFrom().nothing());
        var oracles = oracles(Map.of("deadline", "1s", "timeout", "60s"), good, hung);

        var start = System.nanoTime();
        var answers = ask(oracles, NOON, ETH);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(ofSeconds(30)); // it hangs for a minute
        assertThat(answers.get(0)).isInstanceOf(Quote.class);
        assertThat(reason(answers.get(1))).isEqualTo(Reason.TIMED_OUT);
    }

    @Test
    void aSourceThatHangsIsWaitedForOnceAndNotAgain() {
        var hung = new ScriptedSource("hung", assets -> Multi.createFrom().nothing());
        var oracles = oracles(Map.of("deadline", "5s", "timeout", "60s"), good, hung);
        ask(oracles, NOON, ETH);

        var start = System.nanoTime();
        var answers = ask(oracles, NOON.plusSeconds(10), ETH);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(ofSeconds(4));
        assertThat(answers.get(0)).isInstanceOf(Quote.class);
    }

    @Test
    void aSourceIsNeverAskedTwiceAtOnce() {
        var hung = new ScriptedSource("hung", assets -> Multi.createFrom().nothing());
        var oracles = oracles(Map.of("deadline", "800ms", "timeout", "60s"), hung);

        ask(oracles, NOON, ETH);
        ask(oracles, NOON.plusSeconds(10), ETH);
        ask(oracles, NOON.plusSeconds(20), ETH);

        assertThat(hung.asked()).isEqualTo(1);
    }

    @Test
    void anAnswerThatComesAfterTheDeadlineCountsInTheNextTick() {
        var late = UnicastProcessor.<Answer>create();
        var slow = new ScriptedSource("slow", assets -> late);
        var oracles = oracles(Map.of("deadline", "800ms", "timeout", "60s"), slow);

        var first = ask(oracles, NOON, ETH);
        late.onNext(quote("slow", ETH));
        late.onComplete();
        slow.says(assets -> Multi.createFrom().nothing());
        var second = ask(oracles, NOON.plusSeconds(10), ETH);

        assertThat(reason(first.getFirst())).isEqualTo(Reason.TIMED_OUT);
        assertThat(second).containsExactly(quote("slow", ETH));
    }

    @Test
    void aSourceThatAnswersForSomeAssetsInTimeKeepsThose() {
        var half = new ScriptedSource(
                "half",
                assets -> Multi.createBy()
                        .concatenating()
                        .streams(
                                Multi.createFrom().item(quote("half", BTC)),
                                Multi.createFrom().nothing()));
        var oracles = oracles(Map.of("deadline", "800ms", "timeout", "1s"), half);

        ask(oracles, NOON, ETH, BTC);
        await().until(() -> oracles.status().getFirst().latency().isPresent());
        half.says(assets -> Multi.createFrom().nothing());
        var answers = ask(oracles, NOON.plusSeconds(10), ETH, BTC);

        assertThat(answers.get(0)).isInstanceOf(Quote.class);
        assertThat(reason(answers.get(1))).isEqualTo(Reason.TIMED_OUT);
        assertThat(oracles.status().getFirst().state()).isEqualTo(State.DEGRADED);
    }

    @Test
    void betweenTwoAsksTheLastAnswersAreKept() {
        var oracles = oracles(Map.of("sources.good.pace", "60s"), good);

        ask(oracles, NOON, ETH);
        var paced = ask(oracles, NOON.plusSeconds(10), ETH);
        assertThat(good.asked()).isEqualTo(1);
        assertThat(paced).containsExactly(quote("good", ETH));

        ask(oracles, NOON.plusSeconds(60), ETH);
        assertThat(good.asked()).isEqualTo(2);
    }

    @Test
    void aPaceOfATicksIntervalIsEveryTickThoughOneComesAMomentEarly() {
        var oracles = oracles(Map.of("sources.good.pace", "10s"), good);

        ask(oracles, NOON, ETH);
        ask(oracles, NOON.plusMillis(9_900), ETH);

        assertThat(good.asked()).isEqualTo(2);
    }

    @Test
    void anAssetThatWasNotAskedForYetWaitsForItsTurn() {
        var oracles = oracles(Map.of("sources.good.pace", "60s"), good);

        ask(oracles, NOON, ETH);
        var answers = ask(oracles, NOON.plusSeconds(10), ETH, BTC);

        assertThat(reason(answers.getFirst())).isEqualTo(Reason.PACED);
    }

    @Test
    void aSourceThatFailsIsLeftAloneForAWhileAndThenProbed() {
        var broken = new ScriptedSource("broken", assets -> silence(Reason.SERVER_ERROR));
        var oracles = oracles(Map.of("breaker-failures", "2", "breaker-pause", "30s"), broken);

        ask(oracles, NOON, ETH);
        ask(oracles, NOON.plusSeconds(10), ETH);
        var open = ask(oracles, NOON.plusSeconds(20), ETH);
        assertThat(broken.asked()).isEqualTo(2);
        assertThat(reason(open.getFirst())).isEqualTo(Reason.BREAKER_OPEN);

        broken.says(assets -> quotes("broken", assets));
        var probed = ask(oracles, NOON.plusSeconds(40), ETH);
        assertThat(probed.getFirst()).isInstanceOf(Quote.class);
        assertThat(oracles.status().getFirst().state()).isEqualTo(State.OK);
    }

    @Test
    void aSourceThatSaysItIsAskedTooOftenIsLeftAloneAtOnce() {
        var limited = new ScriptedSource("limited", assets -> silence(Reason.RATE_LIMITED));
        var oracles = oracles(Map.of(), limited);

        ask(oracles, NOON, ETH);
        ask(oracles, NOON.plusSeconds(10), ETH);

        assertThat(limited.asked()).isEqualTo(1);
    }

    @Test
    void aSourceThatIsSwitchedOffIsNotAskedAndSaysSo() {
        var oracles = oracles(Map.of("sources.good.enabled", "false"), good);

        assertThat(ask(oracles, NOON, ETH)).isEmpty();
        assertThat(good.asked()).isZero();
        assertThat(oracles.status().getFirst().state()).isEqualTo(State.DISABLED);
    }

    @Test
    void aStatusTellsHowLongTheBreakerRests() {
        var broken = new ScriptedSource("broken", assets -> silence(Reason.REFUSED));
        var oracles = oracles(Map.of("breaker-failures", "1", "breaker-pause", "30S"), broken);

        ask(oracles, NOON, ETH);
        var open = oracles.status().getFirst().turn();
        ask(oracles, NOON.plusSeconds(29), ETH);
        var stillOpen = oracles.status().getFirst().turn();
        broken.says(assets -> Multi.createFrom().nothing());
        ask(oracles, NOON.plusSeconds(30), ETH);
        var probing = oracles.status().getFirst().turn();

        assertThat(open.breaker()).isEqualTo(BreakerState.OPEN);
        assertThat(open.until()).contains(NOON.plusSeconds(30));
        assertThat(open.next()).contains(NOON.plusSeconds(30));
        assertThat(stillOpen.breaker()).isEqualTo(BreakerState.OPEN);
        assertThat(probing.breaker()).isEqualTo(BreakerState.HALF_OPEN);
    }

    @Test
    void aStatusTellsWhenASilenceWasAndHowManyAssetsItTook() {
        var partial = new ScriptedSource(
                "partial",
                assets -> Multi.createFrom()
                        .items(quote("partial", ETH), new Silent("partial", BTC, Reason.NOT_A_PRICE, "no such price")));
        var oracles = oracles(Map.of(), partial);

        ask(oracles, NOON, ETH, BTC);

        var status = oracles.status().getFirst();
        assertThat(status.state()).isEqualTo(State.DEGRADED);
        assertThat(status.silentAssets()).isEqualTo(1);
        assertThat(status.lastSilence()).contains(new Silence(Reason.NOT_A_PRICE, "no such price", NOON));
        assertThat(status.host()).isEqualTo("127.0.0.1");
        assertThat(status.turn().breaker()).isEqualTo(BreakerState.CLOSED);
    }

    @Test
    void onlyTheSourcesThatTheOperatorNamesAreAsked() {
        var oracles =
                oracles(Map.of("only", "other"), good, new ScriptedSource("other", assets -> quotes("other", assets)));

        assertThat(ask(oracles, NOON, ETH)).extracting(Answer::source).containsExactly("other");
        assertThat(oracles.status()).extracting(SourceStatus::state).containsExactly(State.DISABLED, State.OK);
    }

    @Test
    void aSourceThatIsOffByDefaultIsAskedWhenTheOperatorSaysSo() {
        var shy = good.offByDefault();

        assertThat(ask(oracles(Map.of(), shy), NOON, ETH)).isEmpty();
        assertThat(ask(oracles(Map.of("sources.good.enabled", "true"), shy), NOON, ETH))
                .hasSize(1);
        assertThat(ask(oracles(Map.of("only", "good"), shy), NOON, ETH)).hasSize(1);
    }

    @Test
    void aNameAmongTheOnlyOnesThatIsNoSourceIsRefused() {
        assertThatThrownBy(() -> oracles(Map.of("only", "good,goood"), good))
                .hasMessage("plimsoll.oracle.only: goood is no price source; there are good");
    }

    @Test
    void aStatusTellsWhyASourceIsSilentAndCountsIt() {
        var broken = new ScriptedSource("broken", assets -> silence(Reason.NOT_A_PRICE));
        var oracles = oracles(Map.of(), broken);

        ask(oracles, NOON, ETH);
        ask(oracles, NOON.plusSeconds(10), ETH);

        var status = oracles.status().getFirst();
        assertThat(status.state()).isEqualTo(State.SILENT);
        assertThat(status.reason()).contains(Reason.NOT_A_PRICE);
        assertThat(status.errorRate()).isEqualTo(1);
        assertThat(status.silences()).containsEntry(Reason.NOT_A_PRICE, 2L);
        assertThat(meters.counter("plimsoll.oracle.answers", "source", "broken", "outcome", "not-a-price")
                        .count())
                .isEqualTo(2);
    }

    @Test
    void aSourceThatDoesNotExistIsRefusedByName() {
        assertThatThrownBy(() -> oracles(Map.of("sources.goood.pace", "1s"), good))
                .hasMessage("plimsoll.oracle.sources.goood is no price source; there are good");
    }

    @Test
    void aUrlThatHoldsAKeyIsRefusedWithoutShowingIt() {
        assertThatThrownBy(() -> oracles(Map.of("sources.good.url", "https://x.example/?key=secret"), good))
                .hasMessageStartingWith("plimsoll.oracle.sources.good: url must have no user, query or fragment")
                .hasMessageNotContaining("secret");
    }

    private Oracles oracles(Map<String, String> settings, ScriptedSource... sources) {
        var all = new HashMap<>(Map.of("deadline", "5s"));
        all.putAll(settings);
        return new Oracles(List.of(sources), OracleConfigs.of(all), meters);
    }

    private static List<Answer> ask(Oracles oracles, Instant at, Asset... assets) {
        return oracles.ask(Set.of(assets), new Tick(1, at, INTERVAL)).await().atMost(ofSeconds(60));
    }

    private static Multi<Answer> quotes(String source, Set<Asset> assets) {
        return Multi.createFrom().items(assets.stream().map(asset -> quote(source, asset)));
    }

    private static Answer quote(String source, Asset asset) {
        return new Quote(source, asset, BigDecimal.TEN, Optional.empty(), Optional.of(NOON), NOON);
    }

    private static Multi<Answer> silence(Reason reason) {
        return Multi.createFrom().item(new Silent("broken", ETH, reason, "a test says so"));
    }

    private static Reason reason(Answer answer) {
        return ((Silent) answer).reason();
    }
}
