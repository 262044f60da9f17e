package dev.plimsoll.oracle;

import dev.plimsoll.unit.Asset;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** What one source said of one asset in one tick: a quote, or why it is silent. */
public sealed interface Answer {

    /** The source's name in the configuration: {@code coinbase}. */
    String source();

    Asset asset();

    /**
     * A price as the source gave it, not yet converted.
     *
     * @param value      positive, in whole units of the quote asset per whole token
     * @param quotedIn   the asset the pair is quoted in (USDT, BTC); empty means US dollars
     * @param observedAt the source's own time, where it has one
     * @param receivedAt by the injected clock
     * @param confidence the half width of the interval that the source itself gives, in the unit of {@code value}; zero
     *                   where it gives none
     */
    record Quote(
            String source,
            Asset asset,
            BigDecimal value,
            Optional<Asset> quotedIn,
            Optional<Instant> observedAt,
            Instant receivedAt,
            BigDecimal confidence)
            implements Answer {
        public Quote {
            if (value.signum() <= 0) {
                throw new IllegalArgumentException("a quote is positive, was " + value.toPlainString());
            }
            if (confidence.signum() < 0) {
                throw new IllegalArgumentException("a confidence is not negative, was " + confidence.toPlainString());
            }
        }

        /** Of a source that gives no interval. */
        public Quote(
                String source,
                Asset asset,
                BigDecimal value,
                Optional<Asset> quotedIn,
                Optional<Instant> observedAt,
                Instant receivedAt) {
            this(source, asset, value, quotedIn, observedAt, receivedAt, BigDecimal.ZERO);
        }
    }

    /**
     * No usable price, and why.
     *
     * @param detail     a sentence without URLs or keys
     * @param retryAfter how long the source wishes not to be asked, where it said so
     */
    record Silent(String source, Asset asset, Reason reason, String detail, Optional<Duration> retryAfter)
            implements Answer {
        public Silent(String source, Asset asset, Reason reason, String detail) {
            this(source, asset, reason, detail, Optional.empty());
        }
    }

    /** Why a source is silent. Counted by this word. */
    enum Reason {
        /** It is not this tick's turn by the source's pace; the last quote is used while it is fresh. */
        PACED,
        TIMED_OUT,
        UNREACHABLE,
        RATE_LIMITED,
        REFUSED,
        REDIRECTED,
        SERVER_ERROR,
        TOO_LARGE,
        MALFORMED,
        /** A number that is no price: NaN, zero, negative, 1e400. */
        NOT_A_PRICE,
        /** A price that the source itself is too unsure of. */
        UNCERTAIN,
        UNKNOWN_ASSET,
        BREAKER_OPEN,
        /** A fault of ours, not of the source. */
        ADAPTER_FAULT;

        /** As shown and counted: {@code not-a-price}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
