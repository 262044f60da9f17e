package dev.plimsoll.wire;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Self-signed certificates for real TLS servers, made by the JDK's own keytool. */
public final class Certificates {
    private Certificates() {}

    /** Key and certificate for this name; also serves as the trust store that believes it. */
    public static PfxOptions selfSigned(String name) {
        try {
            var folder = Files.createTempDirectory("plimsoll-cert");
            var store = folder.resolve("store.p12");
            var keytool = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "keytool")
                                    .toString(),
                            "-genkeypair",
                            "-keyalg",
                            "EC",
                            "-alias",
                            "it",
                            "-dname",
                            "CN=" + name,
                            "-ext",
                            "SAN=dns:" + name,
                            "-validity",
                            "2",
                            "-storetype",
                            "PKCS12",
                            "-storepass",
                            "changeit",
                            "-keystore",
                            store.toString())
                    .redirectErrorStream(true)
                    .start();
            var said = new String(keytool.getInputStream().readAllBytes());
            if (keytool.waitFor() != 0) {
                throw new IllegalStateException("keytool: " + said);
            }
            var bytes = Files.readAllBytes(store);
            Files.delete(store);
            Files.delete(folder);
            return new PfxOptions().setPassword("changeit").setValue(Buffer.buffer(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
