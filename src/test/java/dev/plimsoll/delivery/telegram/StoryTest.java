package dev.plimsoll.delivery.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.rule.Severity;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StoryTest {

    @Test
    void aDigestThatAsksWhatIsStillTrueHasAButtonForIt() {
        assertThat(digest(true).keyboard().json().encode()).contains("\"Still true?\"", "\"cstill\"");
        assertThat(digest(false).keyboard()).isEqualTo(Keyboard.NONE);
    }

    /** As it is read from what was frozen. */
    private static Story digest(boolean asks) {
        var told = new Told(
                RichText.plain("Your week."),
                RichText.plain("Your week."),
                "digest.weekly",
                Severity.INFO,
                Optional.empty(),
                true,
                false,
                false,
                asks);
        return Story.of(List.of(Told.of(told.json())));
    }

    @Test
    void aLabelIsCutOnlyOnceItsAddressesAreShortened() {
        var name = "The loan that the treasury took on ";
        var link =
                new Keyboard.Link(name + "0xd8dA6BF26964aF9D7eEd9e03E53415D37aA96045", URI.create("https://x.example"));

        assertThat(Keyboard.row(link).relabelled(ShortAddresses::in).json().encode())
                .contains(name + "0xd8dA…6045");
        assertThat(ShortAddresses.in("0xd8dA6BF26964aF9D7eEd9e03 is cut")).isEqualTo("0xd8dA…9e03 is cut");
    }
}
