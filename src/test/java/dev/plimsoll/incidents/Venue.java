package dev.plimsoll.incidents;

import dev.plimsoll.oracle.Answer;
import dev.plimsoll.oracle.Answer.Quote;
import dev.plimsoll.oracle.Feed;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.BasisPoints;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A price source that dates what it says. */
record Venue(String name, String family, long bandBps, Duration heartbeat) {

    /** A spot exchange. */
    static Venue exchange(String name) {
        return new Venue(name, name, 50, Duration.ofMinutes(2));
    }

    static Venue aggregator(String name) {
        return new Venue(name, "aggregators", 100, Duration.ofMinutes(15));
    }

    Feed feed() {
        return new Feed(name, family, BasisPoints.of(bandBps), heartbeat);
    }

    Answer says(Instant at, String asset, String usd) {
        return says(at, at, asset, usd, Optional.empty());
    }

    /** @param observedAt its own time, which may lie long before */
    Answer saysOf(Instant observedAt, Instant at, String asset, String usd) {
        return says(observedAt, at, asset, usd, Optional.empty());
    }

    Answer saysIn(Instant at, String asset, String value, String quotedIn) {
        return says(at, at, asset, value, Optional.of(new Asset(quotedIn)));
    }

    private Answer says(Instant observedAt, Instant at, String asset, String value, Optional<Asset> quotedIn) {
        return new Quote(name, new Asset(asset), new BigDecimal(value), quotedIn, Optional.of(observedAt), at);
    }
}
