package dev.plimsoll.api.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.alert.AlertNewsStore.Step;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgressTest {
    private static final UUID ALERT = new UUID(0, 1);

    @Test
    void whoComesBackReadsOnFromTheIdItHeardLast() {
        assertThat(Progress.from(900, Optional.of("1795235789000-888")).xid()).isEqualTo(888);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "888",
                "1795235789000-0",
                "1795235789000-901",
                "-5-5",
                "1-99999999999999999999",
                "1795235789000-888; drop table alert"
            })
    void anIdThatWeNeverGaveSaysNothing(String id) {
        assertThat(Progress.from(900, Optional.of(id)).xid()).isEqualTo(900);
    }

    @Test
    void aTransactionThatCommitsLateIsToldAllTheSame() {
        var early = step(1, 20);
        var late = step(2, 10);
        var first = Progress.from(5, Optional.empty());

        var next = first.after(List.of(early), first.untold(List.of(early)), 10);

        assertThat(next.xid()).isEqualTo(10);
        assertThat(next.untold(List.of(late, early))).containsExactly(late);
    }

    @Test
    void whatIsBelowTheHorizonIsForgotten() {
        var step = step(1, 20);
        var first = Progress.from(5, Optional.empty());

        var next = first.after(List.of(step), List.of(step), 21);

        assertThat(next).isEqualTo(Progress.from(21, Optional.empty()));
        assertThat(next.untold(List.of(step))).isEmpty();
    }

    @Test
    void whatWasNotToldYetHoldsTheHorizonBack() {
        var steps = List.of(step(1, 10), step(2, 10), step(3, 11));
        var first = Progress.from(5, Optional.empty());

        var next = first.after(steps, steps.subList(0, 1), 50);

        assertThat(next.xid()).isEqualTo(10);
        assertThat(next.untold(steps)).containsExactly(steps.get(1), steps.get(2));
    }

    private static Step step(int sequence, long xid) {
        return new Step(ALERT, sequence, xid, new JsonObject());
    }
}
