package dev.plimsoll.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RoleTest {
    @Test
    void aProcessHasEveryRoleUntilItIsToldWhich() {
        assertThat(roles(Map.of())).containsExactly(Role.WATCH, Role.COURIER, Role.CHAT, Role.API);
        assertThat(roles(Map.of("plimsoll.pipeline.roles", "courier,chat"))).containsExactly(Role.COURIER, Role.CHAT);
    }

    @Test
    void aSwitchTakesARoleAwayAndGivesNone() {
        assertThat(roles(Map.of("plimsoll.pipeline.watch", "false")))
                .containsExactly(Role.COURIER, Role.CHAT, Role.API);
        assertThat(roles(Map.of("plimsoll.pipeline.roles", "api", "plimsoll.pipeline.watch", "true")))
                .containsExactly(Role.API);
    }

    private static Role[] roles(Map<String, String> settings) {
        var config = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(PipelineConfig.class)
                .withSources(new PropertiesConfigSource(settings, "test", 100))
                .build()
                .getConfigMapping(PipelineConfig.class);
        return Arrays.stream(Role.values()).filter(role -> role.isIn(config)).toArray(Role[]::new);
    }
}
