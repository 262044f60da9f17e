package dev.plimsoll.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ShapeTest {
    private static final Sources MAIN = Sources.below(Path.of("src/main/java"));
    private static final Sources WRECK = Sources.below(Path.of("src/test/java/wreck"));

    @Test
    void filesAreUnder250Lines() {
        assertThat(MAIN.files()).isNotEmpty();

        assertThat(MAIN.filesOfAtLeast(250)).isEmpty();
    }

    @Test
    void methodsAreUnder25Lines() {
        assertThat(MAIN.methodsOfAtLeast(25)).isEmpty();
    }

    @Test
    void aMethodOf25LinesIsSeen() {
        assertThat(WRECK.methodsOfAtLeast(25)).singleElement().satisfies(method -> {
            assertThat(method.name()).endsWith("LongWinded.java#says");
            assertThat(method.lines()).isEqualTo(25);
        });
    }

    @Test
    void aFileIsSeenWithItsLines() {
        assertThat(WRECK.filesOfAtLeast(30)).singleElement().asString().endsWith("LongWinded.java has 30 lines");
    }
}
