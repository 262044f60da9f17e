package dev.plimsoll.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A tmpfs of a few hundred megabytes, where this machine lets us mount one. */
final class SmallDisk implements AutoCloseable {
    private static final int MEGABYTES = 512;

    private final Path folder;

    private SmallDisk(Path folder) {
        this.folder = folder;
    }

    /** Empty where it cannot be done: only root may. The folder is there in either case. */
    static Optional<SmallDisk> mounted(Path folder) throws IOException {
        Files.createDirectories(folder);
        return run("mount", "-t", "tmpfs", "-o", "mode=0700,size=" + MEGABYTES + "m", "tmpfs", folder.toString())
                ? Optional.of(new SmallDisk(folder))
                : Optional.empty();
    }

    /** Not a byte more fits. */
    void fill() throws IOException {
        var block = new byte[1 << 16];
        try (var out = Files.newOutputStream(ballast())) {
            while (true) {
                out.write(block);
            }
        } catch (IOException full) {
            if (Files.getFileStore(folder).getUsableSpace() > block.length) {
                throw full;
            }
        }
    }

    void free() throws IOException {
        Files.deleteIfExists(ballast());
    }

    private Path ballast() {
        return folder.resolve("ballast");
    }

    @Override
    public void close() {
        if (!run("umount", folder.toString())) {
            throw new IllegalStateException(folder + " is still in use");
        }
    }

    private static boolean run(String... command) {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException("interrupted at " + String.join(" ", command), e));
        }
    }
}
