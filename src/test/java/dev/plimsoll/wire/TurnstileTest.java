package dev.plimsoll.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TurnstileTest {
    private final Turnstile turnstile = new Turnstile(2);
    private final Map<String, UniEmitter<? super String>> inside = new LinkedHashMap<>();

    @Test
    void theThirdWaitsUntilOneOfTwoIsOut() {
        var first = enter("first");
        enter("second");
        enter("third");
        assertThat(inside).containsOnlyKeys("first", "second");

        inside.get("first").complete("done");

        assertThat(inside).containsKey("third");
        first.assertItem("done");
    }

    @Test
    void theyGoInInTheOrderInWhichTheyCame() {
        enter("first");
        enter("second");
        enter("third");
        enter("fourth");

        inside.get("second").complete("done");
        inside.get("first").complete("done");

        assertThat(inside.keySet()).containsExactly("first", "second", "third", "fourth");
    }

    @Test
    void aFailureFreesItsPlace() {
        var failed = enter("first");
        enter("second");
        enter("third");

        inside.get("first").fail(new IllegalStateException("no answer"));

        assertThat(inside).containsKey("third");
        failed.assertFailedWith(IllegalStateException.class, "no answer");
    }

    @Test
    void whoeverIsCancelledInsideOrWaitingTakesNoPlace() {
        var first = enter("first");
        enter("second");
        var third = enter("third");
        enter("fourth");

        third.cancel();
        first.cancel();
        first.cancel();

        assertThat(inside).containsOnlyKeys("first", "second", "fourth");
        enter("fifth");
        assertThat(inside).doesNotContainKey("fifth");
    }

    private UniAssertSubscriber<String> enter(String name) {
        return turnstile
                .pass(() -> Uni.createFrom().<String>emitter(done -> inside.put(name, done)))
                .subscribe()
                .withSubscriber(UniAssertSubscriber.create());
    }
}
