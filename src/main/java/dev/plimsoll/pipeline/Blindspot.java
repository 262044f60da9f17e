package dev.plimsoll.pipeline;

import dev.plimsoll.alert.Track;
import dev.plimsoll.book.Bands.Decided;
import dev.plimsoll.market.MarketSnapshot;
import dev.plimsoll.position.Position;
import dev.plimsoll.risk.Cause;
import dev.plimsoll.risk.Judgement;
import dev.plimsoll.risk.Standing;
import dev.plimsoll.rule.Condition;
import dev.plimsoll.rule.Evaluation;
import dev.plimsoll.rule.Verdict;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.PriceRange;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Why nobody can say how one position stands: it cannot be judged, or the sources disagree so far that a rule neither
 * fires nor resolves. Silence would look like health.
 *
 * @param causes one or more
 * @param why    a sentence
 */
record Blindspot(Set<Cause> causes, String why) {
    Blindspot {
        causes = Set.copyOf(causes);
    }

    static Optional<Blindspot> of(Position position, Standing standing, List<Decided> decided, MarketSnapshot market) {
        return switch (standing.protocol()) {
            case Judgement.Unknown(var why, var causes) -> Optional.of(new Blindspot(causes, why));
            case Judgement.NoDebt ignored -> Optional.empty();
            case Judgement.Judged ignored ->
                undecided(standing, decided)
                        .map(why -> new Blindspot(causes(position.terms().assets(), market), why))
                        .filter(spot -> !spot.causes().isEmpty());
        };
    }

    private static Optional<String> undecided(Standing standing, List<Decided> decided) {
        return decided.stream()
                .filter(one -> asksHowItStands(one.rule().condition(), standing))
                .flatMap(one -> one.seen().verdicts().stream().map(verdict -> asked(one, verdict)))
                .flatMap(evaluation ->
                        evaluation instanceof Evaluation.Unknown(var why) ? Stream.of(why) : Stream.empty())
                .findFirst();
    }

    /** When prices were observed does not, nor how wildly they move, nor how far two prices are apart that are both there. */
    private static boolean asksHowItStands(Condition condition, Standing standing) {
        return !(condition instanceof Condition.FeedSkew)
                && !(condition instanceof Condition.LiquidationProbability)
                && (!(condition instanceof Condition.OracleGap) || standing.market() instanceof Judgement.Unknown);
    }

    /** What its level was asked: one that is off while another fires was not asked whether it clears. */
    private static Evaluation asked(Decided decided, Verdict verdict) {
        return Optional.ofNullable(decided.state().tracks().get(verdict.level().severity()))
                        .filter(Track::isOn)
                        .isPresent()
                ? verdict.toClear()
                : verdict.toFire();
    }

    /** What leaves a level undecided: prices that are missing, else the one that sources disagree on most. */
    private static Set<Cause> causes(Collection<Asset> assets, MarketSnapshot market) {
        Set<Cause> unpriced = assets.stream()
                .filter(asset -> !market.range(asset).isBounded())
                .map(Cause.Unpriced::new)
                .collect(Collectors.toUnmodifiableSet());
        return unpriced.isEmpty()
                ? assets.stream()
                        .filter(asset -> !market.range(asset).isPoint())
                        .max(Comparator.comparing(asset -> spread(market.range(asset))))
                        .map(asset -> Set.<Cause>of(new Cause.Disagreement(asset)))
                        .orElse(Set.of())
                : unpriced;
    }

    /** The highest over the lowest price. */
    private static BigDecimal spread(PriceRange bounded) {
        return bounded.high().orElseThrow().divide(bounded.low(), MathContext.DECIMAL64);
    }
}
