package dev.plimsoll.telegram;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Reads HTML as Telegram does: a few tags, a few entities, everything else literally or not at all.
 *
 * @param text     without markup
 * @param entities what is marked in it
 */
record Markup(String text, List<Entity> entities) {
    private static final Set<String> TAGS = Set.of(
            "a", "b", "strong", "i", "em", "s", "strike", "del", "u", "ins", "tg-spoiler", "code", "pre", "blockquote");
    private static final Map<String, String> NAMES =
            Map.of("strong", "b", "em", "i", "strike", "s", "del", "s", "ins", "u");
    private static final Map<String, String> ENTITIES = Map.of("lt", "<", "gt", ">", "amp", "&", "quot", "\"");

    /** @param offset and length in UTF-16 units */
    record Entity(String tag, int offset, int length, String url) {}

    static Markup plain(String text) {
        return new Markup(text, List.of());
    }

    static Markup html(String html) {
        return new Reader(html).read();
    }

    private record Open(String tag, int offset, String attribute, int at) {

        private Entity entity(int end) {
            var name = tag.equals("blockquote") && attribute.equals("expandable")
                    ? "expandable_blockquote"
                    : NAMES.getOrDefault(tag, tag);
            return new Entity(name, offset, end - offset, tag.equals("a") ? attribute : "");
        }
    }

    private static final class Reader {
        private final String html;
        private final StringBuilder text = new StringBuilder();
        private final Deque<Open> open = new ArrayDeque<>();
        private final List<Entity> entities = new ArrayList<>();
        private int at;

        private Reader(String html) {
            this.html = html;
        }

        private Markup read() {
            while (at < html.length()) {
                switch (html.charAt(at)) {
                    case '<' -> tag();
                    case '&' -> entity();
                    default -> text.append(html.charAt(at++));
                }
            }
            if (!open.isEmpty()) {
                throw unparsable("Can't find end tag corresponding to start tag \""
                        + open.peek().tag() + "\"");
            }
            return new Markup(text.toString(), List.copyOf(entities));
        }

        private void tag() {
            var begin = at;
            var end = html.indexOf('>', at);
            if (end < 0) {
                throw unparsable("Unclosed start tag at byte offset " + bytes(begin));
            }
            var inside = html.substring(at + 1, end);
            at = end + 1;
            if (inside.startsWith("/")) {
                close(inside.substring(1).strip().toLowerCase(Locale.ROOT), begin);
            } else {
                start(inside, begin);
            }
        }

        private void start(String inside, int begin) {
            var words = inside.split("\\s+", 2);
            var name = words[0].toLowerCase(Locale.ROOT);
            if (!TAGS.contains(name)) {
                throw unparsable("Unsupported start tag \"" + name + "\" at byte offset " + bytes(begin));
            }
            var attribute = words.length > 1 ? words[1].replaceFirst("^href=\"(.*)\"$", "$1") : "";
            open.push(new Open(name, text.length(), attribute.replace("&amp;", "&"), begin));
        }

        private void close(String name, int begin) {
            if (open.isEmpty()) {
                throw unparsable("Unexpected end tag at byte offset " + bytes(begin));
            }
            var last = open.pop();
            if (!name.isEmpty() && !name.equals(last.tag())) {
                throw unparsable("Unmatched end tag at byte offset %d, expected \"</%s>\", found \"</%s>\""
                        .formatted(bytes(begin), last.tag(), name));
            }
            if (text.length() > last.offset()) {
                entities.add(last.entity(text.length()));
            }
        }

        private void entity() {
            var end = html.indexOf(';', at);
            var name = end < 0 ? "" : html.substring(at + 1, end);
            if (ENTITIES.containsKey(name)) {
                text.append(ENTITIES.get(name));
                at = end + 1;
            } else if (name.matches("#\\d{1,7}|#x[0-9a-fA-F]{1,6}")) {
                text.appendCodePoint(
                        name.startsWith("#x")
                                ? Integer.parseInt(name.substring(2), 16)
                                : Integer.parseInt(name.substring(1)));
                at = end + 1;
            } else {
                text.append(html.charAt(at++));
            }
        }

        private int bytes(int units) {
            return html.substring(0, units).getBytes(StandardCharsets.UTF_8).length;
        }

        private static Refusal unparsable(String why) {
            return Refusal.bad("can't parse entities: " + why);
        }
    }
}
