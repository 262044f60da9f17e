package dev.plimsoll.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A Redis that takes connections and never says a word. */
@QuarkusTest
@TestProfile(SlowRedisTest.Silent.class)
class SlowRedisTest {

    public static class Silent implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "plimsoll.api.limits.per-key", "5",
                    "plimsoll.api.limits.patience", "100ms",
                    "plimsoll.api.trusted-proxies", "127.0.0.0/8");
        }

        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(SilentServer.class));
        }
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

    @Test
    void requestsAreServedAndStillLimitedByThisProcessAlone() {
        var key = RateLimitTest.signUp("192.0.2.1").<String>path("apiKey");
        var slowest = 0L;

        for (var i = 0; i < 5; i++) {
            var answer = RateLimitTest.with(key, "192.0.2.2").get("/account");
            assertThat(answer.statusCode()).isEqualTo(200);
            slowest = Math.max(slowest, answer.time());
        }

        assertThat(RateLimitTest.with(key, "192.0.2.2").get("/account").statusCode())
                .isEqualTo(429);
        assertThat(slowest).isLessThan(8_000); // who waits for Redis waits for ten seconds
    }
}
