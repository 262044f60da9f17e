package dev.plimsoll.delivery;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The key under which all others are sealed: the configured file, or one made once in the data folder, readable by its
 * owner only.
 */
@Singleton
final class MasterKey {
    private static final String GENERATED = "master-key.json";

    private final Aead aead;

    @Inject
    MasterKey(DeliveryConfig config, @ConfigProperty(name = "plimsoll.ops.data-dir") Path dataFolder)
            throws GeneralSecurityException, IOException {
        AeadConfig.register();
        var file = config.masterKeyFile().isPresent()
                ? config.masterKeyFile().get()
                : generatedOnce(dataFolder.resolve(GENERATED));
        this.aead = read(file).getPrimitive(RegistryConfiguration.get(), Aead.class);
    }

    Aead aead() {
        return aead;
    }

    private static KeysetHandle read(Path file) throws IOException {
        try {
            return TinkJsonProtoKeysetFormat.parseKeyset(Files.readString(file), InsecureSecretKeyAccess.get());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(file + " is no Tink keyset in JSON; see plimsoll.delivery.master-key-file");
        }
    }

    /** Whole or not at all, and never over a key that another process made at the same moment. */
    private static Path generatedOnce(Path file) throws IOException, GeneralSecurityException {
        if (Files.exists(file)) {
            return file;
        }
        var key = TinkJsonProtoKeysetFormat.serializeKeyset(
                KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM), InsecureSecretKeyAccess.get());
        var unfinished = Files.createTempFile(file.getParent(), GENERATED, ".new"); // made rw-------
        try (var channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(key.getBytes(StandardCharsets.UTF_8)));
            channel.force(true);
        }
        try {
            return Files.createLink(file, unfinished);
        } catch (FileAlreadyExistsException e) {
            return file;
        } finally {
            Files.delete(unfinished);
        }
    }
}
