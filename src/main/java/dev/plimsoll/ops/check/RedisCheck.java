package dev.plimsoll.ops.check;

import dev.plimsoll.ops.check.Finding.Fault;
import dev.plimsoll.ops.check.Finding.Fine;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Whether Redis answers a PING. Its loss is no alert's loss, so the sentence says so. */
record RedisCheck(Examination.Redis redis) {
    private static final int PATIENCE_MILLIS = 3_000;
    private static final int USUAL_PORT = 6379;

    Finding finding() {
        var place = redis.url().getHost() + ":" + port();
        try (var socket = connect()) {
            var said = ping(socket);
            return said.startsWith("+PONG")
                    ? new Fine("redis", "answers at " + place)
                    : new Fault("redis", "Redis at %s refuses us (%s): check its password.".formatted(place, said));
        } catch (SSLException e) {
            return new Fault(
                    "redis",
                    ("Redis at %s shows a certificate that is not trusted, or speaks no TLS (%s): put the PEM file of its"
                                    + " authority into plimsoll.ops.redis-ca, and into plimsoll.ops.redis-url the name it has"
                                    + " in its certificate; alerting goes on without it.")
                            .formatted(place, e.getMessage()));
        } catch (IOException e) {
            return new Fault(
                    "redis",
                    "Redis at %s does not answer (%s): start it or mend plimsoll.ops.redis-url; alerting goes on without it."
                            .formatted(place, e.getMessage()));
        }
    }

    private int port() {
        return redis.url().getPort() < 0 ? USUAL_PORT : redis.url().getPort();
    }

    private Socket connect() throws IOException {
        var plain = new Socket();
        plain.connect(new InetSocketAddress(redis.url().getHost(), port()), PATIENCE_MILLIS);
        plain.setSoTimeout(PATIENCE_MILLIS);
        return "rediss".equals(redis.url().getScheme())
                ? new Authority(redis.authority()).over(plain, redis.url().getHost())
                : plain;
    }

    private String ping(Socket socket) throws IOException {
        var login = redis.password()
                .or(() -> Optional.ofNullable(redis.url().getUserInfo()))
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
