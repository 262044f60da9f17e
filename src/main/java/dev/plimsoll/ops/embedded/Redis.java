package dev.plimsoll.ops.embedded;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The embedded Redis: on the loopback address, with a password, keeping nothing on disk and at most 64 MB in memory. */
final class Redis {
    private static final int ANSWER_MILLIS = 1_000;

    private Redis() {}

    /** Returns the port it listens on. */
    static int start(DataFolder folder, Binaries binaries, ServerUser user) throws IOException {
        var home = folder.resolve("redis");
        Files.createDirectories(home);
        var password = password(folder);
        var port = Ports.free();
        // the password stands in the file, since a command line is everybody's to read; Redis' own title would hide the
        // folder
        var text = """
                bind 127.0.0.1
                port %d
                requirepass %s
                dir "%s"
                pidfile "%s"
                save ""
                appendonly no
                maxmemory 64mb
                maxmemory-policy allkeys-lru
                set-proc-title no
                """.formatted(port, password, home, home.resolve("redis.pid"));
        folder.write("redis.conf", text.getBytes(StandardCharsets.UTF_8));
        Keeper.keep(server(folder, home, binaries.redis(), user, port, password));
        return port;
    }

    private static String password(DataFolder folder) throws IOException {
        var known = Passwords.of(folder);
        return (known.isPresent() ? known.get() : Passwords.make(folder)).redis();
    }

    private static Server server(
            DataFolder folder, Path home, Path program, ServerUser user, int port, String password) {
        var settings = folder.resolve("redis.conf");
        return new Server(
                "Redis",
                user.plainServer("TERM", program.toString(), settings.toString()),
                settings,
                home.resolve("redis.pid"),
                folder.resolve("redis.log"),
                "TERM",
                user.diesWithUs(),
                process -> answers(port, password));
    }

    private static boolean answers(int port, String password) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), ANSWER_MILLIS);
            socket.setSoTimeout(ANSWER_MILLIS);
            socket.getOutputStream().write("AUTH %s\r\n".formatted(password).getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readNBytes(5), StandardCharsets.US_ASCII).equals("+OK\r\n");
        } catch (IOException e) {
            return false; // not yet
        }
    }
}
