package dev.plimsoll.ops.check;

import dev.plimsoll.ops.check.Finding.Fault;
import dev.plimsoll.ops.check.Finding.Fine;
import dev.plimsoll.ops.check.Finding.Weak;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Whether there is room where Plimsoll keeps its own data: without it an embedded database takes nothing more. */
record DiskCheck(Path folder) {
    private static final String SUBJECT = "disk";
    private static final long MEGABYTE = 1L << 20;
    private static final long LEAST = 200 * MEGABYTE;
    private static final long ENOUGH = 2_048 * MEGABYTE;

    Finding finding() {
        if (!Files.isWritable(folder)) {
            return new Fault(
                    SUBJECT,
                    "%s cannot be written to: let this user own it, or set plimsoll.ops.data-dir.".formatted(folder));
        }
        try {
            return finding(Files.getFileStore(folder).getUsableSpace());
        } catch (IOException e) {
            return new Fault(
                    SUBJECT,
                    "How much room %s has cannot be read (%s): is its disk there?"
                            .formatted(folder, e.getClass().getSimpleName()));
        }
    }

    /** @param free bytes */
    Finding finding(long free) {
        var shown = String.format(Locale.ROOT, "%,d MB", free / MEGABYTE);
        if (free < LEAST) {
            return new Fault(
                    SUBJECT,
                    "Only %s are free at %s: make room, a full disk holds up every alert.".formatted(shown, folder));
        }
        return free < ENOUGH
                ? new Weak(SUBJECT, "%s are free at %s: make room before it is full.".formatted(shown, folder))
                : new Fine(SUBJECT, "%s free at %s".formatted(shown, folder));
    }
}
