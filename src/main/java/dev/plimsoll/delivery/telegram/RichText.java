package dev.plimsoll.delivery.telegram;

import io.vertx.core.json.JsonArray;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * What a message says: words, each in one style. Users' words appear as they are, whatever they hold, because markup is only
 * made of it when it is sent.
 *
 * @see <a href="https://core.telegram.org/bots/api#html-style">HTML style</a>
 */
public record RichText(List<Run> runs) {
    /** What Telegram takes at most, in UTF-16 units without markup. */
    public static final int MAX_LENGTH = 4_096;

    public static final RichText EMPTY = new RichText(List.of());
    private static final String ELLIPSIS = "…";

    public RichText {
        runs = runs.stream().filter(run -> !run.text().isEmpty()).toList();
    }

    /** How words look. */
    public enum Style {
        PLAIN(""),
        BOLD("b"),
        ITALIC("i"),
        CODE("code"),
        QUOTE("blockquote"),
        /** A quotation of which three lines are shown until its reader opens it; of Bot API 7.3. */
        FOLDED("blockquote expandable");

        private final String tag;

        Style(String tag) {
            this.tag = tag;
        }

        private String marked(String html) {
            return this == PLAIN ? html : "<" + tag + ">" + html + "</" + tag.split(" ")[0] + ">";
        }
    }

    /** @param text as Telegram shows it, see {@link Literal} */
    public record Run(Style style, String text, Optional<URI> link) {
        public Run {
            text = Literal.of(text);
        }

        private String html() {
            var linked = link.map(url -> "<a href=\"" + escape(url.toString()) + "\">" + escape(text) + "</a>")
                    .orElseGet(() -> escape(text));
            return style.marked(linked);
        }

        private Run cut(int units) {
            return new Run(style, Literal.cut(text, units), link);
        }
    }

    public static RichText plain(String text) {
        return styled(Style.PLAIN, text);
    }

    public static RichText bold(String text) {
        return styled(Style.BOLD, text);
    }

    public static RichText code(String text) {
        return styled(Style.CODE, text);
    }

    public static RichText styled(Style style, String text) {
        return new RichText(List.of(new Run(style, text, Optional.empty())));
    }

    /** @param url http, https or tg */
    public static RichText link(String text, URI url) {
        return new RichText(List.of(new Run(Style.PLAIN, text, Optional.of(url))));
    }

    /** One below the other. */
    public static RichText lines(List<RichText> lines) {
        return lines.stream()
                .reduce((above, below) -> above.plus("\n").plus(below))
                .orElse(EMPTY);
    }

    public RichText plus(RichText more) {
        var all = new ArrayList<>(runs);
        all.addAll(more.runs);
        return new RichText(all);
    }

    /** The same in other words, which keep their styles. */
    public RichText reworded(UnaryOperator<String> words) {
        return new RichText(runs.stream()
                .map(run -> new Run(run.style(), words.apply(run.text()), run.link()))
                .toList());
    }

    public RichText plus(String more) {
        return plus(plain(more));
    }

    /** With markup. */
    public String html() {
        return runs.stream().map(Run::html).collect(Collectors.joining());
    }

    /** Without. */
    public String plain() {
        return runs.stream().map(Run::text).collect(Collectors.joining());
    }

    /** In UTF-16 units, as Telegram counts. */
    public int length() {
        return runs.stream().mapToInt(run -> run.text().length()).sum();
    }

    /** No longer than this, in UTF-16 units: cut between two characters, with an ellipsis. */
    public RichText cut(int most) {
        if (length() <= most) {
            return this;
        }
        var kept = new ArrayList<Run>();
        var room = most - ELLIPSIS.length();
        for (var run : runs) {
            kept.add(run.cut(room));
            room = Math.max(0, room - run.text().length());
        }
        return new RichText(kept).plus(ELLIPSIS);
    }

    /** For a frozen body. */
    public JsonArray json() {
        return RichTextJson.write(this);
    }

    /** @throws IllegalArgumentException when it is no text that {@link #json} wrote */
    public static RichText of(JsonArray json) {
        return RichTextJson.read(json);
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
