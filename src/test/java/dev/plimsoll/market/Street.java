package dev.plimsoll.market;

import dev.plimsoll.oracle.Answer;
import dev.plimsoll.oracle.Answer.Quote;
import dev.plimsoll.oracle.Answer.Reason;
import dev.plimsoll.oracle.Answer.Silent;
import dev.plimsoll.oracle.Feed;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.Assets;
import dev.plimsoll.unit.BasisPoints;
import dev.plimsoll.unit.Tick;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Six venues, four aggregators and a feed with intervals, whose words a test puts into their mouths, and the assembly that judges them. */
final class Street {
    static final Instant NOON = Instant.parse("2025-02-03T12:00:00Z");
    static final Asset ETH = new Asset("ETH");
    static final Asset BTC = new Asset("BTC");
    static final Asset USDT = new Asset("USDT");

    private static final Duration HEARTBEAT = Duration.ofMinutes(2);
    private static final List<Feed> FEEDS = List.of(
            venue("a"),
            venue("b"),
            venue("c"),
            venue("d"),
            venue("e"),
            venue("f"),
            new Feed("gecko", "aggregators", BasisPoints.of(100), Duration.ofMinutes(15)),
            new Feed("llama", "aggregators", BasisPoints.of(100), Duration.ofMinutes(15)),
            new Feed("band", "aggregators", BasisPoints.of(100), Duration.ofMinutes(15)),
            new Feed("stone", "aggregators", BasisPoints.of(100), Duration.ofMinutes(15)),
            new Feed("pyth", "pyth", BasisPoints.of(50), HEARTBEAT));

    private final Assembly assembly;
    private Past past = Past.NOTHING;

    Street() {
        this(Map.of());
    }

    /** @param settings of {@code plimsoll.market} */
    Street(Map<String, String> settings) {
        this.assembly = new Assembly(Assets.registry(), FEEDS, Tolerance.of(MarketConfigs.of(settings)));
    }

    private static Feed venue(String name) {
        return new Feed(name, name, BasisPoints.of(50), HEARTBEAT);
    }

    MarketSnapshot judge(Instant at, Answer... answers) {
        return judge(at, List.of(answers));
    }

    /** Remembers from one call to the next. */
    MarketSnapshot judge(Instant at, List<Answer> answers) {
        var market = assembly.judge(new Tick(1, at, Duration.ofSeconds(10)), answers, past);
        past = market.past();
        return market;
    }

    void remembers(Past other) {
        past = other;
    }

    /** In US dollars, observed at noon. */
    static Quote quote(String source, Asset asset, String usd) {
        return quote(source, asset, usd, NOON);
    }

    static Quote quote(String source, Asset asset, String usd, Instant observedAt) {
        return new Quote(source, asset, new BigDecimal(usd), Optional.empty(), Optional.of(observedAt), observedAt);
    }

    /** A source that gives no time. */
    static Quote timeless(String source, Asset asset, String usd, Instant receivedAt) {
        return new Quote(source, asset, new BigDecimal(usd), Optional.empty(), Optional.empty(), receivedAt);
    }

    static Quote pair(String source, Asset asset, String value, Asset quotedIn) {
        return new Quote(source, asset, new BigDecimal(value), Optional.of(quotedIn), Optional.of(NOON), NOON);
    }

    /** A feed that says how sure it is. */
    static Quote unsure(String source, Asset asset, String usd, String confidence) {
        return new Quote(
                source,
                asset,
                new BigDecimal(usd),
                Optional.empty(),
                Optional.of(NOON),
                NOON,
                new BigDecimal(confidence));
    }

    static Silent silent(String source, Asset asset) {
        return new Silent(source, asset, Reason.TIMED_OUT, "no answer in time");
    }
}
