package dev.plimsoll.pipeline;

import dev.plimsoll.alert.AlertWrite;
import dev.plimsoll.alert.CourseFigures;
import dev.plimsoll.alert.Routing.News;
import dev.plimsoll.alert.Routing.Route;
import dev.plimsoll.delivery.Notice;
import dev.plimsoll.delivery.Notice.Handling;
import dev.plimsoll.delivery.NoticeJson;
import dev.plimsoll.rule.Rule;
import dev.plimsoll.unit.Ids;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Writes the notices of an alert's transitions. */
@Singleton
class Notices {
    private final Optional<String> publicUrl;
    private final long clockSpeed;

    @Inject
    Notices(@ConfigProperty(name = "plimsoll.api.public-url") Optional<String> publicUrl, PipelineConfig config) {
        this.publicUrl = publicUrl;
        this.clockSpeed = config.clockStart().map(start -> config.clockSpeed()).orElse(1);
    }

    /**
     * One for each piece of news, also where nobody is told: then it is the proof of it.
     *
     * @param routes one for each
     */
    List<Notice> of(AlertWrite write, Letter letter, List<Route> routes) {
        return IntStream.range(0, routes.size())
                .mapToObj(i -> notice(write, letter, letter.news().get(i), routes.get(i)))
                .toList();
    }

    private Notice notice(AlertWrite write, Letter letter, News news, Route route) {
        var transition = news.transition();
        var tale = letter.draft().tale();
        var condition = letter.draft().about().rule().map(Rule::condition);
        var text = tale.text().apply(transition).with(CourseFigures.of(write.state(), transition, condition));
        return new Notice(
                Ids.next(),
                write.account(),
                Optional.of(write.id()),
                Optional.of(transition.sequence()),
                transition.type(),
                transition.severity(),
                transition.at(),
                route instanceof Route.Told told ? told.channels() : news.channels(),
                NoticeJson.data(
                        write, transition, letter.shown(), tale.evidence().get(), text, publicUrl),
                text.plain(),
                handling(route, news));
    }

    private Handling handling(Route route, News news) {
        return switch (route) {
            case Route.Suppressed(var why, var ignored) -> Handling.suppressed(why);
            case Route.Told(var ignored, var notBefore, var group) ->
                new Handling(
                        Optional.empty(),
                        notBefore.map(then -> realTime(news.transition().at(), then)),
                        group,
                        news.tellsOfLiquidation());
        };
    }

    /** A replay's clock may run faster than life. */
    private Duration realTime(Instant at, Instant then) {
        return Duration.between(at, then).dividedBy(clockSpeed);
    }
}
