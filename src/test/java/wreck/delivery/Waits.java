package wreck.delivery;

import io.smallrye.mutiny.Uni;
import java.time.Duration;

/** Blocks its thread. */
final class Waits {
    void forAnAnswer(Uni<Void> answer) {
        answer.await().atMost(Duration.ofSeconds(1));
    }
}
