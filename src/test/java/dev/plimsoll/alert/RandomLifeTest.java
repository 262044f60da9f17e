package dev.plimsoll.alert;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** No transition is missed, none told twice, none out of order, whatever happens. */
class RandomLifeTest {

    @Property(tries = 500)
    void anAlertLivesAsItIsWritten(@ForAll long seed) {
        var life = new RandomLife(seed);

        for (var tick = 0; tick < 300; tick++) {
            var both = life.tick();
            assertThat(both.lived()).as("seed %d, tick %d", seed, tick).isEqualTo(both.written());
            assertThat(life.fires()).as("seed %d, tick %d", seed, tick).isEqualTo(life.shouldFire());
        }
    }
}
