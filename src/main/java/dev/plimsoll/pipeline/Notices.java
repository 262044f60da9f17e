package dev.plimsoll.pipeline;

import dev.plimsoll.alert.AlertWrite;
import dev.plimsoll.alert.Transition;
import dev.plimsoll.delivery.Notice;
import dev.plimsoll.delivery.NoticeJson;
import dev.plimsoll.unit.Ids;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Writes the notices of an alert's transitions. */
@Singleton
class Notices {
    private final Optional<String> publicUrl;

    @Inject
    Notices(@ConfigProperty(name = "plimsoll.api.public-url") Optional<String> publicUrl) {
        this.publicUrl = publicUrl;
    }

    /**
     * One for each transition that is told.
     *
     * @param evidence what the judgement stands on: the blocks that stand beside alert and rule
     * @param text     the sentence for people
     */
    List<Notice> of(AlertWrite write, Supplier<JsonObject> evidence, Function<Transition, String> text) {
        var shown = new JsonObject(write.shown());
        return write.transitions().stream()
                .filter(transition -> isTold(transition, shown))
                .map(transition -> notice(write, transition, shown, evidence.get(), text.apply(transition)))
                .toList();
    }

    private Notice notice(AlertWrite write, Transition transition, JsonObject shown, JsonObject evidence, String text) {
        return new Notice(
                Ids.next(),
                write.account(),
                Optional.of(write.id()),
                Optional.of(transition.sequence()),
                transition.type(),
                transition.severity(),
                transition.at(),
                Optional.ofNullable(shown.getJsonArray("channels")).map(Notices::ids),
                NoticeJson.data(write, transition, shown, evidence, text, publicUrl),
                text);
    }

    private static boolean isTold(Transition transition, JsonObject shown) {
        return transition.isTold()
                && (!(transition instanceof Transition.Resolved) || shown.getBoolean("notifyResolved", true));
    }

    private static List<UUID> ids(JsonArray channels) {
        return channels.stream().map(id -> UUID.fromString(id.toString())).toList();
    }
}
