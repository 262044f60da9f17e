package dev.plimsoll.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** An HTTP proxy that makes tunnels, to a server of the test wherever it is asked to connect to. */
final class ConnectProxy implements AutoCloseable {
    private final ServerSocket socket;
    private final int target;
    private final Optional<String> credentials;
    private final List<String> heads = new CopyOnWriteArrayList<>();

    /**
     * @param target      the port on loopback where all tunnels end
     * @param credentials what {@code Proxy-Authorization} must hold; without it anybody may come
     */
    ConnectProxy(int target, Optional<String> credentials) {
        this.target = target;
        this.credentials = credentials;
        try {
            this.socket = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    String url() {
        return "http://127.0.0.1:" + socket.getLocalPort();
    }

    int port() {
        return socket.getLocalPort();
    }

    /** The heads of all requests it got, without what was said inside the tunnels. */
    List<String> heads() {
        return List.copyOf(heads);
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                var client = socket.accept();
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            var head = head(client.getInputStream());
            heads.add(head);
            if (credentials.filter(wanted -> !head.contains(wanted)).isPresent()) {
                say(client, "HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n");
            } else if (head.startsWith("CONNECT ")) {
                tunnel(client);
            } else {
                say(client, "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nforwarded");
            }
        } catch (IOException hungUp) {
            // the test is over
        }
    }

    private void tunnel(Socket client) throws IOException {
        try (var server = new Socket("127.0.0.1", target)) {
            say(client, "HTTP/1.1 200 Connection established\r\n\r\n");
            var there = Thread.ofVirtual().start(() -> copy(client, server));
            copy(server, client);
            there.interrupt();
        }
    }

    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException hungUp) {
            // one of the two has gone
        }
    }

    private static String head(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            var next = in.read();
            if (next < 0) {
                throw new IOException("hung up");
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private static void say(Socket client, String words) throws IOException {
        client.getOutputStream().write(words.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
