package dev.plimsoll.ops.check;

import dev.plimsoll.ops.check.Finding.Fault;
import dev.plimsoll.ops.check.Finding.Fine;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;

/** Whether Redis answers a PING. Its loss is no alert's loss, so the sentence says so. */
record RedisCheck(URI url, Optional<String> password) {
    private static final int PATIENCE_MILLIS = 3_000;
    private static final int USUAL_PORT = 6379;

    Finding finding() {
        var place = url.getHost() + ":" + (url.getPort() < 0 ? USUAL_PORT : url.getPort());
        try (var socket = connect()) {
            var said = ping(socket);
            return said.startsWith("+PONG")
                    ? new Fine("redis", "answers at " + place)
                    : new Fault("redis", "Redis at %s refuses us (%s): check its password.".formatted(place, said));
        } catch (IOException e) {
            return new Fault(
                    "redis",
                    "Redis at %s does not answer (%s): start it or mend plimsoll.ops.redis-url; alerting goes on without it."
                            .formatted(place, e.getMessage()));
        }
    }

    private Socket connect() throws IOException {
        var plain = new Socket();
        plain.connect(
                new InetSocketAddress(url.getHost(), url.getPort() < 0 ? USUAL_PORT : url.getPort()), PATIENCE_MILLIS);
        plain.setSoTimeout(PATIENCE_MILLIS);
        if (!"rediss".equals(url.getScheme())) {
            return plain;
        }
        var factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
        return factory.createSocket(plain, url.getHost(), plain.getPort(), true);
    }

    private String ping(Socket socket) throws IOException {
        var login = password.or(() -> Optional.ofNullable(url.getUserInfo()))
                .map(RedisCheck::auth)
                .orElse("");
        socket.getOutputStream().write((login + "PING\r\n").getBytes(StandardCharsets.UTF_8));
        if (!login.isEmpty()) {
            var answer = line(socket);
            if (!answer.startsWith("+")) {
                return answer;
            }
        }
        return line(socket);
    }

    /** User info is {@code :password} or {@code user:password}. */
    private static String auth(String info) {
        return "AUTH " + info.replaceFirst("^:", "").replaceFirst(":", " ") + "\r\n";
    }

    private static String line(Socket socket) throws IOException {
        var line = new StringBuilder();
        for (var letter = socket.getInputStream().read(); letter >= 0 && letter != '\n' && line.length() < 200; ) {
            line.append((char) letter);
            letter = socket.getInputStream().read();
        }
        return line.toString().strip();
    }
}
