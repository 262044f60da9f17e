package dev.plimsoll.market;

import dev.plimsoll.market.PriceMinute.Believed;
import dev.plimsoll.unit.Asset;
import java.time.Duration;
import java.time.Instant;

/**
 * What was believed of one asset over some minutes of the past, by the watch's clock.
 *
 * @param from   when it began
 * @param length in whole minutes: as long as it was asked for, or longer where older prices are kept together
 */
public record PriceSpan(Asset asset, Instant from, Duration length, Believed believed) {

    static PriceSpan of(PriceMinute minute, Believed believed) {
        return new PriceSpan(minute.asset(), minute.at(), Duration.ofMinutes(1), believed);
    }

    public Instant to() {
        return from.plus(length);
    }
}
