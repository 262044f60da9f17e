package dev.plimsoll.crash;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Signals that the JDK cannot send. */
final class Signals {
    private Signals() {}

    /** @param name without SIG; to a process that is gone it does nothing */
    static void send(String name, ProcessHandle process) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
