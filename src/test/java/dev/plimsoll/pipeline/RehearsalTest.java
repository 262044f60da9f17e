package dev.plimsoll.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.risk.Given;
import dev.plimsoll.unit.AssetRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RehearsalTest {
    private final PipelineConfig config = new SmallRyeConfigBuilder()
            .addDiscoveredConverters()
            .withMapping(PipelineConfig.class)
            .build()
            .getConfigMapping(PipelineConfig.class);

    @Test
    void madeUpPeopleAreAlertedUntilEnoughWasRehearsed() {
        assertThat(rehearsal(Given.ASSETS).decide(250)).isGreaterThanOrEqualTo(250);
    }

    @Test
    void whereThereIsNothingToLendNothingIsRehearsed() {
        assertThat(rehearsal(new AssetRegistry(List.of())).decide(250)).isZero();
    }

    private Rehearsal rehearsal(AssetRegistry assets) {
        return new Rehearsal(assets, new Notices(Optional.empty(), config), config);
    }
}
