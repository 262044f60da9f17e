package dev.plimsoll.rule;

import dev.plimsoll.market.Consensus;
import dev.plimsoll.market.Consensus.Voice;
import dev.plimsoll.market.MarketSnapshot;
import dev.plimsoll.market.Medians;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.PriceRange;
import dev.plimsoll.unit.Tick;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A market of one asset with what each venue says of it. Each has a band of 50 bps and is stale after 130 s. */
public final class Venues {
    public static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    public static final Asset DAI = new Asset("DAI");

    private Venues() {}

    /**
     * @param said {@code "coinbase 1.30"}, with a range {@code "pyth 1.00..1.02"}, with its age in seconds
     *             {@code "kraken 1.01 5"}, and with why it does not count {@code "kraken 1.01 200 stale"}; a dash for what is
     *             silent or was never heard of
     */
    public static MarketSnapshot dai(String... said) {
        return daiAt(NOON, said);
    }

    public static MarketSnapshot daiAt(Instant at, String... said) {
        var heard = Arrays.stream(said).map(Venues::voice).toList();
        var voices = heard.stream().map(voice -> compared(voice, heard)).toList();
        var used = voices.stream().filter(Voice::used).map(Venues::middle).toList();
        var tick = new Tick(1, at, Duration.ofSeconds(10));
        return new MarketSnapshot(tick, Map.of(DAI, consensus(used, voices)));
    }

    private static Consensus consensus(List<BigDecimal> used, List<Voice> voices) {
        if (used.size() < 2) {
            return new Consensus.NoQuorum(DAI, used.size() + " of 2 price families", voices);
        }
        var median = Medians.median(used);
        return new Consensus.Agreed(DAI, PriceRange.between(median, median), used.size(), BigDecimal.ZERO, voices);
    }

    private static Voice voice(String said) {
        var words = said.split(" ", 4);
        var range = Optional.of(words[1]).filter(word -> !word.equals("-")).map(Venues::range);
        var age = Optional.of(words.length > 2 ? words[2] : "3").filter(word -> !word.equals("-"));
        return new Voice(
                words[0],
                words[0],
                Optional.empty(),
                range,
                age.map(Long::valueOf).map(Duration::ofSeconds),
                BigDecimal.valueOf(50),
                Duration.ofSeconds(130),
                Optional.empty(),
                words.length > 3
                        ? Optional.of(words[3])
                        : range.isEmpty() ? Optional.of("timed-out") : Optional.empty());
    }

    private static PriceRange range(String text) {
        var ends = text.split("\\.\\.");
        return PriceRange.between(new BigDecimal(ends[0]), new BigDecimal(ends[ends.length - 1]));
    }

    private static Voice compared(Voice voice, List<Voice> all) {
        var others = all.stream()
                .filter(other -> other != voice && other.used())
                .map(Venues::middle)
                .toList();
        return voice.range().isEmpty() || others.isEmpty() ? voice : with(voice, bps(middle(voice), others));
    }

    private static Voice with(Voice voice, BigDecimal bps) {
        return new Voice(
                voice.source(),
                voice.family(),
                voice.quoted(),
                voice.range(),
                voice.age(),
                voice.bandBps(),
                voice.staleAfter(),
                Optional.of(bps),
                voice.unused());
    }

    private static BigDecimal bps(BigDecimal price, List<BigDecimal> others) {
        var centre = Medians.median(others);
        return price.subtract(centre)
                .divide(centre, MathContext.DECIMAL128)
                .movePointRight(4)
                .setScale(0, RoundingMode.UP);
    }

    private static BigDecimal middle(Voice voice) {
        var range = voice.range().orElseThrow();
        return range.low().add(range.high().orElseThrow()).divide(BigDecimal.TWO);
    }
}
