package dev.plimsoll.pipeline;

import dev.plimsoll.alert.AlertWrite;
import dev.plimsoll.alert.Drilled;
import dev.plimsoll.alert.Routing;
import dev.plimsoll.alert.Routing.About;
import dev.plimsoll.alert.Routing.News;
import dev.plimsoll.alert.Routing.Route;
import dev.plimsoll.alert.Routing.Scene;
import dev.plimsoll.alert.Transition;
import dev.plimsoll.delivery.Notice;
import dev.plimsoll.delivery.NoticeJson;
import dev.plimsoll.rule.Rule;
import dev.plimsoll.rule.Severity;
import dev.plimsoll.unit.Ids;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Writes what a drill says, to those whom a real alert of its rule would be told to. */
@Singleton
class DrillNotices {
    private final Optional<String> publicUrl;

    @Inject
    DrillNotices(@ConfigProperty(name = "plimsoll.api.public-url") Optional<String> publicUrl) {
        this.publicUrl = publicUrl;
    }

    List<Notice> of(DrillMove move) {
        return move.write().transitions().stream()
                .filter(Transition::isTold)
                .map(transition -> notice(move, transition))
                .toList();
    }

    private Notice notice(DrillMove move, Transition transition) {
        var write = move.write();
        var text = move.text().apply(transition);
        var evidence = new JsonObject()
                .put("drill", new JsonObject().put("id", write.id().toString()));
        return new Notice(
                Ids.next(),
                write.account(),
                Optional.of(write.id()),
                Optional.of(transition.sequence()),
                Drilled.playing(transition.type()),
                transition.severity(),
                transition.at(),
                move.way().flatMap(rule -> channels(rule, write, transition)),
                NoticeJson.data(write, transition, new JsonObject(write.shown()), evidence, text, publicUrl),
                text.plain());
    }

    /** As {@link Routing} has it, with nothing that stands against it. */
    private static Optional<List<UUID>> channels(Rule rule, AlertWrite write, Transition transition) {
        var about = new About(write.key(), Optional.of(rule), Map.of(), Set.of());
        var own = NoticeJson.channels(rule, Severity.CRITICAL);
        var news = new News(about, transition, own, write.state().ladder().highest(), false, true);
        var scene = new Scene(write.account(), List.of(), List.of(), ZoneOffset.UTC, transition.at());
        return switch (Routing.decide(scene, List.of(news)).getFirst()) {
            case Route.Told told -> told.channels();
            case Route.Suppressed ignored -> own;
        };
    }
}
