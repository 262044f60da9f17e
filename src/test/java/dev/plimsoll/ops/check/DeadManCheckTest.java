package dev.plimsoll.ops.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.ops.check.Finding.Fault;
import dev.plimsoll.ops.check.Finding.Fine;
import dev.plimsoll.ops.check.Finding.Weak;
import io.smallrye.config.SmallRyeConfigBuilder;
import org.junit.jupiter.api.Test;

class DeadManCheckTest {

    @Test
    void withoutOneItSaysHowSomebodyOutsideWouldNotice() {
        assertThat(finding("")).isInstanceOf(Weak.class);
        assertThat(((Weak) finding("")).sentence()).contains("plimsoll.pipeline.dead-man-url");
    }

    @Test
    void itSaysWhereItGoesButNotWhatIsSecretOfThat() {
        assertThat(finding("https://hc-ping.example/5eb3-TOKEN"))
                .isEqualTo(new Fine("dead-man ping", "goes to hc-ping.example"));
    }

    @Test
    void whatIsNoUrlIsAFaultThatDoesNotRepeatIt() {
        assertThat(finding("hc-ping.example/TOKEN")).isInstanceOf(Fault.class);
        assertThat(finding("https://bad host/TOKEN").toString()).doesNotContain("TOKEN");
    }

    private static Finding finding(String url) {
        var config = new SmallRyeConfigBuilder()
                .withDefaultValue("plimsoll.pipeline.dead-man-url", url)
                .build();
        return new DeadManCheck(config).finding();
    }
}
