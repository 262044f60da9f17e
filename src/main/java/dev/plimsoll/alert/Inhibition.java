package dev.plimsoll.alert;

import dev.plimsoll.alert.Routing.About;
import dev.plimsoll.alert.Routing.Firing;
import dev.plimsoll.alert.Routing.News;
import dev.plimsoll.alert.Routing.Route;
import dev.plimsoll.alert.Routing.Scene;
import dev.plimsoll.alert.Transition.Escalated;
import dev.plimsoll.alert.Transition.Fired;
import dev.plimsoll.alert.Transition.Repeated;
import dev.plimsoll.alert.Transition.Worsened;
import dev.plimsoll.rule.Condition;
import dev.plimsoll.rule.Rule;
import dev.plimsoll.rule.Severity;
import dev.plimsoll.unit.Asset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Keeps one cause from being told twice to the same channels.
 *
 * <p>While a more severe alert on the same subject fires, a milder one does not repeat aloud; nor does it fire or worsen
 * aloud where the severer one tells of the same, nor climb a ladder that the severer one's reaches as high. That it fires
 * is told once the severer one is over. While an alert says that the price of an asset is not to be believed, what derives
 * from it is muted: that positions on it cannot be judged, and the repeating of their alerts. Never that one fires or gets
 * worse: all sources agree on that. An alert that is silenced, or held back by quiet hours, speaks for no other; what was
 * kept back by a silence or another alert is told after it, whatever else fires.
 */
final class Inhibition {
    private final Map<Subject, List<Firing>> bySubject;
    private final List<Firing> unbelievable;

    private Inhibition(List<Firing> audible) {
        this.bySubject = audible.stream().collect(Collectors.groupingBy(Firing::subject));
        this.unbelievable = audible.stream()
                .filter(firing -> doubtsPrice(firing.rule().condition()))
                .toList();
    }

    /** @param silenced what is silenced in this very tick */
    static Inhibition of(Scene scene, Set<Alert.Key> silenced) {
        return new Inhibition(scene.firing().stream()
                .filter(firing -> firing.hush() == Hush.NONE)
                .filter(firing -> !silenced.contains(new Alert.Key(firing.rule().id(), firing.subject())))
                .filter(firing -> !isQuiet(firing, scene))
                .toList());
    }

    private static boolean isQuiet(Firing firing, Scene scene) {
        return firing.severity() != Severity.CRITICAL
                && firing.rule()
                        .quietHours()
                        .flatMap(hours -> hours.endingAfter(scene.at(), scene.zone()))
                        .isPresent();
    }

    private static boolean doubtsPrice(Condition condition) {
        return condition instanceof Condition.PriceDivergence
                || condition instanceof Condition.PriceStale
                || condition instanceof Condition.Depeg;
    }

    Optional<Route> of(News news) {
        return switch (news.transition()) {
            case Worsened ignored ->
                milder(news, tellsOfTheSame(news.about()), Optional.empty()).or(() -> blind(news));
            case Repeated repeated ->
                isOwed(repeated)
                        ? blind(news)
                        : milder(news, any -> true, Optional.empty()).or(() -> muted(news, Optional.empty()));
            case Fired ignored ->
                milder(news, tellsOfTheSame(news.about()), Optional.of(Hush.INHIBITED))
                        .or(() -> blind(news));
            case Escalated ignored ->
                milder(news, tellsOfTheSame(news.about()).and(climbsAsHigh(news.about())), Optional.empty());
            case Transition.Eased ignored -> Optional.empty();
            case Transition.Resolved ignored -> Optional.empty();
        };
    }

    /** A position's health is what matters in the end: who tells of it tells of every other measure of it too. */
    private static Predicate<Firing> tellsOfTheSame(About about) {
        var asked = about.rule().map(rule -> rule.condition().getClass());
        return firing -> Observations.isOnHealth(firing.rule().condition())
                || asked.filter(firing.rule().condition().getClass()::equals).isPresent();
    }

    /** Whoever its ladder wakes, the other's wakes too: unless somebody has taken that one up, and then there is no need. */
    private static Predicate<Firing> climbsAsHigh(About about) {
        var reached = about.rule().map(Inhibition::reached).orElse(Set.of());
        return firing -> reached(firing.rule()).containsAll(reached);
    }

    private static Set<UUID> reached(Rule rule) {
        return rule.escalation().stream()
                .flatMap(step -> step.channels().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Its owner has not heard of it yet. */
    private static boolean isOwed(Repeated repeated) {
        return repeated.why() == Repeated.Why.SILENCE_OVER || repeated.why() == Repeated.Why.INHIBITION_OVER;
    }

    private Optional<Route> milder(News news, Predicate<Firing> speaks, Optional<Hush> hush) {
        return severer(news.about(), news.transition().severity(), speaks)
                .map(other -> new Route.Suppressed(
                        "the rule '" + other.rule().name() + "' fires on the same " + word(other.subject()), hush));
    }

    private Optional<Firing> severer(About about, Severity severity, Predicate<Firing> speaks) {
        return bySubject.getOrDefault(about.key().subject(), List.of()).stream()
                .filter(other -> other.severity().compareTo(severity) > 0)
                .filter(speaksTo(about))
                .filter(speaks)
                .findFirst();
    }

    /** That positions cannot be judged: told when the price is no longer in doubt and they still cannot. */
    private Optional<Route> blind(News news) {
        return isBlind(news.about()) ? muted(news, Optional.of(Hush.INHIBITED)) : Optional.empty();
    }

    private Optional<Route> muted(News news, Optional<Hush> hush) {
        return unbelievable(news.about(), news.transition().severity())
                .map(other -> new Route.Suppressed(
                        "the rule '" + other.rule().name() + "' says that the price is not to be believed", hush));
    }

    /** Whether another alert still tells the cause of one that was kept back. */
    boolean explains(About about, Severity severity) {
        return severer(about, severity, tellsOfTheSame(about)).isPresent()
                || isBlind(about) && unbelievable(about, severity).isPresent();
    }

    /** The alert that explains it: the price of something it stands on is in doubt. */
    private Optional<Firing> unbelievable(About about, Severity severity) {
        return unbelievable.stream()
                .filter(other -> other.severity().compareTo(severity) >= 0)
                .filter(other -> about.standsOn().contains(asset(other)))
                .filter(speaksTo(about))
                .findFirst();
    }

    private static Asset asset(Firing firing) {
        return ((Condition.OnAsset) firing.rule().condition()).asset();
    }

    private static boolean isBlind(About about) {
        return about.rule()
                .filter(rule -> rule.condition() instanceof Condition.Blind)
                .isPresent();
    }

    private static Predicate<Firing> speaksTo(About about) {
        var to = about.rule().map(Inhibition::channels);
        return firing -> to.filter(channels(firing.rule())::equals).isPresent();
    }

    /** All that a rule's levels may go to; the empty set in it stands for every active channel. */
    private static Set<Set<UUID>> channels(Rule rule) {
        return rule.levels().stream()
                .map(level -> Set.copyOf(level.channels().or(rule::channels).orElse(List.of())))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static String word(Subject subject) {
        return switch (subject) {
            case Subject.OfPosition ignored -> "position";
            case Subject.OfAsset ignored -> "asset";
            case Subject.OfAccount ignored -> "account";
            case Subject.OfDrill ignored -> "drill";
        };
    }
}
