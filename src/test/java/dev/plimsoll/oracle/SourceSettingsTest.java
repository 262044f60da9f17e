package dev.plimsoll.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.unit.BasisPoints;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceSettingsTest {
    @Test
    void aKeyReadFromAFileLosesItsLineBreak() {
        assertThat(settings(" canary-secret\n").key()).contains("canary-secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"canary\nsecret", "canary secret", "canary\u0000", "canarysecrét", "\n"})
    void aKeyThatNoHeaderMayCarryIsRefusedWithoutBeingShown(String key) {
        assertThatThrownBy(() -> settings(key))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("key must be plain ASCII")
                .message()
                .doesNotContain("canary");
    }

    private static SourceSettings settings(String key) {
        var second = Duration.ofSeconds(1);
        return new SourceSettings(
                URI.create("https://example.org"), true, second, second, second, BasisPoints.of(50), Optional.of(key));
    }
}
