package dev.plimsoll.api;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;

/** Accounts are made by the operator alone, and Redis takes connections but never answers. */
public class ClosedProfile implements QuarkusTestProfile {
    static final String ADMIN_KEY = "the-operators-own-key";

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "plimsoll.account.sign-up", "closed",
                "plimsoll.account.admin-key", ADMIN_KEY,
                "plimsoll.account.sign-ups-per-hour", "1",
                "plimsoll.api.limits.per-key", "5",
                "plimsoll.api.limits.patience", "100ms",
                "plimsoll.api.trusted-proxies", "127.0.0.0/8");
    }

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(SilentServer.class));
    }

    public static class SilentServer implements QuarkusTestResourceLifecycleManager {
        private ServerSocket socket;

        @Override
        public Map<String, String> start() {
            try {
                socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                return Map.of("quarkus.redis.hosts", "redis://127.0.0.1:" + socket.getLocalPort());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void stop() {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
