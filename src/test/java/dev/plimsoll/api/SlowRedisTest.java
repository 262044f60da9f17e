package dev.plimsoll.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A Redis that takes connections and never says a word. */
@QuarkusTest
@TestProfile(ClosedProfile.class)
class SlowRedisTest {
    @Test
    void healthSaysThatItDoesNotAnswerAndStaysUp() {
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(new JsonObject(Management.get("/q/health/ready")).encode())
                        .contains("{\"name\":\"redis\",\"status\":\"UP\",\"data\":{\"answers\":false}}"));
    }

    @Test
    void requestsAreServedAndStillLimitedByThisProcessAlone() {
        var key = ClosedSignUpTest.signUpAs(ClosedProfile.ADMIN_KEY).<String>path("apiKey");
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
