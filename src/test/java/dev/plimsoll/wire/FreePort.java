package dev.plimsoll.wire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** A port that must be known before anything listens on it. */
public final class FreePort {
    private static final int LOWEST = 15_000;

    /** From here on systems give ports to outgoing connections, which would take it away again. */
    private static final int EPHEMERAL = 32_000;

    private FreePort() {}

    /** Free on the loopback address, and not given away by the system meanwhile. */
    public static int next() {
        while (true) {
            var port = ThreadLocalRandom.current().nextInt(LOWEST, EPHEMERAL);
            if (isFree(port)) {
                return port;
            }
        }
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
