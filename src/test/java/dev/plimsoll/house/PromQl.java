package dev.plimsoll.house;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What expressions of Prometheus refer to, and whether a running application exports it. */
public record PromQl(String text) {
    private static final Pattern SELECTOR = Pattern.compile(
            "\\b((?:plimsoll|jvm|process|system|http|sql|netty|worker|vertx)_[a-z0-9_]+)\\b(?:\\s*\\{([^}]*)})?");
    private static final Pattern MATCHER = Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)\\s*(=~|!=|!~|=)\\s*\"([^\"]*)\"");
    private static final Pattern GROUPING = Pattern.compile("\\b(?:by|without|on|ignoring)\\s*\\(([^)]*)\\)");

    /** Given by who scrapes. */
    private static final Set<String> OF_THE_TARGET =
            Set.of("job", "instance", "namespace", "pod", "service", "container", "endpoint");

    /** Names that are used. */
    public Set<String> names() {
        return Set.copyOf(
                SELECTOR.matcher(text).results().map(found -> found.group(1)).toList());
    }

    /** In a sentence each, what is not exported so. */
    public List<String> strangersTo(Exposition exported) {
        var selectors = SELECTOR.matcher(text)
                .results()
                .flatMap(found -> strange(found.group(1), found.group(2) == null ? "" : found.group(2), exported));
        return Stream.concat(selectors, groupings(exported)).distinct().toList();
    }

    private static Stream<String> strange(String name, String matchers, Exposition exported) {
        if (!exported.names().contains(name)) {
            return Stream.of("there is no metric " + name);
        }
        return MATCHER.matcher(matchers)
                .results()
                .filter(matcher -> !OF_THE_TARGET.contains(matcher.group(1)))
                .filter(matcher -> matcher.group(2).equals("=")
                        ? !exported.has(name, matcher.group(1), matcher.group(3))
                        : !exported.has(name, matcher.group(1)))
                .map(matcher -> "no series of %s has %s".formatted(name, matcher.group()));
    }

    private Stream<String> groupings(Exposition exported) {
        return GROUPING.matcher(text)
                .results()
                .flatMap(found -> Stream.of(found.group(1).split(",")))
                .map(String::strip)
                .filter(label -> !label.isEmpty() && !OF_THE_TARGET.contains(label))
                .filter(label -> names().stream().noneMatch(name -> exported.has(name, label)))
                .map(label -> "no metric of %s has the label %s".formatted(names(), label));
    }
}
