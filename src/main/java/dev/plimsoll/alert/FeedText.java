package dev.plimsoll.alert;

import dev.plimsoll.market.Consensus;
import dev.plimsoll.market.Consensus.Voice;
import dev.plimsoll.market.MarketSnapshot;
import dev.plimsoll.rule.Condition.PriceDivergence;
import dev.plimsoll.rule.Condition.PriceStale;
import dev.plimsoll.rule.Divergences;
import dev.plimsoll.rule.Measure.Gauge;
import dev.plimsoll.rule.Reading;
import dev.plimsoll.rule.Staleness;
import dev.plimsoll.unit.Asset;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which source says what, how far from the others, and how long ago. */
final class FeedText {
    private static final int MOST_OTHERS = 6;

    private FeedText() {}

    static AssetTale divergence(PriceDivergence condition, Gauge gauge, MarketSnapshot market) {
        var asset = condition.asset();
        var calm = gauge.shown() instanceof Reading.Measured(var low, var high)
                ? "%s is %s bps from the median of the others."
                        .formatted(who(condition.source()), bps(high.orElse(low)))
                : "nobody can be compared with others on %s now.".formatted(asset);
        return market.of(asset)
                .flatMap(consensus -> gauge.feed().map(voice -> divergence(consensus, voice, gauge, calm)))
                .orElseGet(() -> new AssetTale(sentence(calm), "", calm));
    }

    private static AssetTale divergence(Consensus consensus, Voice voice, Gauge gauge, String calm) {
        var others = Divergences.others(consensus, voice).toList();
        var standing = "%s says %s for %s, %s bps %s the median %s %s (its own band is %s bps)."
                .formatted(
                        sentence(voice.source()),
                        PriceText.price(voice.range().orElseThrow()),
                        consensus.asset(),
                        certain(gauge.shown()),
                        voice.divergenceBps().orElseThrow().signum() < 0 ? "below" : "above",
                        PriceText.usd(Divergences.centre(consensus, voice)),
                        others.isEmpty() ? "of what it is held against" : ofOthers(others.size()),
                        bps(voice.bandBps()));
        var meaning =
                "%s%s Whoever prices %s by %s alone sees another market than the rest: check what your protocol reads."
                        .formatted(standing(voice), say(others), consensus.asset(), voice.source());
        return new AssetTale(standing, meaning, calm);
    }

    private static String ofOthers(int others) {
        return others == 1 ? "of 1 other" : "of " + others + " others";
    }

    private static String standing(Voice voice) {
        return voice.unused()
                .map(why -> "It does not count in the market price: %s.".formatted(why))
                .orElse("It counts in the market price.");
    }

    private static String say(List<Voice> others) {
        return others.isEmpty()
                ? ""
                : others.stream()
                        .limit(MOST_OTHERS)
                        .map(other -> other.source() + " says "
                                + PriceText.price(other.range().orElseThrow()))
                        .collect(Collectors.joining(", ", " ", "."));
    }

    static AssetTale stale(PriceStale condition, Gauge gauge, MarketSnapshot market) {
        var asset = condition.asset();
        var calm = condition.source().isEmpty()
                ? "every source that knows %s has had news of it.".formatted(asset)
                : "%s has had news of %s.".formatted(who(condition.source()), asset);
        var standing = gauge.feed()
                .map(voice -> stale(voice, asset))
                .orElseGet(() -> "%s has never said anything of %s."
                        .formatted(condition.source().map(FeedText::sentence).orElse("No source"), asset));
        return new AssetTale(standing, market.of(asset).map(FeedText::rest).orElse(""), calm);
    }

    private static String stale(Voice voice, Asset asset) {
        return Staleness.standsStill(voice)
                ? "%s stands still on %s while the others move.".formatted(sentence(voice.source()), asset)
                : "%s has had no news of %s for %s; it is stale after %s."
                        .formatted(
                                sentence(voice.source()),
                                asset,
                                Readable.duration(voice.age().orElse(Duration.ZERO)),
                                Readable.duration(voice.staleAfter()));
    }

    /** What is left to judge by. */
    private static String rest(Consensus consensus) {
        return switch (consensus) {
            case Consensus.Agreed agreed -> judgedBy(agreed.asset(), PriceText.price(agreed), agreed.families());
            case Consensus.Diverged diverged ->
                judgedBy(diverged.asset(), PriceText.price(diverged), diverged.families());
            case Consensus.NoQuorum none ->
                "There is no believable price of %s (%s): positions that stand on it cannot be judged."
                        .formatted(none.asset(), none.why());
        };
    }

    private static String judgedBy(Asset asset, String price, int families) {
        return "%s is at %s by %s; positions are judged on that."
                .formatted(asset, price, families == 1 ? "a single family" : families + " families");
    }

    private static String certain(Reading reading) {
        return reading instanceof Reading.Measured(var low, var high) ? bps(low) : "any number of";
    }

    private static String who(Optional<String> source) {
        return source.orElse("the farthest source");
    }

    private static String bps(BigDecimal bps) {
        return Readable.bps(bps);
    }

    private static String sentence(String words) {
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }
}
