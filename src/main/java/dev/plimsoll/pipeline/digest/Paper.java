package dev.plimsoll.pipeline.digest;

import dev.plimsoll.alert.Text;
import dev.plimsoll.delivery.Notice;
import dev.plimsoll.rule.Severity;
import dev.plimsoll.unit.Ids;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * A digest, written.
 *
 * @param data the {@code data} object of its message, as JSON text
 */
public record Paper(Edition edition, Text text, String data) {

    static Paper of(Review review) {
        var text = new ReviewText(review).text();
        return new Paper(review.edition(), text, EditionJson.fit(EditionJson.write(review), text));
    }

    static Paper of(Night night) {
        var text = new NightText(night).text();
        return new Paper(night.edition(), text, EditionJson.fit(NightJson.write(night), text));
    }

    /** Where it could not be written, which is our fault: its reader must not take silence for good news. */
    static Paper unwritten(Edition edition) {
        var text = Text.of("This digest could not be written, which is our fault and not good news: look at your"
                + " positions yourself.");
        return new Paper(edition, text, EditionJson.fit(EditionJson.head(edition), text));
    }

    /** As the API shows it. */
    public JsonObject json() {
        return new JsonObject()
                .put("type", edition.digest().type())
                .put("asOf", edition.asOf().toString())
                .put("text", text.plain())
                .put("data", new JsonObject(data));
    }

    /** It is told when nothing else is to be told. */
    Notice notice() {
        return new Notice(
                Ids.next(),
                edition.digest().account(),
                Optional.empty(),
                Optional.empty(),
                edition.digest().type(),
                Severity.INFO,
                edition.asOf(),
                edition.digest().channels(),
                data,
                text.plain());
    }
}
