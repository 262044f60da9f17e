package dev.plimsoll.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class WaitingTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Test
    void whoWaitsForAFrozenDatabaseHearsOfItAfterAWhile() {
        var waiting = new Waiting(Duration.ofMillis(50), 10);

        assertThatThrownBy(() -> waiting.bounded(WaitingTest::frozen).await().atMost(PATIENCE))
                .isInstanceOf(TimeoutException.class);
    }

    @Test
    void oneMoreThanMayWaitIsTurnedAwayAtOnceAndLaterLetIn() {
        var waiting = new Waiting(Duration.ofHours(1), 1);
        var first = waiting.bounded(WaitingTest::frozen).subscribe().with(never -> {}, failure -> {});

        assertThatThrownBy(() -> waiting.bounded(WaitingTest::answers).await().atMost(PATIENCE))
                .isInstanceOf(TimeoutException.class);
        first.cancel();

        assertThat(waiting.bounded(WaitingTest::answers).await().atMost(PATIENCE))
                .isEqualTo("done");
    }

    private static Uni<String> frozen() {
        return Uni.createFrom().nothing();
    }

    private static Uni<String> answers() {
        return Uni.createFrom().item("done");
    }
}
