package dev.plimsoll.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Carries connections to another address of this machine on to the same port of its loopback. */
final class Relay implements AutoCloseable {
    private final ServerSocket door;

    private Relay(ServerSocket door) {
        this.door = door;
    }

    static Relay of(String address, int port) {
        try {
            var door = new ServerSocket();
            door.setReuseAddress(true);
            door.bind(new InetSocketAddress(InetAddress.getByName(address), port));
            var relay = new Relay(door);
            Thread.ofVirtual().start(relay::serve);
            return relay;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serve() {
        while (!door.isClosed()) {
            try {
                var from = door.accept();
                Thread.ofVirtual().start(() -> carry(from));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void carry(Socket from) {
        try (from;
                var to = new Socket(InetAddress.getLoopbackAddress(), door.getLocalPort())) {
            Thread.ofVirtual().start(() -> pump(to, from));
            pump(from, to);
        } catch (IOException gone) {
            return; // either end hung up, and so the other does
        }
    }

    private static void pump(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException gone) {
            return;
        }
    }
}
