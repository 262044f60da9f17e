package dev.plimsoll.ops.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.ops.check.Finding.Fault;
import dev.plimsoll.ops.check.Finding.Fine;
import dev.plimsoll.ops.check.Finding.Weak;
import dev.plimsoll.telegram.TelegramServer;
import dev.plimsoll.wire.WireConfig;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TelegramCheckTest {
    private static TelegramServer telegram;

    @BeforeAll
    static void start() {
        telegram = TelegramServer.start();
    }

    @AfterAll
    static void stop() {
        telegram.close();
    }

    private static List<Finding> findings(Map<String, String> said) {
        var builder = new SmallRyeConfigBuilder()
                .withConverter(Duration.class, 200, new DurationConverter())
                .withMapping(WireConfig.class);
        said.forEach(builder::withDefaultValue);
        var config = builder.build();
        return new TelegramCheck(config, config.getConfigMapping(WireConfig.class)).findings();
    }

    private static List<Finding> withToken(String token) {
        return findings(
                Map.of("plimsoll.delivery.telegram.token", token, "plimsoll.delivery.telegram.url", telegram.url()));
    }

    @Test
    void whoseBotTelegramKnowsIsTold() {
        assertThat(withToken(TelegramServer.TOKEN))
                .containsExactly(new Fine("Telegram", "knows our bot as @plimsoll_test_bot"));
    }

    @Test
    void aTokenThatTelegramDoesNotKnowIsAFaultThatDoesNotRepeatIt() {
        assertThat(withToken("7000000001:" + "x".repeat(35))).singleElement().satisfies(finding -> {
            assertThat(finding).isInstanceOf(Fault.class);
            assertThat(finding.toString()).contains("@BotFather").doesNotContain("xxxxx");
        });
        assertThat(withToken("no token")).singleElement().isInstanceOf(Fault.class);
    }

    @Test
    void withoutATokenItSaysHowToSetItUp() {
        assertThat(findings(Map.of())).singleElement().isInstanceOf(Fine.class);
    }

    @Test
    void whereTelegramCannotBeReachedChatsHearNothing() {
        var gone = TelegramServer.start();
        gone.close();

        assertThat(findings(Map.of(
                        "plimsoll.delivery.telegram.token",
                        TelegramServer.TOKEN,
                        "plimsoll.delivery.telegram.url",
                        gone.url())))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding).isInstanceOf(Weak.class);
                    assertThat(finding.toString()).doesNotContain("canary");
                });
    }

    @Test
    void telegramCallsOnlyOverHttpsAndOnItsPorts() {
        assertThat(called("https://plimsoll.example")).isInstanceOf(Fine.class);
        assertThat(called("https://plimsoll.example:8443")).isInstanceOf(Fine.class);
        assertThat(called("http://plimsoll.example")).isInstanceOf(Fault.class);
        assertThat(called("https://plimsoll.example:9000")).isInstanceOf(Fault.class);
    }

    private static Finding called(String publicUrl) {
        return findings(Map.of(
                        "plimsoll.delivery.telegram.token",
                        TelegramServer.TOKEN,
                        "plimsoll.delivery.telegram.url",
                        telegram.url(),
                        "plimsoll.delivery.telegram.webhook",
                        "true",
                        "plimsoll.api.public-url",
                        publicUrl))
                .getLast();
    }
}
