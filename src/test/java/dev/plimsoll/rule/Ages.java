package dev.plimsoll.rule;

import dev.plimsoll.market.Consensus;
import dev.plimsoll.market.Consensus.Voice;
import dev.plimsoll.market.Drift;
import dev.plimsoll.market.MarketSnapshot;
import dev.plimsoll.market.Past;
import dev.plimsoll.risk.Given;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.AssetInfo.Volatility;
import dev.plimsoll.unit.BasisPoints;
import dev.plimsoll.unit.PriceRange;
import dev.plimsoll.unit.Tick;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A market in which every feed has a band of 5 bps and a stablecoin may move 1 bps a minute, another asset 10. */
public final class Ages {
    private static final Drift DRIFT = new Drift(
            Map.of(Volatility.STABLE, BasisPoints.of(1), Volatility.MAJOR, BasisPoints.of(10)), BigDecimal.TEN);

    private Ages() {}

    /**
     * @param said {@code "DAI 1 670 12"}: its price and the ages in seconds of the quotes that count, oldest or not; with
     *             {@code x5} for one that does not count; {@code "DAI ?"} for no price
     */
    public static MarketSnapshot market(String... said) {
        return market(Past.NOTHING, said);
    }

    static MarketSnapshot market(Past past, String... said) {
        var assets = Arrays.stream(said)
                .map(words -> consensus(words.split(" ")))
                .collect(Collectors.toMap(Consensus::asset, Function.identity()));
        return new MarketSnapshot(new Tick(1, Given.NOON, Duration.ofSeconds(10)), assets, past, DRIFT);
    }

    private static Consensus consensus(String[] words) {
        var asset = new Asset(words[0]);
        if (words[1].equals("?")) {
            return new Consensus.NoQuorum(asset, "1 of 2 price families", List.of());
        }
        var price = new BigDecimal(words[1]);
        var voices = IntStream.range(2, words.length)
                .mapToObj(at -> voice("source" + at, words[at]))
                .toList();
        return new Consensus.Agreed(asset, PriceRange.between(price, price), 3, BigDecimal.ONE, voices);
    }

    private static Voice voice(String source, String age) {
        return new Voice(
                source,
                source,
                Optional.empty(),
                Optional.empty(),
                Optional.of(Duration.ofSeconds(Long.parseLong(age.replace("x", "")))),
                BigDecimal.valueOf(5),
                Duration.ofHours(1),
                Optional.empty(),
                age.startsWith("x") ? Optional.of("outlier") : Optional.empty());
    }
}
