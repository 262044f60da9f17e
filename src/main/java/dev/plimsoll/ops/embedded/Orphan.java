package dev.plimsoll.ops.embedded;

import dev.plimsoll.ops.Refused;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A server of a Plimsoll that is gone, still running on our folder. It is stopped, never adopted. */
record Orphan(Server server, ProcessHandle process) {
    private static final long PATIENCE_SECONDS = 10;

    /** Pids are reused: only a process whose command line names the server's mark counts. */
    static Optional<Orphan> of(Server server) {
        return recorded(server)
                .flatMap(ProcessHandle::of)
                .filter(process -> commandLine(process).contains(server.mark().toString()))
                .map(process -> new Orphan(server, process));
    }

    void stop() {
        signal(server, process.pid());
        if (!gone()) {
            process.destroyForcibly();
            if (!gone()) {
                throw new Refused(
                        "An older %s (pid %d) does not end: end it by hand.".formatted(server.name(), process.pid()));
            }
        }
    }

    /** Whether the process is still there to hear it does not matter. */
    static void signal(Server server, long pid) {
        Commands.succeeds("kill", "-" + server.stopSignal(), Long.toString(pid));
    }

    private boolean gone() {
        try {
            process.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static Optional<Long> recorded(Server server) {
        if (!Files.exists(server.pidFile())) {
            return Optional.empty();
        }
        try (var lines = Files.lines(server.pidFile())) {
            return lines.findFirst()
                    .map(String::strip)
                    .filter(line -> line.matches("\\d{1,9}"))
                    .map(Long::valueOf);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String commandLine(ProcessHandle process) {
        return process.info().commandLine().orElse("");
    }
}
