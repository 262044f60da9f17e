package dev.plimsoll.ops.embedded;

import dev.plimsoll.ops.Refused;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Short commands of the system, run to their end. */
final class Commands {
    private static final int LONGEST_SECONDS = 120;

    private Commands() {}

    static boolean succeeds(String... command) {
        try {
            var process = builder(List.of(command))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return finished(process) && process.exitValue() == 0;
        } catch (IOException e) {
            return false; // not there: that is the answer
        }
    }

    /** Runs the command; a failure is a refusal that starts with what and ends with what the command said last. */
    static void run(String what, List<String> command) throws IOException {
        var process = builder(command).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!finished(process) || process.exitValue() != 0) {
            throw new Refused(what + ": " + said.strip().replaceAll("\\s*\\R\\s*", " | "));
        }
    }

    /** Without the caller's PostgreSQL settings, which would reach our servers, and with messages in English. */
    static ProcessBuilder builder(List<String> command) {
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("PG") || name.startsWith("LC_"));
        builder.environment().put("LC_ALL", "C");
        builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        return builder;
    }

    private static boolean finished(Process process) {
        try {
            if (process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
                return true;
            }
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        return false;
    }
}
