package dev.plimsoll.incidents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.incidents.Bars.Bar;
import dev.plimsoll.oracle.Answer;
import dev.plimsoll.rule.Condition;
import dev.plimsoll.unit.Asset;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every crash of which more than one venue's candles are known, replayed with a {@code price-divergence} rule on each
 * asset: how often it fires is printed, with why. No candle says what USDT was worth: it counts as one dollar.
 */
class DivergenceReplayTest {
    private static final List<Venue> PEGS = List.of(Venue.exchange("peg"), Venue.exchange("other-peg"));

    @ParameterizedTest(name = "{0}: {2} divergence alerts")
    @CsvSource({
        "2020-03-12, PT1H, 5",
        "2020-11-26, PT1H, 0",
        "2021-05-19, PT1H, 2",
        "2022-06-13, PT1H, 0",
        "2022-11-08, PT5M, 6",
        "2023-03-11, PT5M, 0",
        "2025-02-03, PT5M, 0",
        "2025-10-10, PT5M, 3"
    })
    void everyDivergenceAlertOfACrashHasAnExplanation(String window, Duration bar, int alerts) {
        var bars = Bars.read(window, bar);

        var fired = replay(bars, bar).told().stream()
                .filter(told -> told.transition().type().equals("alert.firing"))
                .toList();

        System.out.printf("divergence alerts: window=%s bars=%d fired=%d%n", window, bars.size(), fired.size());
        var why = new Why(bars);
        fired.forEach(told -> System.out.printf("  %s: %s%n", told, why.of(told)));
        assertThat(fired).allSatisfy(told -> assertThat(why.of(told)).isNotEqualTo(Why.UNEXPLAINED));
        assertThat(fired).hasSize(alerts);
    }

    private static Stage replay(List<Bar> bars, Duration length) {
        var venues = bars.stream().map(Bar::venue).distinct().map(Venue::exchange);
        var stage = new Stage(
                Stage.registry(),
                Stream.concat(venues, PEGS.stream()).map(Venue::feed).toList(),
                length);
        bars.stream()
                .map(bar -> new Asset(bar.asset()))
                .distinct()
                .forEach(asset -> stage.rule(new Condition.PriceDivergence(asset, Optional.empty())));
        bars.stream()
                .collect(Collectors.groupingBy(Bar::end, TreeMap::new, Collectors.toList()))
                .forEach((at, ended) -> stage.tick(at, answers(at, ended)));
        return stage;
    }

    private static List<Answer> answers(Instant at, Collection<Bar> ended) {
        return Stream.concat(
                        PEGS.stream().map(peg -> peg.says(at, "USDT", "1")),
                        ended.stream().map(bar -> answer(at, bar)))
                .toList();
    }

    private static Answer answer(Instant at, Bar bar) {
        var venue = Venue.exchange(bar.venue());
        return bar.isInUsdt()
                ? venue.saysIn(at, bar.asset(), bar.close(), "USDT")
                : venue.says(at, bar.asset(), bar.close());
    }
}
