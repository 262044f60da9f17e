package dev.plimsoll.delivery.mail;

import io.vertx.core.net.PfxOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;

/** Certificates as operators have them. */
public final class Pem {
    private Pem() {}

    /** The certificate without its key, in a file. */
    public static Path of(PfxOptions certificate, Path folder) {
        try {
            return written(
                    folder.resolve("trusted.pem"),
                    "CERTIFICATE",
                    store(certificate).getCertificate("it").getEncoded());
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Its key, in a file that nobody else may read. */
    public static Path keyOf(PfxOptions certificate, Path folder) {
        try {
            var password = certificate.getPassword().toCharArray();
            var key = store(certificate).getKey("it", password).getEncoded();
            var file = written(folder.resolve("key.pem"), "PRIVATE KEY", key);
            return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyStore store(PfxOptions certificate) throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(
                new ByteArrayInputStream(certificate.getValue().getBytes()),
                certificate.getPassword().toCharArray());
        return store;
    }

    private static Path written(Path file, String what, byte[] encoded) throws IOException {
        var body = Base64.getMimeEncoder().encodeToString(encoded);
        return Files.writeString(file, "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(what, body));
    }
}
