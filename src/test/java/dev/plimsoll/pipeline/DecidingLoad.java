package dev.plimsoll.pipeline;

import dev.plimsoll.market.Consensus;
import dev.plimsoll.market.Consensus.Quoted;
import dev.plimsoll.market.Consensus.Voice;
import dev.plimsoll.market.LatestMarket;
import dev.plimsoll.market.MarketSnapshot;
import dev.plimsoll.position.Position;
import dev.plimsoll.risk.Given;
import dev.plimsoll.rule.AssetReadings;
import dev.plimsoll.rule.DefaultRules;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.PriceRange;
import dev.plimsoll.unit.Tick;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Loans that a fall of ether makes critical all at once, decided as in a tick but never committed: the same every time. */
public final class DecidingLoad {
    private static final List<String> SOURCES = List.of("binance", "coinbase", "kraken", "okx");

    private final Memory memory = new Memory();
    private final List<Case> cases;
    private final Router router;

    public DecidingLoad(int positions) {
        var random = new SplittableRandom(positions);
        IntStream.range(0, positions).forEach(number -> put(number, random));
        var market = fallen();
        var sweep = new Sweep(
                memory,
                Given.ASSETS,
                new AssetReadings(market, new LatestMarket().trail()),
                Continuity.from(Optional.empty()).next(market.tick()));
        var file = new Case.File();
        memory.book()
                .select(new AssetReadings(market, new LatestMarket().trail()), Given.NOON)
                .positions()
                .forEach(
                        one -> file.add(one.position().account(), one.position().id(), () -> sweep.position(one)));
        this.cases = file.parts(positions).stream().flatMap(List::stream).toList();
        this.router = new Router(memory, notices(), Given.NOON);
    }

    private static Notices notices() {
        var config = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(PipelineConfig.class)
                .build()
                .getConfigMapping(PipelineConfig.class);
        return new Notices(Optional.of("https://plimsoll.example"), config);
    }

    /** What everything comes to, one after the other on this thread. */
    public List<String> decide() {
        return cases.stream()
                .flatMap(one ->
                        router
                                .route(
                                        one.account(),
                                        one.things().stream()
                                                .map(thing -> thing.found().get())
                                                .toList())
                                .stream())
                .flatMap(decision -> decision.notices().stream())
                .map(notice -> notice.data())
                .toList();
    }

    private void put(int number, SplittableRandom random) {
        var account = new UUID(1, number);
        DefaultRules.of(account, Given.NOON).forEach(memory::put);
        var factor = random.nextDouble(1.5, 1.64);
        var dollars = Math.exp(random.nextDouble(Math.log(1_000), Math.log(1_000_000)));
        var debt = (0.8 + 0.85 * 0.03) * dollars / factor;
        var terms = Given.loan(
                List.of(text("%.6f ETH 0.8", dollars / 3_000), text("%.2f USDC 0.85", 0.03 * dollars)),
                List.of(text("%.2f USDC", 0.7 * debt), text("%.2f DAI", 0.3 * debt)));
        memory.put(new Position(
                new UUID(2, number),
                account,
                Optional.empty(),
                "loan " + number,
                Map.of(),
                terms,
                Optional.empty(),
                Given.NOON,
                Given.NOON,
                1));
    }

    private static String text(String format, double number) {
        return String.format(Locale.ROOT, format, number);
    }

    private static MarketSnapshot fallen() {
        var assets = Stream.of(agreed("ETH", "1890"), agreed("USDC", "1"), agreed("DAI", "1"))
                .collect(Collectors.toMap(Consensus::asset, one -> one));
        return new MarketSnapshot(new Tick(1, Given.NOON, Duration.ofSeconds(10)), assets);
    }

    private static Consensus agreed(String symbol, String usd) {
        var price = new BigDecimal(usd);
        var range = PriceRange.between(price, price);
        var voices = SOURCES.stream()
                .map(source -> new Voice(
                        source,
                        source,
                        Optional.of(new Quoted(price, Optional.empty(), BigDecimal.ZERO)),
                        Optional.of(range),
                        Optional.of(Duration.ofMillis(812)),
                        BigDecimal.TEN,
                        Duration.ofSeconds(60),
                        Optional.of(BigDecimal.ZERO),
                        Optional.empty()))
                .toList();
        return new Consensus.Agreed(new Asset(symbol), range, SOURCES.size(), BigDecimal.ZERO, voices);
    }
}
