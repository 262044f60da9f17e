package dev.plimsoll.alert;

import dev.plimsoll.alert.Transition.Escalated;
import dev.plimsoll.alert.Transition.Repeated;
import dev.plimsoll.alert.Transition.Resolved;
import dev.plimsoll.alert.Transition.Worsened;
import dev.plimsoll.rule.Escalation;
import dev.plimsoll.rule.Rule;
import dev.plimsoll.rule.Severity;
import dev.plimsoll.unit.Asset;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who hears of what happened to the alerts of one account in one tick, and when.
 *
 * <p>A silence keeps from its owner what it covers, but not that a position is or may have been liquidated; {@link
 * Inhibition} keeps back what another alert says already. Quiet hours hold what is not critical until they are over, but
 * not that half of the remaining distance is gone. What is left and is many, or waits for the same end of quiet hours, is
 * a group, for channels that make one message of it.
 */
public final class Routing {
    private Routing() {}

    /**
     * What an alert is about.
     *
     * @param rule   empty when it was deleted
     * @param labels of the position; none for any other subject
     * @param standsOn the assets whose prices it derives from: of a position, or that blinds some; none of an alert on one
     */
    public record About(Alert.Key key, Optional<Rule> rule, Map<String, String> labels, Set<Asset> standsOn) {
        public About {
            labels = Map.copyOf(labels);
            standsOn = Set.copyOf(standsOn);
        }
    }

    /**
     * A transition that is told unless something stands against it.
     *
     * @param channels     those of its level; empty means every active channel of the account
     * @param escalated    how many steps of the rule's escalation were ever taken
     * @param liquidatable the position is, whichever source is right
     * @param wanted       the rule tells of such
     */
    public record News(
            About about,
            Transition transition,
            Optional<List<UUID>> channels,
            int escalated,
            boolean liquidatable,
            boolean wanted) {

        /** That the position is liquidatable or, where it is over, may have been liquidated. */
        public boolean tellsOfLiquidation() {
            return transition instanceof Resolved resolved ? resolved.mayBeLiquidated() : liquidatable;
        }
    }

    /** An alert that fires once this tick is committed. */
    public record Firing(Rule rule, Subject subject, Severity severity, Hush hush) {}

    /**
     * What stands around the news.
     *
     * @param firing   every alert of the account that does
     * @param silences of the account that are in force
     * @param zone     of the clock on the owner's wall
     */
    public record Scene(UUID account, List<Firing> firing, List<Silence> silences, ZoneId zone, Instant at) {
        public Scene {
            firing = List.copyOf(firing);
            silences = List.copyOf(silences);
        }
    }

    /** What becomes of one piece of news. */
    public sealed interface Route {

        /**
         * @param channels  empty means every active channel of the account
         * @param notBefore empty means at once
         * @param group     of what becomes one message where a channel groups; the same after a restart
         */
        record Told(Optional<List<UUID>> channels, Optional<Instant> notBefore, Optional<UUID> group)
                implements Route {}

        /** @param hush what the alert has to remember of it; empty when that does not change */
        record Suppressed(String reason, Optional<Hush> hush) implements Route {}
    }

    /** In the order of the news. */
    public static List<Route> decide(Scene scene, List<News> news) {
        var silenced = news.stream()
                .filter(one -> silence(scene, one).isPresent())
                .map(one -> one.about().key())
                .collect(Collectors.toUnmodifiableSet());
        var inhibition = Inhibition.of(scene, silenced);
        var routes = news.stream()
                .map(one -> silence(scene, one)
                        .or(() -> inhibition.of(one))
                        .or(() -> unwanted(one))
                        .orElseGet(() -> new Route.Told(channels(one), notBefore(scene, one), Optional.empty())))
                .toList();
        return Groups.among(scene, routes);
    }

    /** Why what was kept from its owner may be told now; empty while it may not, and when nothing was. */
    public static Optional<Repeated.Why> isOver(Scene scene, About about, Severity severity, Hush hush) {
        return switch (hush) {
            case NONE -> Optional.empty();
            case SILENCED ->
                covering(scene, about).findFirst().isEmpty()
                        ? Optional.of(Repeated.Why.SILENCE_OVER)
                        : Optional.empty();
            case INHIBITED ->
                Inhibition.of(scene, Set.of()).explains(about, severity)
                        ? Optional.empty()
                        : Optional.of(Repeated.Why.INHIBITION_OVER);
        };
    }

    private static Optional<Route> silence(Scene scene, News news) {
        return covering(scene, news.about())
                .filter(silence -> silence.evenLiquidatable() || !news.tellsOfLiquidation())
                .findFirst()
                .map(silence -> new Route.Suppressed("silenced: " + silence.reason(), Optional.of(Hush.SILENCED)));
    }

    /** It is kept all the same: what waits to be told of the alert is withdrawn with it. */
    private static Optional<Route> unwanted(News news) {
        return news.wanted()
                ? Optional.empty()
                : Optional.of(new Route.Suppressed("the rule does not tell that it is over", Optional.empty()));
    }

    private static Stream<Silence> covering(Scene scene, About about) {
        return scene.silences().stream()
                .filter(silence -> silence.covers(about.key().subject(), about.labels()));
    }

    private static Optional<Instant> notBefore(Scene scene, News news) {
        return isUrgent(news)
                ? Optional.empty()
                : news.about()
                        .rule()
                        .flatMap(Rule::quietHours)
                        .flatMap(hours -> hours.endingAfter(scene.at(), scene.zone()));
    }

    private static boolean isUrgent(News news) {
        return news.transition().severity() == Severity.CRITICAL
                || news.tellsOfLiquidation()
                || news.transition() instanceof Worsened worsened && worsened.how() != Worsened.How.CROSSED;
    }

    /** An escalation goes to the channels of its step alone; whoever was told of one also hears how it goes on. */
    private static Optional<List<UUID>> channels(News news) {
        var steps = news.about().rule().map(Rule::escalation).orElse(List.of());
        if (news.transition() instanceof Escalated escalated && escalated.step() <= steps.size()) {
            return Optional.of(steps.get(escalated.step() - 1).channels());
        }
        return news.channels()
                .map(own -> Stream.concat(
                                own.stream(),
                                steps.stream()
                                        .limit(news.escalated())
                                        .map(Escalation::channels)
                                        .flatMap(List::stream))
                        .distinct()
                        .toList());
    }
}
