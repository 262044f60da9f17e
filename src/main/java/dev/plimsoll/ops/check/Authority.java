package dev.plimsoll.ops.check;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import java.util.UUID;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/**
 * Whose certificates are trusted.
 *
 * @param file with one or several of them, in PEM; empty for those that Java trusts
 */
record Authority(Optional<Path> file) {

    /** TLS over a connection that is open, once the other side has shown a certificate of this name. */
    Socket over(Socket plain, String host) throws IOException {
        var socket = (SSLSocket) sockets().createSocket(plain, host, plain.getPort(), true);
        var parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    private SSLSocketFactory sockets() throws IOException {
        try {
            return file.isPresent()
                    ? trusting(file.get()).getSocketFactory()
                    : SSLContext.getDefault().getSocketFactory();
        } catch (GeneralSecurityException e) {
            throw new SSLException(
                    "no certificates in " + file.map(Path::toString).orElse("Java"), e);
        }
    }

    private static SSLContext trusting(Path file) throws IOException, GeneralSecurityException {
        var trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(certificates(file));
        var context = SSLContext.getInstance("TLS");
        context.init(null, trusted.getTrustManagers(), null);
        return context;
    }

    private static KeyStore certificates(Path file) throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (var pem = Files.newInputStream(file)) {
            for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
                store.setCertificateEntry(UUID.randomUUID().toString(), certificate);
            }
        }
        return store;
    }
}
