package dev.plimsoll.oracle;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.oracle.Answer.Quote;
import dev.plimsoll.oracle.Answer.Reason;
import dev.plimsoll.oracle.Answer.Silent;
import dev.plimsoll.oracle.SourceStatus.State;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.Tick;
import io.smallrye.mutiny.Multi;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A source that does not know what the asset file calls an asset. */
class UnknownsTest {
    private static final Asset ETH = new Asset("ETH");
    private static final Asset TAO = new Asset("TAO");
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private final Set<Asset> known = new TreeSet<>(Set.of(ETH));
    private final List<Set<Asset>> asked = new ArrayList<>();
    private final Oracles oracles =
            OraclesOf.sources(Map.of("breaker-pause", "0S"), new ScriptedSource("okx", this::answers));

    @Test
    void anIdentifierThatASourceDoesNotKnowIsAskedForAgainOnlyAfterAnHour() {
        ask(NOON);
        ask(NOON.plusSeconds(10));
        ask(NOON.plus(ofMinutes(59)));
        ask(NOON.plus(ofMinutes(60)));
        ask(NOON.plus(ofMinutes(61)));

        assertThat(asked).containsExactly(Set.of(ETH, TAO), Set.of(ETH), Set.of(ETH), Set.of(ETH, TAO), Set.of(ETH));
    }

    @Test
    void itIsShownAndTheSourceIsWellAllTheSame() {
        ask(NOON);

        assertThat(status().unknown()).containsExactly(TAO);
        assertThat(status().state()).isEqualTo(State.OK);
        assertThat(status().silentAssets()).isZero();
    }

    @Test
    void whileItIsLeftOutTheAssetIsStillSaidToBeUnknownThere() {
        ask(NOON);

        assertThat(ask(NOON.plusSeconds(10)).getLast())
                .isInstanceOfSatisfying(
                        Silent.class, silent -> assertThat(silent.reason()).isEqualTo(Reason.UNKNOWN_ASSET));
    }

    @Test
    void whenTheSourceKnowsItAgainItIsAskedForAsBefore() {
        ask(NOON);
        known.add(TAO);

        ask(NOON.plus(ofMinutes(60)));
        ask(NOON.plus(ofMinutes(61)));

        assertThat(status().unknown()).isEmpty();
        assertThat(asked.getLast()).containsExactlyInAnyOrder(ETH, TAO);
    }

    @Test
    void aSourceThatSuddenlyKnowsNothingIsSilentAndNoneOfItsIdentifiersIsUnknown() {
        known.clear();

        ask(NOON);
        ask(NOON.plusSeconds(10));

        assertThat(status().state()).isEqualTo(State.SILENT);
        assertThat(status().unknown()).isEmpty();
        assertThat(asked).containsOnly(Set.of(ETH, TAO));
    }

    @Test
    void anAssetThatItHasPricedIsUnknownOnlyWhenItIsMissingThreeTimesInARow() {
        known.add(TAO);
        ask(NOON);
        known.remove(TAO);
        ask(NOON.plusSeconds(10));
        ask(NOON.plusSeconds(20));
        assertThat(status().unknown()).isEmpty();
        assertThat(status().state()).isEqualTo(State.DEGRADED);

        ask(NOON.plusSeconds(30));

        assertThat(status().unknown()).containsExactly(TAO);
    }

    @Test
    void anAssetThatItHasPricedIsAskedForAgainAfterAMinute() {
        known.add(TAO);
        ask(NOON);
        known.remove(TAO);
        for (var second = 10; second <= 30; second += 10) {
            ask(NOON.plusSeconds(second));
        }

        ask(NOON.plusSeconds(89));
        assertThat(asked.getLast()).containsExactly(ETH);
        ask(NOON.plusSeconds(90));
        assertThat(asked.getLast()).containsExactlyInAnyOrder(ETH, TAO);
    }

    @Test
    void aPriceBetweenTwoMissesStartsTheCountAnew() {
        for (var second = 0; second < 60; second += 10) {
            known.add(TAO);
            ask(NOON.plusSeconds(second));
            known.remove(TAO);
            ask(NOON.plusSeconds(second + 5));
        }

        assertThat(status().unknown()).isEmpty();
    }

    @Test
    void aClockThatWentBackDoesNotProlongTheHour() {
        ask(NOON);

        ask(NOON.minus(ofMinutes(600)));

        assertThat(asked.getLast()).contains(TAO);
    }

    private SourceStatus status() {
        return oracles.status().getFirst();
    }

    private List<Answer> ask(Instant at) {
        return oracles.ask(Set.of(ETH, TAO), new Tick(1, at, ofSeconds(10)))
                .await()
                .atMost(ofSeconds(60));
    }

    private Multi<Answer> answers(Set<Asset> assets) {
        asked.add(assets);
        return Multi.createFrom()
                .items(assets.stream()
                        .map(asset -> known.contains(asset)
                                ? new Quote("okx", asset, BigDecimal.TEN, Optional.empty(), Optional.of(NOON), NOON)
                                : new Silent("okx", asset, Reason.UNKNOWN_ASSET, "a test says so")));
    }
}
