package dev.plimsoll.market;

import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.Tick;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;

/** What a tick knows of the time before it: what the last snapshot remembers, and how wildly prices moved since. */
public final class Hindsight {
    private final LatestMarket latest;
    private final Returns returns;

    /** @throws IllegalArgumentException naming the setting that is out of its bounds */
    public Hindsight(LatestMarket latest, MarketConfig config) {
        this.latest = latest;
        this.returns = new Returns(config.volatility().halfLife());
    }

    /** True when nobody knows more than this replica: the last market was made by the watch of this epoch. */
    public boolean isOf(long epoch) {
        return latest.isOf(epoch);
    }

    /** A minute's close is final when the minute is over, so the prices' moves are measured once a minute. */
    public Past before(Tick tick) {
        return latest.snapshot()
                .map(last -> minute(last.tick()) == minute(tick)
                        ? last.past()
                        : last.past().with(measured(last)))
                .orElse(Past.NOTHING);
    }

    private Map<Asset, BigDecimal> measured(MarketSnapshot last) {
        var measured = new HashMap<Asset, BigDecimal>();
        last.known()
                .forEach(asset -> returns.deviation(latest.trail().closes(asset))
                        .ifPresent(deviation -> measured.put(asset, deviation)));
        return measured;
    }

    private static long minute(Tick tick) {
        return ChronoUnit.MINUTES.between(Instant.EPOCH, tick.at());
    }
}
