package dev.plimsoll.ops;

import java.nio.file.Path;

/** Where a test run keeps its data: below the build's folder, one for each process. */
final class TestFolder {
    private static final Path PARENT = Path.of("target", "test-data").toAbsolutePath();

    private TestFolder() {}

    static Path path() {
        return PARENT.resolve(Long.toString(ProcessHandle.current().pid()) + "-"
                + ProcessHandle.current()
                        .info()
                        .startInstant()
                        .map(start -> start.toEpochMilli())
                        .orElse(0L));
    }
}
