package dev.plimsoll.api;

import io.vertx.core.MultiMap;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Whom proxies say a request came from, the farthest first: by {@code X-Forwarded-For}, or by {@code Forwarded} where there is
 * none of those.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7239">RFC 7239, Forwarded HTTP Extension</a>
 */
final class Forwarded {
    private static final Pattern FOR = Pattern.compile("(?i)(?:^|;)\\s*for\\s*=\\s*\"?([^\";]*)\"?");

    /** With a port, and an IPv6 address in brackets. */
    private static final Pattern NODE = Pattern.compile("\\[([^]]*)](?::\\w+)?|([^:\\[]+)(?::\\w+)?");

    private Forwarded() {}

    static List<String> hops(MultiMap headers) {
        var said = headers.getAll("X-Forwarded-For");
        return said.isEmpty()
                ? split(headers.getAll("Forwarded")).map(Forwarded::node).toList()
                : split(said).map(Forwarded::bare).toList();
    }

    private static Stream<String> split(List<String> values) {
        return Arrays.stream(String.join(",", values).split(",")).map(String::strip);
    }

    /** An element without {@code for} is a hop all the same, of an unknown address. */
    private static String node(String element) {
        var found = FOR.matcher(element);
        return found.find() ? bare(found.group(1).strip()) : "unknown";
    }

    private static String bare(String node) {
        var form = NODE.matcher(node);
        if (!form.matches()) {
            return node;
        }
        return form.group(1) == null ? form.group(2) : form.group(1);
    }
}
