package dev.plimsoll.ops.embedded;

import dev.plimsoll.ops.Refused;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;

/**
 * Where one Plimsoll keeps what must survive a restart: the embedded servers' data, their passwords, the lock.
 *
 * <p>The path is absolute and free of symbolic links, because orphans are recognised by it. Only its owner may look inside.
 */
public record DataFolder(Path path) {

    /** Made if it is not there. */
    public static DataFolder open(Path path) {
        try {
            Files.createDirectories(
                    path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            return new DataFolder(path.toRealPath());
        } catch (IOException e) {
            throw new Refused(
                    "The data folder %s cannot be made (%s): set plimsoll.ops.data-dir to a folder you may write to."
                            .formatted(path, e.getClass().getSimpleName()),
                    e);
        }
    }

    /** {@code $XDG_DATA_HOME/plimsoll}, or {@code ~/.local/share/plimsoll} without it. */
    public static Path usual(Map<String, String> environment) {
        return Optional.ofNullable(environment.get("XDG_DATA_HOME"))
                .filter(home -> home.startsWith("/"))
                .map(Path::of)
                .orElseGet(() -> home(environment).resolve(".local/share"))
                .resolve("plimsoll");
    }

    private static Path home(Map<String, String> environment) {
        return Optional.ofNullable(environment.get("HOME"))
                .filter(home -> home.startsWith("/"))
                .map(Path::of)
                .orElseThrow(
                        () -> new Refused(
                                "There is no home folder to keep data in: set plimsoll.ops.data-dir to a folder you may write to."));
    }

    public Path resolve(String name) {
        return path.resolve(name);
    }

    /** Writes a file only its owner may read, whole or not at all. */
    void write(String name, byte[] content) throws IOException {
        var unfinished = Files.createTempFile(path, name, ".new"); // made rw-------
        try (var channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(content));
            channel.force(true);
        }
        Files.move(unfinished, resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }
}
