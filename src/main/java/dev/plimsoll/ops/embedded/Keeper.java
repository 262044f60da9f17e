package dev.plimsoll.ops.embedded;

import dev.plimsoll.ops.Refused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/**
 * Keeps one server running for as long as this process lives: started again, on the same port, whenever it ends.
 *
 * <p>All of it happens on one thread that never ends, since the kernel ends the server together with the thread that started it.
 */
final class Keeper implements Runnable {
    private static final Logger LOG = Logger.getLogger(Keeper.class);
    private static final long LOOK_EVERY_MILLIS = 15;
    private static final long START_SECONDS = 60;
    private static final long RESTART_PAUSE_MILLIS = 250;
    private static final long LARGEST_LOG_BYTES = 4_000_000;

    private final Server server;
    private final CompletableFuture<Void> firstStart = new CompletableFuture<>();
    private final Semaphore stop = new Semaphore(0);
    private volatile Process running;

    private Keeper(Server server) {
        this.server = server;
    }

    /** Returns when the server takes connections. */
    static void keep(Server server) {
        Orphan.of(server).ifPresent(Orphan::stop);
        var keeper = new Keeper(server);
        var thread = new Thread(keeper, "keeper-of-" + server.name());
        thread.setDaemon(true);
        thread.setContextClassLoader(ClassLoader.getSystemClassLoader()); // it outlives the application's in tests
        thread.start();
        if (!server.diesWithUs()) {
            Runtime.getRuntime().addShutdownHook(new Thread(keeper::stop, "end-of-" + server.name()));
        }
        keeper.started();
    }

    private void started() {
        try {
            firstStart.get(START_SECONDS + 5, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new Refused(e.getCause().getMessage(), e.getCause());
        } catch (TimeoutException e) {
            throw new Refused(
                    "%s did not start within %d s; its log is %s."
                            .formatted(server.name(), START_SECONDS, server.log()),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refused("Interrupted while starting " + server.name() + ".", e);
        }
    }

    @Override
    public void run() {
        try {
            var process = start();
            firstStart.complete(null);
            while (true) {
                process.waitFor();
                LOG.warnf(
                        "embedded server ended: server=%s exit=%d, starting it again",
                        server.name(), process.exitValue());
                process = again();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | Refused e) {
            firstStart.completeExceptionally(e);
        }
    }

    private void stop() {
        stop.release();
        Optional.ofNullable(running).ifPresent(process -> Orphan.signal(server, process.pid()));
    }

    /** The pause ends early when we are told to stop. */
    private Process again() throws InterruptedException, IOException {
        while (!stop.tryAcquire(RESTART_PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
            try {
                return start();
            } catch (Refused e) {
                LOG.errorf("embedded server does not come back: server=%s why=%s", server.name(), e.getMessage());
            }
        }
        throw new InterruptedException("told to stop");
    }

    private Process start() throws IOException, InterruptedException {
        turnLog();
        var process = Commands.builder(server.command())
                .redirectOutput(ProcessBuilder.Redirect.appendTo(server.log().toFile()))
                .start();
        running = process;
        var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (!server.ready().test(process)) {
            if (process.waitFor(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new Refused("%s did not start: %s".formatted(server.name(), lastWords()));
            }
            if (System.nanoTime() > deadline) {
                process.destroyForcibly();
                throw new Refused("%s is not ready after %d s; its log is %s."
                        .formatted(server.name(), START_SECONDS, server.log()));
            }
        }
        return process;
    }

    private void turnLog() throws IOException {
        var log = server.log();
        if (Files.exists(log) && Files.size(log) > LARGEST_LOG_BYTES) {
            Files.move(log, log.resolveSibling(log.getFileName() + ".old"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private String lastWords() throws IOException {
        var lines = Files.readAllLines(server.log());
        var last = lines.subList(Math.max(0, lines.size() - 3), lines.size());
        return String.join(" | ", last) + " (all of it: " + server.log() + ")";
    }
}
