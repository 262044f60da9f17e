package dev.plimsoll.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TurnsTest {
    private static final UUID ADA = new UUID(1, 1);
    private static final UUID BOB = new UUID(1, 2);
    private static final UUID EVE = new UUID(1, 3);

    private final Turns turns = new Turns("backtest", 2);

    @Test
    void anAccountHasOneAtATime() {
        take(ADA, Uni.createFrom().nothing());

        var refused = refusal(take(ADA, Uni.createFrom().item("done")));

        assertThat(refused.getStatusCode()).isEqualTo(429);
        assertThat(refused.getDetail())
                .isEqualTo("A backtest of your account is running. Wait for its answer, then ask again.");
        assertThat(refused.getHeaders()).containsKey("Retry-After");
    }

    @Test
    void othersMayAsLongAsThereIsRoom() {
        take(ADA, Uni.createFrom().nothing());
        take(BOB, Uni.createFrom().nothing());

        assertThat(refusal(take(EVE, Uni.createFrom().item("done"))).getStatusCode())
                .isEqualTo(503);
    }

    @Test
    void aTurnIsGivenBackHoweverItEnds() {
        take(ADA, Uni.createFrom().item("done")).assertCompleted();
        take(ADA, Uni.createFrom().failure(new IllegalStateException("broken"))).assertFailed();
        take(ADA, Uni.createFrom().nothing()).cancel();

        take(ADA, Uni.createFrom().item("done")).assertCompleted();
    }

    private UniAssertSubscriber<Object> take(UUID account, Uni<?> work) {
        return turns.<Object>take(account, () -> work).subscribe().withSubscriber(UniAssertSubscriber.create());
    }

    private static HttpProblem refusal(UniAssertSubscriber<Object> refused) {
        return (HttpProblem) refused.assertFailed().getFailure();
    }
}
