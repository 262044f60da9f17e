package dev.plimsoll.ops.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.oracle.PriceSource;
import io.quarkus.arc.All;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

@QuarkusTest
class BuiltInSourcesTest {
    @Inject
    @All
    List<PriceSource> sources;

    @Test
    void theDoctorLooksWhereTheSourcesAsk() {
        var asked = sources.stream()
                .collect(Collectors.toMap(
                        PriceSource::name,
                        source -> source.defaults(Optional.empty(), Optional.empty())
                                .url()));

        assertThat(SourcesCheck.BUILT_IN).isEqualTo(asked);
    }
}
