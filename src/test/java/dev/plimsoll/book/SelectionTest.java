package dev.plimsoll.book;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is told by deciding everything exactly at every tick is told at the same tick by deciding what is selected. */
class SelectionTest {

    @Property(tries = 100)
    void theBookNeverSelectsLessThanWhatChanges(@ForAll long seed) {
        liveThrough(seed);
    }

    /** Falls, blindness that begins with a rule or ends by interest, and clocks set back. */
    @ParameterizedTest
    @ValueSource(longs = {102, 357, 1008, 2147, 2199, 276134, 2000292, 2000809, 3018035, 4000349, 4020653})
    void worldsInWhichItOnceDid(long seed) {
        liveThrough(seed);
    }

    private static void liveThrough(long seed) {
        var twins = new Twins(seed);

        for (var tick = 0; tick < 60; tick++) {
            assertThat(twins.tick()).as("seed %d, tick %d", seed, tick).isEmpty();
        }
    }
}
