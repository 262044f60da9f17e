package dev.plimsoll.bench;

import dev.plimsoll.crash.CrashRun;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.util.List;

/**
 * {@code bench crash [rounds] [seed]}: kills the packaged service or its PostgreSQL once a round, a hundred times unless
 * told otherwise, and prints what was lost and what came twice. Ends with 1 when anything was lost.
 */
public final class CrashBench {
    private static final int ROUNDS = 100;

    private CrashBench() {}

    public static void main(String... args) throws Exception {
        if (!run(List.of(args))) {
            System.exit(1);
        }
    }

    /** False when anything was lost, or came twice without having been in flight at a kill. */
    static boolean run(List<String> args) throws Exception {
        var rounds = args.isEmpty() ? ROUNDS : Integer.parseInt(args.get(0));
        var seed = args.size() < 2 ? System.nanoTime() : Long.parseLong(args.get(1));
        try (var run = new CrashRun(Files.createTempDirectory("plimsoll-crash-"), seed, System.out)) {
            var reckoning = run.run(rounds);
            System.out.println(new JsonObject()
                    .put("program", "crash")
                    .put("seed", seed)
                    .put("rounds", rounds)
                    .put("notices", reckoning.notices())
                    .put("delivered", reckoning.delivered())
                    .put("lost", new JsonArray(reckoning.lost()))
                    .put(
                            "duplicatedInFlight",
                            reckoning.duplicates() - reckoning.unexcused().size())
                    .put("duplicatedOtherwise", new JsonArray(reckoning.unexcused()))
                    .encode());
            return reckoning.lost().isEmpty() && reckoning.unexcused().isEmpty();
        }
    }
}
