package dev.plimsoll.delivery.telegram;

import dev.plimsoll.delivery.telegram.RichText.Run;
import dev.plimsoll.delivery.telegram.RichText.Style;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/** Texts and keyboards as they stand in frozen bodies. */
final class RichTextJson {
    private RichTextJson() {}

    static JsonArray write(RichText text) {
        var runs = new JsonArray();
        text.runs().forEach(run -> runs.add(write(run)));
        return runs;
    }

    private static JsonObject write(Run run) {
        var json = new JsonObject().put("text", run.text());
        if (run.style() != Style.PLAIN) {
            json.put("style", run.style().name().toLowerCase(Locale.ROOT));
        }
        run.link().ifPresent(url -> json.put("link", url.toString()));
        return json;
    }

    static RichText read(JsonArray runs) {
        return new RichText(runs.stream()
                .map(JsonObject.class::cast)
                .map(RichTextJson::read)
                .toList());
    }

    private static Run read(JsonObject run) {
        return new Run(
                Style.valueOf(run.getString("style", "plain").toUpperCase(Locale.ROOT)),
                run.getString("text"),
                Optional.ofNullable(run.getString("link")).map(URI::create));
    }
}
