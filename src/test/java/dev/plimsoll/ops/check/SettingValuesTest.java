package dev.plimsoll.ops.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.ops.check.Finding.Fault;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingValuesTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            plimsoll.pipeline.every                     | soon        | plimsoll.pipeline.every is 'soon': say a duration such as 500ms, 10s, 5m or PT1H.
            plimsoll.pipeline.chunk-size                | 1e3         | plimsoll.pipeline.chunk-size is '1e3': say a whole number.
            plimsoll.pipeline.watch                     | ture        | plimsoll.pipeline.watch is 'ture': say true or false.
            plimsoll.pipeline.roles                     | watch,couri | plimsoll.pipeline.roles is 'couri': say one of watch, courier, chat, api. Did you mean courier?
            plimsoll.account.sign-up                    | shut        | plimsoll.account.sign-up is 'shut': say one of open, closed.
            plimsoll.pipeline.clock-start               | yesterday   | plimsoll.pipeline.clock-start is 'yesterday': say an instant such as 2026-01-31T12:00:00Z.
            plimsoll.oracle.sources.kraken.pace         | slow        | plimsoll.oracle.sources.kraken.pace is 'slow': say a duration such as 500ms, 10s, 5m or PT1H.
            """)
    void aWrongValueIsToldWithItsSettingAndWhatMayStandThere(String name, String value, String sentence) {
        assertThat(SettingValues.wrong(config(Map.of(name, value))))
                .extracting(Fault::sentence)
                .containsExactly(sentence);
    }

    @Test
    void whatIsRightIsSilent() {
        assertThat(SettingValues.wrong(config(Map.of(
                        "plimsoll.pipeline.every", "2s",
                        "plimsoll.pipeline.roles", "api, chat",
                        "plimsoll.pipeline.courier", "off",
                        "plimsoll.account.sign-up", "CLOSED",
                        "plimsoll.delivery.ports", "443,8443",
                        "plimsoll.ops.database-url", ""))))
                .isEmpty();
    }

    private static org.eclipse.microprofile.config.Config config(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDiscoveredConverters()
                .withSources(new PropertiesConfigSource(values, "test", 100))
                .build();
    }
}
