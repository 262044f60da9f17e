package dev.plimsoll.ops;

import dev.plimsoll.api.BundleText;
import dev.plimsoll.ops.check.Asking;
import dev.plimsoll.ops.provisioning.BundleFiles;
import dev.plimsoll.wire.Reply;
import dev.plimsoll.wire.WireConfig;
import dev.plimsoll.wire.WireFailure;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code ./plimsoll apply -f bundle.yaml}: makes the account of an API key equal to a file, and prints what changed. */
final class Apply {
    private static final String USAGE =
            "say ./plimsoll apply -f bundle.yaml [--url=http://localhost:8080] [--dry-run], with the account's API key in"
                    + " PLIMSOLL_API_KEY.";
    private static final String USUAL_URL = "http://localhost:8080";

    private final Map<String, String> environment;
    private final WireConfig wire;

    Apply(Map<String, String> environment, WireConfig wire) {
        this.environment = Map.copyOf(environment);
        this.wire = wire;
    }

    /** @param key of the account; secret */
    private record Wish(Path file, URI url, String key) {}

    /** What it came to, line by line; {@code failed} is the exit code. */
    record Outcome(List<String> lines, boolean failed) {}

    Outcome run(List<String> words) {
        var wish = wish(words);
        var body = Buffer.buffer(BundleText.json(BundleFiles.read(wish.file())));
        var headers = Map.of("Authorization", "Bearer " + wish.key(), "Content-Type", "application/json");
        return new Asking(wire)
                .all(http -> List.of(http.put(wish.url(), headers, body, Asking.LIMITS)
                        .map(Apply::outcome)
                        .onFailure(WireFailure.class)
                        .recoverWithItem(failure -> new Outcome(
                                List.of("%s does not answer: %s."
                                        .formatted(wish.url().getHost(), failure.getMessage())),
                                true))))
                .getFirst();
    }

    private Wish wish(List<String> words) {
        var known = words.stream()
                .allMatch(word -> word.equals("-f")
                        || word.equals("--dry-run")
                        || word.startsWith("--url=")
                        || word.startsWith("--file=")
                        || words.indexOf(word) == words.indexOf("-f") + 1 && words.contains("-f"));
        var file = value(words, "--file=").or(() -> after(words, "-f")).map(Path::of);
        if (!known || file.isEmpty()) {
            throw new Refused("There is something to apply, and a place to apply it to: " + USAGE);
        }
        var key = Optional.ofNullable(environment.get("PLIMSOLL_API_KEY"))
                .filter(said -> !said.isBlank())
                .orElseThrow(() -> new Refused("The account's API key is missing: " + USAGE));
        var base = value(words, "--url=").orElse(USUAL_URL).replaceFirst("/+$", "");
        if (!base.matches("https?://[^/?#@]+(/[^?#]*)?")) {
            throw new Refused("--url is the address of a Plimsoll, such as https://plimsoll.example.");
        }
        return new Wish(
                file.get(),
                URI.create(base + "/api/v1/account/bundle?dryRun=" + words.contains("--dry-run")),
                key.strip());
    }

    private static Optional<String> value(List<String> words, String option) {
        return words.stream()
                .filter(word -> word.startsWith(option))
                .map(word -> word.substring(option.length()))
                .findFirst();
    }

    private static Optional<String> after(List<String> words, String option) {
        var at = words.indexOf(option);
        return at >= 0 && at + 1 < words.size() ? Optional.of(words.get(at + 1)) : Optional.empty();
    }

    private static Outcome outcome(Reply reply) {
        try {
            var answer = new JsonObject(reply.body());
            return reply.isSuccess() ? new Outcome(changes(answer), false) : new Outcome(faults(answer), true);
        } catch (DecodeException notPlimsoll) {
            return new Outcome(
                    List.of("What answered, with HTTP status %d, is no Plimsoll.".formatted(reply.status())), true);
        }
    }

    private static List<String> changes(JsonObject answer) {
        var would = answer.getBoolean("dryRun", false) ? "would " : "";
        var changes = objects(answer.getJsonArray("changes", new JsonArray()))
                .map(change -> "%s%s %s %s"
                        .formatted(would, change.getString("do"), change.getString("kind"), change.getString("name")))
                .toList();
        var secrets = answer.getJsonObject("secrets", new JsonObject()).stream()
                .map(entry -> "secret of channel %s, shown once: %s".formatted(entry.getKey(), entry.getValue()));
        return changes.isEmpty()
                ? List.of("nothing to change")
                : Stream.concat(changes.stream(), secrets).toList();
    }

    private static List<String> faults(JsonObject problem) {
        var faults = objects(problem.getJsonArray("errors", new JsonArray()))
                .map(fault -> "%s: %s".formatted(fault.getString("pointer"), fault.getString("detail")))
                .toList();
        return faults.isEmpty() ? List.of(problem.getString("detail", problem.getString("title", "refused"))) : faults;
    }

    private static Stream<JsonObject> objects(JsonArray array) {
        return array.stream().filter(JsonObject.class::isInstance).map(JsonObject.class::cast);
    }

    /** Prints what came of it, and returns the exit code. */
    static int main(String... words) {
        try {
            var wire = Settings.mapped(Settings.read(), WireConfig.class);
            var outcome = new Apply(System.getenv(), wire).run(Arrays.asList(words));
            outcome.lines().forEach(outcome.failed() ? System.err::println : System.out::println);
            return outcome.failed() ? 1 : 0;
        } catch (Refused e) {
            System.err.println("Plimsoll applies nothing. " + e.getMessage());
            return 2;
        }
    }
}
