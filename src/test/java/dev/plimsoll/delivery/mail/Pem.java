package dev.plimsoll.delivery.mail;

import io.vertx.core.net.PfxOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;

/** Certificates as operators have them. */
public final class Pem {
    private Pem() {}

    /** The certificate without its key, in a file. */
    public static Path of(PfxOptions certificate, Path folder) {
        try {
            var store = KeyStore.getInstance("PKCS12");
            store.load(
                    new ByteArrayInputStream(certificate.getValue().getBytes()),
                    certificate.getPassword().toCharArray());
            var body = Base64.getMimeEncoder()
                    .encodeToString(store.getCertificate("it").getEncoded());
            return Files.writeString(
                    folder.resolve("trusted.pem"),
                    "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n");
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
