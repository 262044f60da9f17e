package dev.plimsoll.delivery.telegram;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The buttons below a message, row by row. */
public record Keyboard(List<List<Button>> rows) {
    public static final Keyboard NONE = new Keyboard(List.of());

    /** Of a label, in UTF-16 units: more is hardly read on a phone. */
    private static final int LONGEST_LABEL = 64;

    public Keyboard {
        rows = rows.stream().map(List::copyOf).filter(row -> !row.isEmpty()).toList();
    }

    /** Something to press. */
    public sealed interface Button {
        String label();
    }

    /** What comes back as {@link Update.Pressed}. */
    public record Press(String label, CallbackData data) implements Button {}

    /** Opens a page. */
    public record Link(String label, URI url) implements Button {}

    public static Keyboard row(Button... buttons) {
        return new Keyboard(List.of(List.of(buttons)));
    }

    @SafeVarargs
    @SuppressWarnings("varargs")
    public static Keyboard of(List<Button>... rows) {
        return new Keyboard(Arrays.asList(rows));
    }

    /** One more row below. */
    public Keyboard plus(Button... row) {
        return new Keyboard(
                Stream.concat(rows.stream(), Stream.of(List.of(row))).toList());
    }

    /** The same buttons with other labels. */
    public Keyboard relabelled(UnaryOperator<String> words) {
        return new Keyboard(rows.stream()
                .map(row ->
                        row.stream().map(button -> relabelled(button, words)).toList())
                .toList());
    }

    private static Button relabelled(Button button, UnaryOperator<String> words) {
        return switch (button) {
            case Press(var label, var data) -> new Press(words.apply(label), data);
            case Link(var label, var url) -> new Link(words.apply(label), url);
        };
    }

    /** As Telegram takes it, and as it stands in frozen bodies: with labels that are cut, once nothing is reworded any more. */
    public JsonObject json() {
        var all = new JsonArray();
        rows.forEach(row -> {
            var buttons = new JsonArray();
            row.forEach(button -> buttons.add(json(button)));
            all.add(buttons);
        });
        return new JsonObject().put("inline_keyboard", all);
    }

    private static JsonObject json(Button button) {
        var json = new JsonObject().put("text", Literal.cut(Literal.of(button.label()), LONGEST_LABEL));
        return switch (button) {
            case Press press -> json.put("callback_data", press.data().encode());
            case Link link -> json.put("url", link.url().toString());
        };
    }

    /** @throws IllegalArgumentException when it is none that {@link #json} wrote */
    public static Keyboard of(JsonObject json) {
        return new Keyboard(json.getJsonArray("inline_keyboard").stream()
                .map(JsonArray.class::cast)
                .map(row -> row.stream()
                        .map(JsonObject.class::cast)
                        .map(Keyboard::button)
                        .toList())
                .toList());
    }

    private static Button button(JsonObject json) {
        var label = json.getString("text");
        return json.containsKey("url")
                ? new Link(label, URI.create(json.getString("url")))
                : new Press(
                        label,
                        CallbackData.decode(json.getString("callback_data"))
                                .orElseThrow(() -> new IllegalArgumentException("a button of another version")));
    }
}
