package dev.plimsoll.telegram;

import dev.plimsoll.telegram.Markup.Entity;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/**
 * A message as people see it.
 *
 * @param id      in its chat
 * @param byBot   whether the bot wrote it
 * @param text    as it reads, without markup
 * @param marked  what is bold, a link, …
 * @param buttons row by row
 * @param topic   where the chat has topics
 * @param replyTo the message it answers
 * @param silent  whether it came without a sound
 * @param edits   how often it was changed
 */
public record Shown(
        long id,
        boolean byBot,
        String text,
        List<Entity> marked,
        JsonArray buttons,
        Optional<Long> topic,
        Optional<Long> replyTo,
        boolean silent,
        int edits) {

    /** Labels of its buttons, from the first to the last. */
    public List<String> labels() {
        return all().map(button -> button.getString("text")).toList();
    }

    /** Whether these words are bold. */
    public boolean isBold(String words) {
        return isMarked("b", words);
    }

    /** Whether these words are in a quotation that its reader opens. */
    public boolean isFolded(String words) {
        return isMarked("expandable_blockquote", words);
    }

    private boolean isMarked(String tag, String words) {
        return marked.stream()
                .filter(entity -> entity.tag().equals(tag))
                .anyMatch(entity -> text.substring(entity.offset(), entity.offset() + entity.length())
                        .contains(words));
    }

    JsonObject button(String label) {
        return all().filter(button -> button.getString("text").equals(label))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no button \"" + label + "\" but " + labels()));
    }

    private java.util.stream.Stream<JsonObject> all() {
        return buttons.stream()
                .map(JsonArray.class::cast)
                .flatMap(row -> row.stream().map(JsonObject.class::cast));
    }

    Shown edited(Markup now, JsonArray other) {
        return new Shown(id, byBot, now.text(), now.entities(), other, topic, replyTo, silent, edits + 1);
    }

    boolean isLike(Markup now, JsonArray other) {
        return text.equals(now.text()) && marked.equals(now.entities()) && buttons.equals(other);
    }
}
