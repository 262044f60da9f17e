package dev.plimsoll.ops.embedded;

import dev.plimsoll.ops.Refused;
import java.io.BufferedInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * The servers' programs, unpacked once into a folder that several Plimsolls may share.
 *
 * <p>Each is unpacked beside its place and renamed into it, so whoever looks sees it whole or not at all.
 */
final class Binaries {
    private static final String POSTGRES = "postgresql-18.4";
    private static final String SYSTEM = System.getProperty("os.name").startsWith("Mac") ? "darwin" : "linux";
    private static final boolean ARM = System.getProperty("os.arch").equals("aarch64");

    private final Path folder;

    Binaries(Path folder) {
        this.folder = folder;
    }

    /**
     * Refuses what this build does not bring along: a container's brings none, and each brings those of its own systems.
     *
     * @param postgres whether PostgreSQL is wanted
     * @param redis    whether Redis is wanted
     */
    void require(boolean postgres, boolean redis) {
        var absent = Stream.of(
                        absent(postgres, POSTGRES, postgresResource(), "PostgreSQL in plimsoll.ops.database-url"),
                        absent(redis, redisResource(), redisResource(), "Redis in plimsoll.ops.redis-url"))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(" and your "));
        if (!absent.isEmpty()) {
            throw new Refused("This build brings no server along for %s on %s: name your %s."
                    .formatted(System.getProperty("os.name"), System.getProperty("os.arch"), absent));
        }
    }

    private Optional<String> absent(boolean wanted, String unpacked, String resource, String place) {
        return Optional.of(place)
                .filter(any -> wanted && !Files.exists(folder.resolve(unpacked)))
                .filter(any -> Binaries.class.getResource("/" + resource) == null);
    }

    private static String postgresResource() {
        return "postgres-%s-%s.txz".formatted(SYSTEM, ARM ? "arm_64" : "x86_64");
    }

    /** The folder that holds PostgreSQL's {@code bin}, {@code lib} and {@code share}. */
    Path postgres() throws IOException {
        var home = folder.resolve(POSTGRES);
        if (!Files.exists(home)) {
            var unfinished = temporary(POSTGRES);
            try (var packed = resource(postgresResource());
                    var tar = new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(packed)))) {
                unpack(tar, unfinished);
            }
            settle(unfinished, home);
        }
        return home;
    }

    /** The Redis server's program. */
    Path redis() throws IOException {
        var name = redisResource();
        var home = folder.resolve(name);
        if (!Files.exists(home)) {
            var unfinished = temporary(name);
            try (var packed = resource(name)) {
                write(packed, unfinished.resolve("redis-server"), true);
            }
            settle(unfinished, home);
        }
        return home.resolve("redis-server");
    }

    private static String redisResource() {
        var version = SYSTEM.equals("linux") && ARM ? "6.2.7" : "6.2.6-v5";
        return "redis-server-%s-%s-%s".formatted(version, SYSTEM, ARM ? "arm64" : "amd64");
    }

    private static InputStream resource(String name) throws IOException {
        return Optional.ofNullable(Binaries.class.getResourceAsStream("/" + name))
                .orElseThrow(() -> new FileNotFoundException(name));
    }

    private Path temporary(String name) throws IOException {
        Files.createDirectories(folder);
        return Files.createTempDirectory(
                folder, name, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    }

    private static void unpack(TarArchiveInputStream tar, Path into) throws IOException {
        for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
            var target = into.resolve(entry.getName()).normalize();
            if (!target.startsWith(into)) {
                throw new IOException("entry outside of its archive: " + entry.getName());
            }
            if (entry.isDirectory()) {
                Files.createDirectories(target);
            } else if (entry.isSymbolicLink()) {
                Files.createDirectories(target.getParent());
                Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
            } else {
                write(tar, target, (entry.getMode() & 0100) != 0);
            }
        }
    }

    private static void write(InputStream in, Path target, boolean executable) throws IOException {
        Files.createDirectories(target.getParent());
        Files.copy(in, target);
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
    }

    private static void settle(Path unfinished, Path home) throws IOException {
        try {
            Files.move(unfinished, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            if (!Files.exists(home)) {
                throw e;
            }
            Trees.delete(unfinished); // another Plimsoll was faster; its copy is the same
        }
    }
}
