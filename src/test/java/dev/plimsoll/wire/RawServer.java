package dev.plimsoll.wire;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that speaks whatever bytes a test wants, one thread a connection, on a free loopback port. */
public final class RawServer implements AutoCloseable {
    private final ServerSocket socket;
    private final Talk talk;
    private final CountDownLatch hungUp = new CountDownLatch(1);
    private final AtomicInteger connections = new AtomicInteger();

    /** What the server says on one connection, after the request's head has been read. */
    public interface Talk {
        void say(OutputStream out) throws IOException, InterruptedException;
    }

    public RawServer(Talk talk) {
        this(talk, "127.0.0.1");
    }

    public RawServer(Talk talk, String address) {
        this.talk = talk;
        try {
            this.socket = new ServerSocket(0, 50, InetAddress.getByName(address));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    /** One that answers every connection with these bytes, then closes it. */
    public static RawServer saying(String bytes) {
        return new RawServer(out -> out.write(bytes.getBytes(StandardCharsets.ISO_8859_1)));
    }

    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    public int port() {
        return socket.getLocalPort();
    }

    /** How many connections were made so far. */
    public int connections() {
        return connections.get();
    }

    /** Released when a client closed a connection while the server was still talking. */
    public CountDownLatch hungUp() {
        return hungUp;
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                var connection = socket.accept();
                connections.incrementAndGet();
                Thread.ofVirtual().start(() -> serve(connection));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            var head =
                    new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1));
            for (var line = head.readLine(); line != null && !line.isEmpty(); line = head.readLine()) {}
            talk.say(connection.getOutputStream());
        } catch (IOException e) {
            hungUp.countDown();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
