package dev.plimsoll.account.seal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.util.Optional;

/**
 * Where the master keys are: in the configured file, or in one in the data folder, readable by its owner only.
 *
 * @param configured somebody chose the path: then we make no key there by ourselves
 */
public record MasterKeyFile(Path path, boolean configured) {
    /** The setting that names the file. */
    public static final String SETTING = "plimsoll.delivery.master-key-file";

    private static final String GENERATED = "master-key.json";

    public static MasterKeyFile of(Optional<Path> configured, Path dataFolder) {
        return configured
                .map(path -> new MasterKeyFile(path, true))
                .orElseGet(() -> new MasterKeyFile(dataFolder.resolve(GENERATED), false));
    }

    /** Whether there is anything; where not, and nobody chose the path, a key may be made. */
    public boolean isThere() {
        return Files.exists(path);
    }

    /** @throws Unusable with a sentence for the operator */
    public MasterKeys read() {
        try {
            return MasterKeys.parse(Files.readString(path));
        } catch (NoSuchFileException e) {
            throw new Unusable(
                    ("The master key file %s is not there: put it back from your copy, or correct %s. For a new"
                                    + " installation ./plimsoll key new makes one.")
                            .formatted(path, SETTING));
        } catch (IOException e) {
            throw new Unusable("The master key file %s cannot be read (%s): let the user Plimsoll runs as read it."
                    .formatted(path, e.getClass().getSimpleName()));
        } catch (GeneralSecurityException e) {
            throw new Unusable(
                    "The master key file %s is no Tink keyset in JSON with keys for AEAD: put it back from your copy."
                            .formatted(path));
        }
    }

    /** Instead of what is there, whole or not at all. */
    public void write(MasterKeys keys) throws IOException {
        Files.move(unfinished(keys), path, StandardCopyOption.ATOMIC_MOVE);
    }

    /** A first key, unless another process made one at the same moment. */
    public MasterKeyFile generatedOnce() throws IOException {
        if (isThere()) {
            return this;
        }
        var unfinished = unfinished(MasterKeys.generate());
        try {
            Files.createLink(path, unfinished);
        } catch (FileAlreadyExistsException e) {
            return this;
        } finally {
            Files.delete(unfinished);
        }
        return this;
    }

    private Path unfinished(MasterKeys keys) throws IOException {
        var file = Files.createTempFile(path.toAbsolutePath().getParent(), GENERATED, ".new"); // made rw-------
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(keys.json().getBytes(StandardCharsets.UTF_8)));
            channel.force(true);
        }
        return file;
    }

    /** There are no keys to be had from it. The message is a sentence for the operator. */
    public static final class Unusable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unusable(String sentence) {
            super(sentence);
        }
    }
}
