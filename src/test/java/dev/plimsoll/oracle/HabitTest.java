package dev.plimsoll.oracle;

import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HabitTest {
    private static final Duration DEADLINE = ofMillis(1_500);

    @Test
    void patienceIsTwiceWhatNearlyAllAsksTake() {
        var habit = after(50, 50, 50, 50, 50, 50, 50, 50, 700, 60);

        assertThat(habit.typical()).isEqualTo(ofMillis(50));
        assertThat(habit.patience()).isEqualTo(ofMillis(120));
    }

    @Test
    void patienceGrowsAtOnceWithTheLatestAsk() {
        assertThat(after(50, 50, 50, 50, 50, 50, 50, 50, 50, 50, 300).patience())
                .isEqualTo(ofMillis(600));
    }

    @Test
    void whatIsLongAgoIsForgotten() {
        var habit = after(IntStream.concat(
                        IntStream.of(900, 900, 900),
                        IntStream.generate(() -> 50).limit(20))
                .toArray());

        assertThat(habit.took()).hasSize(20);
        assertThat(habit.patience()).isEqualTo(ofMillis(100));
    }

    @Test
    void anAnswerAfterTheDeadlineAndAFailureAreDoubted() {
        assertThat(after(1_500).isDoubted()).isFalse();
        assertThat(after(1_501).isDoubted()).isTrue();
        assertThat(after(50).failed().isDoubted()).isTrue();
        assertThat(after(50).failed().answered(ofMillis(50), DEADLINE).isDoubted())
                .isFalse();
        assertThat(Habit.NONE.isDoubted()).isFalse();
    }

    @Test
    void aFailureTakesNoTime() {
        assertThat(after(50).failed().patience()).isEqualTo(ofMillis(100));
    }

    private static Habit after(int... millis) {
        return IntStream.of(millis)
                .mapToObj(Duration::ofMillis)
                .reduce(Habit.NONE, (habit, took) -> habit.answered(took, DEADLINE), (one, other) -> other);
    }
}
