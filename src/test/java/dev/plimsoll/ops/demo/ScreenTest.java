package dev.plimsoll.ops.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScreenTest {

    @Test
    void theSpeedShownIsTheOneAskedFor() {
        var shown = new ByteArrayOutputStream();
        var crash = CrashWindow.named("2025-02-03").orElseThrow().at(600);

        new Screen(new PrintStream(shown), false).show(crash, crash.from(), List.of(), List.of());

        assertThat(shown.toString()).contains("(600 x life)");
    }
}
