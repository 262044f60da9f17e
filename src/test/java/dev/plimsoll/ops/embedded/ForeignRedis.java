package dev.plimsoll.ops.embedded;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A Redis that an operator runs, with a password: nobody's child, stopped with the test. */
public final class ForeignRedis implements AutoCloseable {
    private static final String PASSWORD = "theirs";

    private final Path folder;
    private final int port = Ports.free();
    private final int tlsPort = Ports.free();
    private Process process;

    private ForeignRedis(Path folder, List<String> addresses, String more) throws IOException {
        this.folder = folder;
        Files.writeString(
                settings(),
                "bind %s\nport %d\nrequirepass %s\nsave \"\"\n".formatted(String.join(" ", addresses), port, PASSWORD)
                        + more.formatted(tlsPort));
        start();
    }

    /** Empty. */
    public void start() throws IOException {
        var program = new Binaries(Child.binaries()).redis().toString();
        process = Commands.builder(ServerUser.present()
                        .plainServer("TERM", program, settings().toString()))
                .redirectOutput(folder.resolve("redis.log").toFile())
                .start();
        await().ignoreExceptions().until(() -> say("PING").startsWith("+PONG"));
    }

    private Path settings() {
        return folder.resolve("redis.conf");
    }

    /** {@code kill -9}. */
    public void kill() {
        process.destroyForcibly();
        await().until(() -> !process.isAlive());
    }

    /** All it holds is gone. */
    public void flush() throws IOException {
        if (!say("FLUSHALL").startsWith("+OK")) {
            throw new IllegalStateException("Redis did not flush");
        }
    }

    public static ForeignRedis on(Path folder) throws IOException {
        return at(List.of("127.0.0.1"), folder);
    }

    /** @param addresses of this machine at which it listens, the loopback among them */
    public static ForeignRedis at(List<String> addresses, Path folder) throws IOException {
        return new ForeignRedis(Files.createDirectories(folder), addresses, "");
    }

    /** Beside its port it has another, by TLS. Both files in PEM. */
    public static ForeignRedis byTls(Path folder, Path certificate, Path key) throws IOException {
        var tls = "tls-port %%d\ntls-cert-file %s\ntls-key-file %s\ntls-auth-clients no\n".formatted(certificate, key);
        return new ForeignRedis(Files.createDirectories(folder), List.of("127.0.0.1"), tls);
    }

    /** Of the port by TLS. */
    public String tlsUrl() {
        return "rediss://:%s@localhost:%d".formatted(PASSWORD, tlsPort);
    }

    public String url() {
        return "redis://:%s@127.0.0.1:%d".formatted(PASSWORD, port);
    }

    /** How many connections others hold. */
    public int clients() throws IOException {
        return (int) say("CLIENT LIST")
                        .lines()
                        .filter(line -> line.contains("id="))
                        .count()
                - 1;
    }

    /** Whatever comes back before the connection is closed at our wish. */
    private String say(String command) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream()
                    .write("AUTH %s\r\n%s\r\nQUIT\r\n"
                            .formatted(PASSWORD, command)
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
                    .substring("+OK\r\n".length());
        }
    }

    @Override
    public void close() {
        process.destroy();
        await().until(() -> !process.isAlive());
    }
}
