package dev.plimsoll.pipeline.digest;

import dev.plimsoll.alert.AlertReviewStore.Fired;
import dev.plimsoll.alert.Readable;
import dev.plimsoll.alert.Text;
import dev.plimsoll.alert.Text.Figure;
import dev.plimsoll.pipeline.digest.Review.Stood;
import dev.plimsoll.position.Position;
import dev.plimsoll.risk.Judgement;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A day or a week in a few sentences. What could not be judged is said, and where nothing is owed that too. */
final class ReviewText {
    private static final int MOST = 5;

    private final Review review;
    private final WallClock clock;

    ReviewText(Review review) {
        this.review = review;
        this.clock = new WallClock(review.edition().zone());
    }

    Text text() {
        var happened = Stream.of(
                        Openings.late(review.edition()),
                        Optional.of(health()),
                        closest(),
                        unknown(),
                        blind(),
                        Optional.of(alerts()),
                        review.wakefulness().drill(clock))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(" "));
        var remedy = Stream.of(
                        stale(),
                        Troubles.text(review.channels(), clock),
                        review.wakefulness().problem())
                .flatMap(Optional::stream)
                .collect(Collectors.joining(" "));
        return new Text(
                happened,
                Optional.empty(),
                Optional.of(remedy).filter(words -> !words.isEmpty()),
                Optional.of(remark()),
                figures());
    }

    private String health() {
        if (review.indebted().isEmpty()) {
            return "Nothing that is watched owes anything, so nothing can be liquidated.";
        }
        return review.lowestNow()
                .map(stood -> "Lowest health factor now: " + factor(stood) + " ("
                        + stood.position().name() + ").")
                .orElse("No health factor is known now.");
    }

    private static String factor(Stood stood) {
        return stood.factor().map(Readable::factor).orElseThrow();
    }

    private Optional<String> closest() {
        return review.closest()
                .map(call -> "Closest call: " + when(call) + ", " + near(call)
                        + call.seenBy()
                                .map(alert -> ", as an alert saw it" + changed(call))
                                .orElse("") + ".");
    }

    private String when(ClosestCall call) {
        if (call.seenBy().isPresent()) {
            return "since " + clock.moment(call.at());
        }
        return call.at().isBefore(review.edition().asOf()) ? clock.moment(call.at()) : "now";
    }

    private static String near(ClosestCall call) {
        var name = " (" + call.position().name() + ")";
        return call.healthFactor()
                .map(factor -> "at " + Readable.factor(factor) + name
                        + call.distancePercent().map(far -> ", " + away(far)).orElse(""))
                .orElseGet(() -> call.distancePercent().map(ReviewText::away).orElseThrow() + name);
    }

    private static String away(BigDecimal percent) {
        return percent.signum() == 0
                ? "where it could be liquidated"
                : Readable.distance(percent) + " % from liquidation";
    }

    private static String changed(ClosestCall call) {
        return call.position().legsSince().isAfter(call.at()) ? " on the amounts of then" : "";
    }

    private Optional<String> unknown() {
        var unknown = review.unknownNow();
        return unknown.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "Cannot be judged now: " + listed(unknown.stream().map(ReviewText::why), unknown.size()) + ".");
    }

    private static String why(Stood stood) {
        return stood.position().name()
                + (stood.now() instanceof Judgement.Unknown(var why, var causes) ? " (" + why + ")" : "");
    }

    private Optional<String> blind() {
        var blind = review.blind();
        return blind.isEmpty()
                ? Optional.empty()
                : Optional.of("Not seen for a while: "
                        + listed(
                                blind.stream()
                                        .map(stood -> stood.position().name() + " for "
                                                + Readable.duration(
                                                        stood.course().unknown())),
                                blind.size())
                        + ".");
    }

    private String alerts() {
        var alerts = review.alerts();
        if (alerts.count() == 0) {
            return "No alerts.";
        }
        var still = alerts.firing() == 0 ? "none still fires" : alerts.firing() + " still firing";
        return "Alerts: %d, %s: %s."
                .formatted(alerts.count(), still, listed(alerts.some().stream().map(this::words), alerts.count()));
    }

    private String words(Fired alert) {
        var severity = alert.severity().name().toLowerCase(Locale.ROOT);
        var about = alert.about().map(name -> " on " + name).orElse("");
        var rule = alert.rule().equalsIgnoreCase(severity) ? "" : " (" + alert.rule() + ")";
        var when = alert.ended()
                .map(end -> ", " + clock.moment(alert.began()) + " for " + lasted(Duration.between(alert.began(), end)))
                .orElseGet(() -> ", since " + clock.moment(alert.began()));
        return severity + about + rule + when;
    }

    private static String lasted(Duration time) {
        return time.compareTo(Duration.ofMinutes(1)) < 0
                ? "less than a minute"
                : Readable.duration(time.truncatedTo(ChronoUnit.MINUTES));
    }

    private Optional<String> stale() {
        var stale = review.stale();
        return stale.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "Still true? "
                                + listed(stale.stream().map(this::age), stale.size())
                                + ". What I was told is that old: if you have repaid, borrowed or moved anything since, tell me.");
    }

    private String age(Position position) {
        var days =
                Duration.between(position.legsSince(), review.edition().asOf()).toDays();
        return position.name() + " (" + days + " days)";
    }

    private String remark() {
        return "As of " + clock.time(review.edition().asOf())
                + (review.indebted().isEmpty()
                        ? "."
                        : "; lows are of today's amounts, on recorded market prices, or what an alert saw where that was nearer.");
    }

    private static String listed(Stream<String> words, int count) {
        var more = count - MOST;
        return words.limit(MOST).collect(Collectors.joining("; ")) + (more > 0 ? "; and " + more + " more" : "");
    }

    private List<Figure> figures() {
        var figures = new ArrayList<Figure>();
        review.lowestNow().ifPresent(stood -> figures.add(new Figure("Lowest health factor now", factor(stood))));
        review.closest()
                .ifPresent(call -> figures.add(new Figure(
                        "Lowest of the " + (review.edition().digest().occasion().days() == 1 ? "day" : "week"),
                        call.healthFactor().map(Readable::factor).orElseGet(() -> near(call)))));
        figures.add(new Figure("Alerts", Integer.toString(review.alerts().count())));
        return figures;
    }
}
