package dev.plimsoll.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The wall clock of one process, moved by libfaketime where it is installed (Debian's package {@code faketime}). */
final class MovedClock {
    private final Path offset;
    private final Optional<Path> library;

    MovedClock(Path offset) throws IOException {
        this.offset = offset;
        this.library = library();
        move(Duration.ZERO);
    }

    private static Optional<Path> library() throws IOException {
        var root = Path.of("/usr/lib");
        try (var tree = Files.find(root, 4, (file, about) -> file.endsWith("faketime/libfaketimeMT.so.1"))) {
            return tree.findFirst();
        }
    }

    /** Whether there is a library to move it with. */
    boolean isThere() {
        return library.isPresent();
    }

    /**
     * For the process; empty where there is no library. Its monotonic clock goes right, and what waits by it: told to mend
     * that, the library lets a JVM's threads wait not at all.
     */
    Map<String, String> environment() {
        return library.map(file -> Map.of(
                        "LD_PRELOAD", file.toString(),
                        "FAKETIME_TIMESTAMP_FILE", offset.toString(),
                        "FAKETIME_CACHE_DURATION", "1",
                        "NO_FAKE_STAT", "1",
                        "FAKETIME_DONT_FAKE_MONOTONIC", "1",
                        "FAKETIME_FORCE_MONOTONIC_FIX", "0"))
                .orElse(Map.of());
    }

    /** Within a second. */
    void move(Duration by) throws IOException {
        var unfinished = offset.resolveSibling("clock.new");
        Files.writeString(unfinished, "%+d\n".formatted(by.toSeconds()));
        Files.move(unfinished, offset, StandardCopyOption.ATOMIC_MOVE);
    }
}
