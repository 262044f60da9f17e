package dev.plimsoll.book;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever is told by deciding everything exactly at every tick is told at the same tick by deciding what is selected. */
class SelectionTest {

    @Property(tries = 300)
    void theBookNeverSelectsLessThanWhatChanges(@ForAll long seed) {
        var twins = new Twins(seed);

        for (var tick = 0; tick < 60; tick++) {
            assertThat(twins.tick()).as("seed %d, tick %d", seed, tick).isEmpty();
        }
    }
}
