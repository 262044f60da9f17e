package dev.plimsoll.pipeline;

import dev.plimsoll.market.Drift;
import dev.plimsoll.market.MarketSnapshot;
import dev.plimsoll.market.Past;
import dev.plimsoll.risk.Given;
import dev.plimsoll.unit.Tick;
import java.time.Duration;

/** A watch that is shown one market after the other, ten seconds apart, whatever any source says; on a real database. */
final class Lookout {
    static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Replica.Maker replicas;
    private Past past = Past.NOTHING;
    private Replica replica;

    Lookout(Replica.Maker replicas) {
        this.replicas = replicas;
        this.replica = replicas.make();
    }

    /** One tick, now. Market: {@code "ETH 3000"}, {@code "ETH 2900..3100"}, {@code "ETH ?"}. */
    Lookout sees(String... prices) {
        var seen = Given.marketAt(replica.clock().instant(), prices);
        var market =
                new MarketSnapshot(new Tick(1, replica.clock().instant(), INTERVAL), seen.assets(), past, Drift.NONE);
        past = market.past();
        replica.lease()
                .hold()
                .map(held -> held.orElseThrow())
                .call(term -> replica.keeper().follow(term))
                .chain(term -> replica.judging().judge(term, market))
                .await()
                .atMost(PATIENCE);
        return this;
    }

    /** The same market at every tick of this time, the first one interval from now. */
    Lookout seesFor(String time, String... prices) {
        for (var left = Duration.parse(time); left.isPositive(); left = left.minus(INTERVAL)) {
            replica.clock().advance(INTERVAL);
            sees(prices);
        }
        return this;
    }

    /** Another takes over, who knows only what is in the database and the market's past. */
    Lookout restarts() {
        close();
        replica = replicas.make();
        return this;
    }

    void close() {
        replica.release();
    }
}
