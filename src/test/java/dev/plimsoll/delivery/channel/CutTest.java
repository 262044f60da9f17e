package dev.plimsoll.delivery.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CutTest {

    @Test
    void whatFitsStaysAsItIs() {
        assertThat(Cut.toCharacters("🚢🚢🚢", 3)).isEqualTo("🚢🚢🚢");
        assertThat(Cut.toBytes("🚢🚢🚢", 12)).isEqualTo("🚢🚢🚢");
    }

    @Test
    void whatIsTooLongEndsInAnEllipsis() {
        assertThat(Cut.toCharacters("🚢🚢🚢🚢", 3)).isEqualTo("🚢🚢…");
        assertThat(Cut.toCharacters("abcd", 3)).isEqualTo("ab…");
        assertThat(Cut.toBytes("abcd", 3)).isEqualTo("…");
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13})
    void noCharacterIsCutInTwo(int most) {
        var cut = Cut.toBytes("aé€🚢".repeat(3), most);

        assertThat(cut.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(most);
        assertThat("aé€🚢".repeat(3)).startsWith(cut.substring(0, cut.length() - 1));
        assertThat(cut).doesNotContain("?").endsWith("…");
    }
}
