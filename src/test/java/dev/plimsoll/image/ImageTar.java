package dev.plimsoll.image;

import io.vertx.core.json.JsonObject;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** The image that Jib made, on an empty base: an OCI image layout in a tar. */
record ImageTar(Path folder) {
    /** Made before these tests: see the execution {@code for-tests} in pom.xml. */
    static final Path MADE = Path.of("target", "image", "test.tar");

    static ImageTar unpackedInto(Path folder) throws IOException {
        try (var tar = new TarArchiveInputStream(new BufferedInputStream(Files.newInputStream(MADE)))) {
            unpack(tar, folder);
        }
        return new ImageTar(folder);
    }

    /** What a container runtime is told. */
    JsonObject settings() throws IOException {
        return read(blob(manifest().getJsonObject("config"))).getJsonObject("config");
    }

    /** Lays its layers over each other. */
    void layInto(Path root) throws IOException {
        for (var layer : layers()) {
            try (var tar = new TarArchiveInputStream(
                    new GZIPInputStream(new BufferedInputStream(Files.newInputStream(layer))))) {
                unpack(tar, root);
            }
        }
    }

    private List<Path> layers() throws IOException {
        return manifest().getJsonArray("layers").stream()
                .map(layer -> blob((JsonObject) layer))
                .toList();
    }

    private JsonObject manifest() throws IOException {
        return read(blob(
                read(folder.resolve("index.json")).getJsonArray("manifests").getJsonObject(0)));
    }

    private Path blob(JsonObject descriptor) {
        return folder.resolve("blobs").resolve(descriptor.getString("digest").replace(':', '/'));
    }

    private static JsonObject read(Path file) throws IOException {
        return new JsonObject(Files.readString(file));
    }

    private static void unpack(TarArchiveInputStream tar, Path into) throws IOException {
        for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
            var target = into.resolve(entry.getName().replaceFirst("^/", "")).normalize();
            if (entry.isDirectory()) {
                Files.createDirectories(target);
                continue;
            }
            Files.createDirectories(target.getParent());
            if (entry.isSymbolicLink()) {
                Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
            } else {
                Files.copy(tar, target);
                target.toFile().setExecutable((entry.getMode() & 1) != 0, false);
                target.toFile().setReadable((entry.getMode() & 4) != 0, false);
                target.toFile().setLastModified(entry.getLastModifiedDate().getTime());
            }
        }
    }
}
