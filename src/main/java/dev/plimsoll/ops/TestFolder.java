package dev.plimsoll.ops;

import java.nio.file.Path;

/** Where a test run keeps its data: below the build's folder, one for each process, so that every run starts afresh. */
final class TestFolder {
    private TestFolder() {}

    static Path path() {
        var process = ProcessHandle.current();
        var started =
                process.info().startInstant().map(start -> start.toEpochMilli()).orElse(0L);
        return Path.of("target", "test-data", process.pid() + "-" + started).toAbsolutePath();
    }
}
