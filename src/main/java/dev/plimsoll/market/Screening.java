package dev.plimsoll.market;

import dev.plimsoll.market.Consensus.Quoted;
import dev.plimsoll.oracle.Answer;
import dev.plimsoll.oracle.Answer.Quote;
import dev.plimsoll.oracle.Answer.Silent;
import dev.plimsoll.oracle.Feed;
import dev.plimsoll.unit.PriceRange;
import dev.plimsoll.unit.Tick;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What can be said of each answer by itself: converted to US dollars, within the asset's bounds, sure enough and young
 * enough.
 */
final class Screening {
    static final String OUT_OF_BOUNDS = "out of bounds";

    private static final String TOO_UNSURE = "too unsure";
    private static final String STALE = "stale";
    private static final String AHEAD = "its time lies ahead";
    private static final Set<String> FAULTS = Set.of(OUT_OF_BOUNDS, TOO_UNSURE, STALE, AHEAD);

    private static final int DIGITS = 34;
    private static final MathContext DOWN = new MathContext(DIGITS, RoundingMode.FLOOR);
    private static final MathContext UP = new MathContext(DIGITS, RoundingMode.CEILING);

    private final Map<String, Feed> feeds;
    private final Tolerance tolerance;

    Screening(List<Feed> feeds, Tolerance tolerance) {
        this.feeds = feeds.stream().collect(Collectors.toUnmodifiableMap(Feed::source, feed -> feed));
        this.tolerance = tolerance;
    }

    Witness witness(Answer answer, Hearing hearing) {
        var feed = feed(answer.source());
        return switch (answer) {
            case Silent silent -> silent(silent, feed, hearing);
            case Quote quote -> checked(heard(quote, feed, hearing), quote, hearing);
        };
    }

    private Feed feed(String source) {
        return Optional.ofNullable(feeds.get(source))
                .orElseThrow(() -> new IllegalArgumentException("no feed is known of source " + source));
    }

    private Witness silent(Silent silent, Feed feed, Hearing hearing) {
        return Witness.silent(
                feed,
                staleAfter(feed, hearing.tick()),
                hearing.silence(feed.source()),
                silent.reason().word());
    }

    private Witness heard(Quote quote, Feed feed, Hearing hearing) {
        var age = age(quote, hearing.tick());
        return new Witness(
                feed,
                staleAfter(feed, hearing.tick()),
                Optional.of(new Quoted(quote.value(), quote.quotedIn(), quote.confidence())),
                dollars(quote, hearing),
                Optional.of(age.isNegative() ? Duration.ZERO : age),
                quote.observedAt().isEmpty(),
                Optional.empty());
    }

    private Duration staleAfter(Feed feed, Tick tick) {
        return feed.heartbeat().plus(tolerance.slack(feed, tick));
    }

    private static Duration age(Quote quote, Tick tick) {
        return Duration.between(quote.observedAt().orElse(quote.receivedAt()), tick.at());
    }

    /** A quote in an asset that is itself believed within a range becomes that range; ends are rounded apart. */
    private static Optional<PriceRange> dollars(Quote quote, Hearing hearing) {
        var low = quote.value().subtract(quote.confidence()).max(BigDecimal.ZERO);
        var own = PriceRange.between(low, quote.value().add(quote.confidence()));
        return quote.quotedIn().isEmpty()
                ? Optional.of(own)
                : quote.quotedIn()
                        .map(hearing::price)
                        .filter(PriceRange::isBounded)
                        .map(rate -> product(own, rate));
    }

    static PriceRange product(PriceRange value, PriceRange rate) {
        if (value.isPoint() && rate.isPoint()) {
            var point = value.low().multiply(rate.low(), MathContext.DECIMAL128);
            return PriceRange.between(point, point);
        }
        return PriceRange.between(
                value.low().multiply(rate.low(), DOWN),
                value.high().orElseThrow().multiply(rate.high().orElseThrow(), UP));
    }

    private Witness checked(Witness witness, Quote quote, Hearing hearing) {
        if (witness.range().isEmpty()) {
            return witness.unused("no price to convert from " + quote.quotedIn().orElseThrow());
        }
        if (!within(witness.range().orElseThrow(), hearing.info().bounds())) {
            return witness.unused(OUT_OF_BOUNDS);
        }
        if (isUnsure(quote)) {
            return witness.unused(TOO_UNSURE);
        }
        if (witness.ageOrZero().compareTo(witness.staleAfter()) > 0) {
            return witness.unused(STALE);
        }
        var ahead = age(quote, hearing.tick()).negated();
        return ahead.compareTo(tolerance.slack(witness.feed(), hearing.tick())) > 0 ? witness.unused(AHEAD) : witness;
    }

    /** The quote is bad by itself, whatever others say. */
    static boolean isFault(String unused) {
        return FAULTS.contains(unused);
    }

    private boolean isUnsure(Quote quote) {
        return quote.confidence()
                        .compareTo(quote.value().multiply(tolerance.confidence().asRatio()))
                > 0;
    }

    private static boolean within(PriceRange range, PriceRange bounds) {
        return range.low().compareTo(bounds.low()) >= 0
                && range.high().orElseThrow().compareTo(bounds.high().orElseThrow()) <= 0;
    }

    /** Where enough families have young quotes, the older ones say nothing about now. */
    List<Witness> young(List<Witness> witnesses, Tick tick) {
        var limit = tolerance.freshWithin(tick);
        var families = witnesses.stream()
                .filter(Witness::isUsed)
                .filter(witness -> witness.ageOrZero().compareTo(limit) <= 0)
                .map(Witness::family)
                .collect(Collectors.toSet());
        return families.size() < tolerance.quorum().families()
                ? witnesses
                : witnesses.stream()
                        .map(witness -> isOld(witness, limit) ? witness.unused("older than the others") : witness)
                        .toList();
    }

    private static boolean isOld(Witness witness, Duration limit) {
        return witness.isUsed() && witness.ageOrZero().compareTo(limit) > 0;
    }
}
