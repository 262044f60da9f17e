package dev.plimsoll.incidents;

import dev.plimsoll.incidents.Bars.Bar;
import dev.plimsoll.incidents.Stage.Told;
import dev.plimsoll.market.Consensus.Voice;
import dev.plimsoll.unit.Asset;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the candles themselves say of why two venues were apart, in words with figures. */
final class Why {
    static final String UNEXPLAINED = "unexplained";

    private static final int LONG = 2;

    private final Map<String, Bar> byPlace;
    private final List<Bar> bars;

    Why(List<Bar> bars) {
        this.bars = bars;
        this.byPlace = bars.stream()
                .collect(Collectors.toMap(
                        bar -> place(bar.end(), bar.venue(), bar.asset()), Function.identity(), (one, same) -> one));
    }

    String of(Told told) {
        var voices = told.market().of(new Asset(told.about())).orElseThrow().voices().stream()
                .filter(voice -> voice.divergenceBps().isPresent())
                .sorted(Comparator.comparing((Voice voice) ->
                                voice.divergenceBps().orElseThrow().abs())
                        .reversed())
                .toList();
        var farthest = voices.getFirst();
        var both = voices.stream()
                .map(voice -> byPlace.get(place(told.at(), voice.source(), told.about())))
                .toList();
        var apart = farthest.divergenceBps().orElseThrow();
        return Stream.<Optional<String>>of(
                        both.stream()
                                .map(this::standing)
                                .flatMap(Optional::stream)
                                .findFirst(),
                        speed(both, apart.abs()),
                        currency(both, apart),
                        instrument(both))
                .flatMap(Optional::stream)
                .findFirst()
                .map(reason -> "%s %s bps from the others: %s".formatted(farthest.source(), apart, reason))
                .orElse(UNEXPLAINED);
    }

    /** The same close as in the bar before, and no movement in either: nobody traded, or the record stands still. */
    private Optional<String> standing(Bar bar) {
        var before = bars.stream()
                .filter(other -> other.venue().equals(bar.venue())
                        && other.pair().equals(bar.pair())
                        && !other.end().isAfter(bar.end()))
                .sorted(Comparator.comparing(Bar::end).reversed())
                .limit(LONG)
                .toList();
        return before.size() == LONG
                        && before.stream()
                                .allMatch(other -> other.last().compareTo(bar.last()) == 0
                                        && other.high().compareTo(other.low()) == 0)
                ? Optional.of("the candles of " + bar.venue() + " stand still at " + bar.close())
                : Optional.empty();
    }

    /** Within this very bar the price moved further than the venues are apart: their last trades are seconds apart. */
    private static Optional<String> speed(List<Bar> both, BigDecimal apart) {
        return both.stream()
                .map(Why::movedBps)
                .max(Comparator.naturalOrder())
                .filter(moved -> moved.compareTo(apart) > 0)
                .map(moved -> "the price moved " + moved.toBigInteger() + " bps within the bar");
    }

    /** Every asset that both have is off the same way, and one of them is quoted in USDT. */
    private Optional<String> currency(List<Bar> both, BigDecimal apart) {
        var mixed = both.stream().map(Bar::isInUsdt).distinct().count() == 2;
        var others = bars.stream()
                .filter(bar -> mixed && bar.end().equals(both.getFirst().end()))
                .filter(bar ->
                        bar.isInUsdt() && !bar.asset().equals(both.getFirst().asset()))
                .flatMap(bar -> gap(bar).stream())
                .toList();
        return !others.isEmpty()
                        && others.stream()
                                .allMatch(gap -> gap.signum() == gapOf(both).signum())
                ? Optional.of("all pairs in USDT are off the same way (another by "
                        + others.getFirst().toBigInteger() + " bps): USDT was not one dollar")
                : Optional.empty();
    }

    private static Optional<String> instrument(List<Bar> both) {
        var swaps = both.stream()
                .filter(bar -> bar.pair().contains(":"))
                .map(Bar::venue)
                .toList();
        return swaps.isEmpty() || swaps.size() == both.size()
                ? Optional.empty()
                : Optional.of("a perpetual swap (" + swaps.getFirst() + ") is held against spot");
    }

    private Optional<BigDecimal> gap(Bar inUsdt) {
        return bars.stream()
                .filter(bar -> bar.end().equals(inUsdt.end()) && bar.asset().equals(inUsdt.asset()) && !bar.isInUsdt())
                .findFirst()
                .map(dollars -> bps(inUsdt.last(), dollars.last()));
    }

    private static BigDecimal gapOf(List<Bar> both) {
        var tether = both.stream().filter(Bar::isInUsdt).findFirst().orElseThrow();
        var dollars = both.stream().filter(bar -> !bar.isInUsdt()).findFirst().orElseThrow();
        return bps(tether.last(), dollars.last());
    }

    private static BigDecimal movedBps(Bar bar) {
        return bps(bar.high(), bar.low());
    }

    private static BigDecimal bps(BigDecimal one, BigDecimal other) {
        return one.subtract(other).movePointRight(4).divide(other, MathContext.DECIMAL64);
    }

    private static String place(Instant end, String venue, String asset) {
        return end + " " + venue + " " + asset;
    }
}
