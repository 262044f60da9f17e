package dev.plimsoll.pipeline.digest;

import dev.plimsoll.alert.AlertReviewStore;
import dev.plimsoll.delivery.ChannelTroubleStore.TroubledChannel;
import dev.plimsoll.market.MarketSnapshot;
import dev.plimsoll.market.PriceSpan;
import dev.plimsoll.pipeline.digest.RecentPrices.Frame;
import dev.plimsoll.position.Lowest;
import dev.plimsoll.position.Lowest.Course;
import dev.plimsoll.position.Lowest.Low;
import dev.plimsoll.position.Position;
import dev.plimsoll.risk.HealthFactor;
import dev.plimsoll.risk.Judgement;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.AssetRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A day or a week of an account, looked back upon.
 *
 * @param indebted how each position that owes something stands, and stood
 * @param closest  empty when nothing was owed, or nothing could be judged
 * @param stale    declared ones of which nobody has said anything for long
 */
record Review(
        Edition edition,
        List<Stood> indebted,
        Optional<ClosestCall> closest,
        List<Position> stale,
        AlertReviewStore.Review alerts,
        List<TroubledChannel> channels,
        Wakefulness wakefulness) {

    Review {
        indebted = List.copyOf(indebted);
        stale = List.copyOf(stale);
        channels = List.copyOf(channels);
    }

    /** @param now on the price that liquidates it */
    record Stood(Position position, Judgement now, Course course) {

        Optional<HealthFactor> factor() {
            return now instanceof Judgement.Judged(var health) ? Optional.of(health.healthFactor()) : Optional.empty();
        }

        /** What is now counts too. */
        Optional<Low> lowest(Instant asOf) {
            var present = now instanceof Judgement.Judged(var health)
                    ? Optional.of(new Low(
                            asOf, health.healthFactor(), health.distance().low()))
                    : Optional.<Low>empty();
            return Stream.concat(course.low().stream(), present.stream()).min(Comparator.comparing(Low::healthFactor));
        }
    }

    static Review of(Survey survey, MarketSnapshot market, Map<Asset, List<PriceSpan>> prices, AssetRegistry assets) {
        var edition = survey.edition();
        var indebted = survey.positions().stream()
                .filter(position -> position.terms().hasDebt())
                .map(position -> new Stood(
                        position,
                        position.standing(market, assets).protocol(),
                        course(edition, position, prices, assets)))
                .toList();
        var stale = survey.positions().stream()
                .filter(position -> position.isStale(edition.asOf()))
                .sorted(Comparator.comparing(Position::legsSince))
                .toList();
        var closest =
                ClosestCall.of(indebted, survey.positions(), survey.alerts().seen(), edition.asOf());
        return new Review(edition, indebted, closest, stale, survey.alerts(), survey.channels(), survey.wakefulness());
    }

    /** Since it is watched at the earliest. */
    private static Course course(
            Edition edition, Position position, Map<Asset, List<PriceSpan>> prices, AssetRegistry assets) {
        var frame = Frame.of(edition.since(), edition.asOf());
        var begun =
                Frame.of(watchedSince(position), edition.asOf(), frame.step()).from();
        var from = begun.isAfter(frame.from()) ? begun : frame.from();
        var to = edition.asOf();
        if (!from.isBefore(to)) {
            return new Course(Optional.empty(), Duration.ZERO);
        }
        var spans = position.terms().assets().stream()
                .flatMap(asset -> prices.getOrDefault(asset, List.of()).stream())
                .filter(span -> span.to().isAfter(from))
                .toList();
        return new Lowest(position, to, assets).of(from, to, frame.step(), spans);
    }

    /** The row's time is real; in a replay what was said of it is older. */
    private static Instant watchedSince(Position position) {
        return position.legsSince().isBefore(position.createdAt()) ? position.legsSince() : position.createdAt();
    }

    /** Empty while none can be judged. */
    Optional<Stood> lowestNow() {
        return indebted.stream()
                .filter(stood -> stood.factor().isPresent())
                .min(Comparator.comparing(stood -> stood.factor().orElseThrow()));
    }

    List<Stood> unknownNow() {
        return indebted.stream()
                .filter(stood -> stood.now() instanceof Judgement.Unknown)
                .toList();
    }

    /** Those that could not be judged at some time, the longest first. */
    List<Stood> blind() {
        return indebted.stream()
                .filter(stood -> stood.course().unknown().isPositive())
                .sorted(Comparator.comparing((Stood stood) -> stood.course().unknown())
                        .reversed())
                .toList();
    }
}
