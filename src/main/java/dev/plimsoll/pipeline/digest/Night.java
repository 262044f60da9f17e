package dev.plimsoll.pipeline.digest;

import dev.plimsoll.delivery.ChannelTroubleStore.TroubledChannel;
import dev.plimsoll.market.MarketSnapshot;
import dev.plimsoll.market.PriceSpan;
import dev.plimsoll.pipeline.digest.Occasion.Bedtime;
import dev.plimsoll.position.Position;
import dev.plimsoll.risk.Health;
import dev.plimsoll.risk.HealthFactor;
import dev.plimsoll.risk.Judgement;
import dev.plimsoll.risk.Relief;
import dev.plimsoll.risk.Reliefs;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.AssetRegistry;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What may happen to an account while its owner sleeps.
 *
 * @param left     for how long ahead; zero or less when the night is over
 * @param prospects of what owes something: what nobody can tell first, then the most probable
 * @param calmOnly the days before are not known, so that it stands on how prices move just now
 */
record Night(
        Edition edition,
        Bedtime bedtime,
        Duration left,
        List<Prospect> prospects,
        boolean calmOnly,
        List<TroubledChannel> channels,
        Wakefulness wakefulness) {

    /** So far back prices are looked at. */
    static final Duration LOOKS_BACK = Duration.ofDays(7);

    static final Duration STEP = Duration.ofHours(1);

    Night {
        prospects = List.copyOf(prospects);
        channels = List.copyOf(channels);
    }

    /** What may become of one position. */
    sealed interface Prospect {
        Position position();

        /**
         * @param distancePercent how far everything must fall together, or rise; zero when it can be liquidated
         * @param reliefs what brings the chance down to what is acceptable; none where it is
         */
        record Told(
                Position position,
                HealthFactor healthFactor,
                BigDecimal distancePercent,
                BigDecimal chance,
                List<Relief> reliefs)
                implements Prospect {
            public Told {
                reliefs = List.copyOf(reliefs);
            }
        }

        /** It can be judged, but nobody knows how wildly its prices move. */
        record Unmeasured(Position position, HealthFactor healthFactor, List<Asset> unmeasured) implements Prospect {
            public Unmeasured {
                unmeasured = List.copyOf(unmeasured);
            }
        }

        record Unjudged(Position position, String why) implements Prospect {}
    }

    /** @param hours recorded prices by the hour */
    static Night of(
            Bedtime bedtime,
            Survey survey,
            MarketSnapshot market,
            Map<Asset, List<PriceSpan>> hours,
            AssetRegistry assets) {
        var edition = survey.edition();
        var left = edition.left(bedtime);
        var indebted = survey.positions().stream()
                .filter(position -> position.terms().hasDebt())
                .toList();
        var wildness = Wildness.of(hours);
        var wild = wildness.in(market, assets);
        var prospects = indebted.stream()
                .map(position -> prospect(position, bedtime, left, wild, assets))
                .sorted(Comparator.comparing(Night::fear).reversed())
                .toList();
        var calm = indebted.stream()
                .anyMatch(position -> !wildness.knows(position.terms().assets()));
        return new Night(edition, bedtime, left, prospects, calm, survey.channels(), survey.wakefulness());
    }

    private static Prospect prospect(
            Position position, Bedtime bedtime, Duration left, MarketSnapshot market, AssetRegistry assets) {
        return switch (position.standing(market, assets).protocol()) {
            case Judgement.Judged(var health) -> prospect(position, health, bedtime, left, assets);
            case Judgement.NoDebt(var health) -> prospect(position, health, bedtime, left, assets);
            case Judgement.Unknown(var why, var causes) -> new Prospect.Unjudged(position, why);
        };
    }

    private static Prospect prospect(
            Position position, Health health, Bedtime bedtime, Duration left, AssetRegistry assets) {
        var ahead = left.isPositive() ? left : Duration.ofMinutes(1);
        return health.outlook()
                .<Prospect>map(outlook -> new Prospect.Told(
                        position,
                        health.healthFactor(),
                        health.distance().low(),
                        outlook.chance(ahead),
                        new Reliefs(health, assets, bedtime.acceptable(), ahead).all()))
                .orElseGet(
                        () -> new Prospect.Unmeasured(position, health.healthFactor(), unmeasured(position, health)));
    }

    private static List<Asset> unmeasured(Position position, Health health) {
        return position.terms().assets().stream()
                .filter(asset -> health.market().past().volatility(asset).isEmpty())
                .sorted()
                .toList();
    }

    /** What nobody can tell is feared most. */
    private static BigDecimal fear(Prospect prospect) {
        return switch (prospect) {
            case Prospect.Told told -> told.chance();
            case Prospect.Unmeasured ignored -> BigDecimal.TWO;
            case Prospect.Unjudged ignored -> BigDecimal.TEN;
        };
    }

    /** Empty while none can be judged. */
    Optional<HealthFactor> lowest() {
        return prospects.stream()
                .flatMap(prospect -> switch (prospect) {
                    case Prospect.Told told -> Optional.of(told.healthFactor()).stream();
                    case Prospect.Unmeasured judged -> Optional.of(judged.healthFactor()).stream();
                    case Prospect.Unjudged ignored -> Optional.<HealthFactor>empty().stream();
                })
                .min(Comparator.naturalOrder());
    }
}
