package dev.plimsoll.oracle.source;

import static org.awaitility.Awaitility.await;

import dev.plimsoll.market.Assembly;
import dev.plimsoll.market.Consensus.Agreed;
import dev.plimsoll.market.MarketConfigs;
import dev.plimsoll.market.MarketSnapshot;
import dev.plimsoll.market.Past;
import dev.plimsoll.market.Tolerance;
import dev.plimsoll.oracle.Answer;
import dev.plimsoll.oracle.Oracles;
import dev.plimsoll.oracle.OraclesOf;
import dev.plimsoll.oracle.PriceSource;
import dev.plimsoll.oracle.SourceStatus;
import dev.plimsoll.oracle.SourceStatus.Silence;
import dev.plimsoll.oracle.source.LocalVenue.Manner;
import dev.plimsoll.pipeline.HandClock;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.AssetInfo;
import dev.plimsoll.unit.AssetInfo.Listing;
import dev.plimsoll.unit.AssetInfo.Volatility;
import dev.plimsoll.unit.AssetRegistry;
import dev.plimsoll.unit.PriceRange;
import dev.plimsoll.unit.Tick;
import dev.plimsoll.wire.Https;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Some price sources, each a server of its own, that all list a hundred assets; and the same requests made by a bare
 * client that waits for the healthy ones and nothing else.
 */
public final class FanOut implements AutoCloseable {
    /** What healthy sources take, in milliseconds. */
    public static final List<Integer> LATENCIES = List.of(5, 12, 20, 28, 37, 46, 57, 9, 33, 51);

    private static final int ASSETS = 100;
    private static final int COLD = 10;
    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Vertx servers = Vertx.vertx();
    private final Vertx vertx = Vertx.vertx();
    private final HandClock clock = new HandClock();
    private final List<PriceSource> sources = new ArrayList<>();
    private final List<LocalVenue> healthy = new ArrayList<>();
    private final HttpClient bare;
    private final Set<Asset> assets;
    private final String path;
    private final Oracles oracles;
    private final Assembly assembly;
    private List<Answer> answers = List.of();
    private Past past = Past.NOTHING;
    private long ticks;

    /** @param timeout of an ask */
    public FanOut(int good, int failing, int hanging, List<Duration> slow, Duration timeout) {
        var names = IntStream.range(0, good + failing + hanging + slow.size())
                .mapToObj(i -> Integer.toString((i + 7) * 104_729, 36))
                .toList();
        var registry = registry(names);
        this.assets = registry.all().stream().map(AssetInfo::asset).collect(Collectors.toSet());
        this.path = LocalSource.path(assets.stream().map(Asset::symbol).sorted());
        var desk = new Desk(Https.operator(vertx), registry, clock);
        var venues = venues(good, failing, hanging, slow);
        IntStream.range(0, names.size())
                .forEach(i ->
                        sources.add(new LocalSource(names.get(i), venues.get(i).url(), desk)));
        this.bare = vertx.createHttpClient(new PoolOptions().setHttp1MaxSize(8));
        this.oracles = OraclesOf.sources(
                Map.of("timeout", timeout.toMillis() + "ms", "breaker-failures", "1000000"),
                sources.toArray(PriceSource[]::new));
        this.assembly = new Assembly(registry, oracles.feeds(), Tolerance.of(MarketConfigs.of(Map.of())));
    }

    private List<LocalVenue> venues(int good, int failing, int hanging, List<Duration> slow) {
        IntStream.range(0, good)
                .mapToObj(i -> Duration.ofMillis(LATENCIES.get(i)))
                .forEach(latency -> healthy.add(venue(Manner.WELL, latency)));
        return Stream.of(
                        healthy.stream(),
                        Stream.generate(() -> venue(Manner.FAILING, Duration.ofMillis(10)))
                                .limit(failing),
                        Stream.generate(() -> venue(Manner.HANGING, Duration.ZERO))
                                .limit(hanging),
                        slow.stream().map(latency -> venue(Manner.WELL, latency)))
                .flatMap(venues -> venues)
                .toList();
    }

    private LocalVenue venue(Manner manner, Duration latency) {
        return new LocalVenue(servers, clock, manner, latency);
    }

    /** USD-quoted, but for every third source, which quotes in USDT as some exchanges do. */
    private static AssetRegistry registry(List<String> sources) {
        return new AssetRegistry(IntStream.range(0, ASSETS)
                .mapToObj(i -> i == 0 ? "USDT" : symbol(i))
                .map(symbol -> info(new Asset(symbol), sources))
                .toList());
    }

    /** As irregular as real ones. */
    private static String symbol(int i) {
        return "A" + Integer.toString(i * 7919 % 46_656, 36).toUpperCase(Locale.ROOT);
    }

    private static AssetInfo info(Asset asset, List<String> sources) {
        var tether = new Asset("USDT");
        Map<String, Listing> listings = new HashMap<>();
        for (var i = 0; i < sources.size(); i++) {
            var quotedIn = i % 3 == 2 && !asset.equals(tether) ? Optional.of(tether) : Optional.<Asset>empty();
            listings.put(sources.get(i), new Listing(asset.symbol(), quotedIn));
        }
        var bounds = PriceRange.between(new BigDecimal("0.0001"), new BigDecimal("100000000"));
        return new AssetInfo(
                asset,
                asset.symbol(),
                List.of(),
                Volatility.ALT,
                Optional.empty(),
                18,
                listings,
                Set.of(),
                Optional.empty(),
                bounds);
    }

    /** Asks all and judges what they said: what a tick does until its snapshot is there. */
    public void snapshot() {
        answers = oracles.ask(assets, tick()).await().atMost(PATIENCE);
        check(judge());
    }

    /** The judging alone, of the last answers. */
    public MarketSnapshot judge() {
        var market = assembly.judge(tick(), answers, past);
        past = market.past();
        return market;
    }

    /** After the first ticks, in which nothing is warm and the deadline may cut. */
    private void check(MarketSnapshot market) {
        var agreed = market.assets().values().stream()
                .filter(Agreed.class::isInstance)
                .count();
        if (ticks > COLD && agreed != ASSETS) {
            throw new IllegalStateException("agreed on " + agreed + " of " + ASSETS + " assets");
        }
    }

    /** The same requests to the healthy ones, without anything around them, until the last body is there. */
    public void bare() {
        Future.all(healthy.stream().map(this::get).toList())
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(PATIENCE.toSeconds(), java.util.concurrent.TimeUnit.SECONDS)
                .join();
    }

    private Future<Buffer> get(LocalVenue venue) {
        return bare.request(HttpMethod.GET, venue.url().getPort(), "127.0.0.1", path)
                .compose(request -> request.send().compose(HttpClientResponse::body));
    }

    /** A tick later: every ask of the tick before has ended, so that each source is asked at every tick. */
    public void nextTick() {
        await().pollInterval(Duration.ofMillis(5))
                .atMost(PATIENCE)
                .until(() -> oracles.status().stream().allMatch(this::isDone));
        ticks++;
        clock.set(Instant.parse("2026-11-21T08:00:00Z").plus(INTERVAL.multipliedBy(ticks)));
    }

    private boolean isDone(SourceStatus status) {
        var at = Optional.of(tick().at());
        return ticks == 0
                || status.lastAnswerAt().equals(at)
                || status.lastSilence().map(Silence::at).equals(at);
    }

    private Tick tick() {
        return new Tick(ticks, clock.instant(), INTERVAL);
    }

    @Override
    public void close() {
        Future.all(vertx.close(), servers.close())
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }
}
