package dev.plimsoll.oracle.source;

import static dev.plimsoll.oracle.source.PriceSourceContract.NOW;

import dev.plimsoll.market.Assembly;
import dev.plimsoll.market.Consensus.Voice;
import dev.plimsoll.market.MarketConfigs;
import dev.plimsoll.market.MarketSnapshot;
import dev.plimsoll.market.Past;
import dev.plimsoll.market.Tolerance;
import dev.plimsoll.oracle.Answer;
import dev.plimsoll.oracle.Answer.Quote;
import dev.plimsoll.oracle.Oracles;
import dev.plimsoll.oracle.OraclesOf;
import dev.plimsoll.oracle.PriceSource;
import dev.plimsoll.oracle.SourceSettings;
import dev.plimsoll.oracle.SourceStatus;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.Assets;
import dev.plimsoll.unit.BasisPoints;
import dev.plimsoll.unit.Tick;
import io.smallrye.mutiny.Multi;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** One source beside honest others, in real lanes under the real consensus. */
final class Neighbourhood {
    static final Asset ETH = new Asset("ETH");
    static final Map<Asset, String> HONEST =
            Map.of(ETH, "3294.30", new Asset("BTC"), "65123.45", new Asset("USDT"), "1", new Asset("USDC"), "1");

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String name;
    private final Oracles oracles;

    /** @param neighbours how many honest sources there are, each a family of its own */
    Neighbourhood(PriceSource source, URI url, int neighbours) {
        var honest = IntStream.range(0, neighbours).mapToObj(Honest::new);
        this.name = source.name();
        this.oracles = OraclesOf.sources(
                Map.of(
                        "deadline",
                        PATIENCE.toString(),
                        "timeout",
                        PATIENCE.toString(),
                        "sources." + name + ".url",
                        url.toString(),
                        "sources." + name + ".enabled",
                        "true",
                        "sources." + name + ".key",
                        "canary"),
                Stream.concat(Stream.of(source), honest).toArray(PriceSource[]::new));
    }

    MarketSnapshot market() {
        var tick = new Tick(1, NOW, Duration.ofSeconds(10));
        var answers = oracles.ask(HONEST.keySet(), tick).await().atMost(PATIENCE.plus(PATIENCE));
        return new Assembly(Assets.registry(), oracles.feeds(), Tolerance.of(MarketConfigs.of(Map.of())))
                .judge(tick, answers, Past.NOTHING);
    }

    /** The source's own part in the price of ETH. */
    Voice voice(MarketSnapshot market) {
        return market.of(ETH).orElseThrow().voices().stream()
                .filter(voice -> voice.source().equals(name))
                .findFirst()
                .orElseThrow();
    }

    SourceStatus status() {
        return oracles.status().stream()
                .filter(status -> status.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private record Honest(int number) implements PriceSource {
        @Override
        public String name() {
            return "honest-" + number;
        }

        @Override
        public String family() {
            return name();
        }

        @Override
        public Defaults defaults(Optional<URI> url, Optional<String> key) {
            return new Defaults(
                    URI.create("http://127.0.0.1"), Duration.ZERO, Duration.ofMinutes(1), BasisPoints.of(50), true);
        }

        @Override
        public Set<Asset> covers(Set<Asset> wanted) {
            return wanted;
        }

        @Override
        public Multi<Answer> ask(Set<Asset> assets, SourceSettings settings) {
            return Multi.createFrom().items(assets.stream().map(this::quote));
        }

        private Answer quote(Asset asset) {
            var usd = new BigDecimal(HONEST.get(asset));
            return new Quote(name(), asset, usd, Optional.empty(), Optional.of(NOW), NOW);
        }
    }
}
