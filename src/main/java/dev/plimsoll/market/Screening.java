package dev.plimsoll.market;

import dev.plimsoll.oracle.Answer;
import dev.plimsoll.oracle.Answer.Quote;
import dev.plimsoll.oracle.Answer.Silent;
import dev.plimsoll.oracle.Feed;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.AssetInfo;
import dev.plimsoll.unit.PriceRange;
import dev.plimsoll.unit.Tick;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What can be said of each answer by itself: converted to US dollars, within the asset's bounds, and young enough. */
final class Screening {
    private static final int DIGITS = 34;
    private static final MathContext DOWN = new MathContext(DIGITS, RoundingMode.FLOOR);
    private static final MathContext UP = new MathContext(DIGITS, RoundingMode.CEILING);

    private final Map<String, Feed> feeds;
    private final Tolerance tolerance;

    Screening(List<Feed> feeds, Tolerance tolerance) {
        this.feeds = feeds.stream().collect(Collectors.toUnmodifiableMap(Feed::source, feed -> feed));
        this.tolerance = tolerance;
    }

    /** @param priced what this tick has priced before this asset */
    Witness witness(Answer answer, AssetInfo info, Tick tick, Map<Asset, Consensus> priced) {
        var feed = feed(answer.source());
        return switch (answer) {
            case Silent silent -> Witness.silent(feed, silent.reason().word());
            case Quote quote ->
                dollars(quote, priced)
                        .map(range -> checked(quote, feed, range, info, tick))
                        .orElseGet(() -> unconverted(feed, quote));
        };
    }

    private Feed feed(String source) {
        return Optional.ofNullable(feeds.get(source))
                .orElseThrow(() -> new IllegalArgumentException("no feed is known of source " + source));
    }

    private static Witness unconverted(Feed feed, Quote quote) {
        return Witness.silent(
                feed, "no price to convert from " + quote.quotedIn().orElseThrow());
    }

    /** A quote in an asset that is itself believed within a range becomes that range; ends are rounded apart. */
    private static Optional<PriceRange> dollars(Quote quote, Map<Asset, Consensus> priced) {
        if (quote.quotedIn().isEmpty()) {
            return Optional.of(PriceRange.between(quote.value(), quote.value()));
        }
        return quote.quotedIn()
                .flatMap(asset -> Optional.ofNullable(priced.get(asset)))
                .map(Consensus::range)
                .filter(PriceRange::isBounded)
                .map(rate -> product(quote.value(), rate));
    }

    static PriceRange product(BigDecimal value, PriceRange rate) {
        if (rate.isPoint()) {
            var point = value.multiply(rate.low(), MathContext.DECIMAL128);
            return PriceRange.between(point, point);
        }
        return PriceRange.between(
                value.multiply(rate.low(), DOWN), value.multiply(rate.high().orElseThrow(), UP));
    }

    private Witness checked(Quote quote, Feed feed, PriceRange range, AssetInfo info, Tick tick) {
        var age = Duration.between(quote.observedAt().orElse(quote.receivedAt()), tick.at());
        var slack = tolerance.slack(tick);
        var standing = quote.observedAt().isPresent() ? Optional.<BigDecimal>empty() : Optional.of(quote.value());
        var shown = age.isNegative() ? Duration.ZERO : age;
        var witness = new Witness(feed, Optional.of(range), Optional.of(shown), standing, Optional.empty());
        if (!within(range, info.bounds())) {
            return witness.unused("out of bounds");
        }
        if (age.compareTo(feed.heartbeat().plus(slack)) > 0) {
            return witness.unused("stale");
        }
        return age.compareTo(slack.negated()) < 0 ? witness.unused("its time lies ahead") : witness;
    }

    private static boolean within(PriceRange range, PriceRange bounds) {
        return range.low().compareTo(bounds.low()) >= 0
                && range.high().orElseThrow().compareTo(bounds.high().orElseThrow()) <= 0;
    }

    /** Where two families have young quotes, the older ones say nothing about now. */
    List<Witness> young(List<Witness> witnesses, Tick tick) {
        var limit = tolerance.freshWithin(tick);
        var families = witnesses.stream()
                .filter(Witness::isUsed)
                .filter(witness -> witness.ageOrZero().compareTo(limit) <= 0)
                .map(Witness::family)
                .collect(Collectors.toSet());
        return families.size() < Jury.QUORUM
                ? witnesses
                : witnesses.stream()
                        .map(witness -> isOld(witness, limit) ? witness.unused("older than the others") : witness)
                        .toList();
    }

    private static boolean isOld(Witness witness, Duration limit) {
        return witness.isUsed() && witness.ageOrZero().compareTo(limit) > 0;
    }
}
