package dev.plimsoll.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Three replicas through a storm of faults, some thousand times; replay one with {@code bench simulation 1 <seed>}. */
class InstallationTest {
    private static final int SEEDS = 1_000;

    @Test
    void noStormLosesAMessageOrJudgesTwiceOrMissesAChange() {
        var broken = LongStream.rangeClosed(1, SEEDS)
                .parallel()
                .mapToObj(seed -> Installation.live(seed, Plant.NONE))
                .filter(Story::isBroken)
                .toList();

        assertThat(broken)
                .extracting(story -> story.seed() + ": " + story.broken().orElseThrow())
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
    void aPlantedMistakeIsFound(Plant plant) {
        var found = LongStream.rangeClosed(1, SEEDS)
                .parallel()
                .mapToObj(seed -> Installation.live(seed, plant))
                .filter(Story::isBroken)
                .findAny();

        assertThat(found).isPresent();
    }

    @Test
    void theSameSeedIsTheSameStoryToTheLastMillisecond() {
        var once = Installation.replay(7, Plant.NONE);
        var again = Installation.replay(7, Plant.NONE);

        assertThat(once.trace()).hasSizeGreaterThan(100).isEqualTo(again.trace());
    }

    @Test
    void whatBrokeIsToldInFewLinesThatEndWithIt() {
        var story = Installation.live(1, Plant.LEASED_GIVES_WAY);

        assertThat(story.gist()).hasSizeBetween(5, 60);
        assertThat(story.gist().getLast()).contains(story.broken().orElseThrow());
    }
}
