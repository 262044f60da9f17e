package dev.plimsoll.delivery.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.delivery.telegram.CallbackData.Acknowledge;
import dev.plimsoll.delivery.telegram.CallbackData.Details;
import dev.plimsoll.delivery.telegram.CallbackData.Repaid;
import dev.plimsoll.delivery.telegram.CallbackData.Run;
import dev.plimsoll.delivery.telegram.CallbackData.Snooze;
import dev.plimsoll.delivery.telegram.CallbackData.Step;
import dev.plimsoll.delivery.telegram.Keyboard.Link;
import dev.plimsoll.delivery.telegram.Keyboard.Press;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class CallbackDataTest {
    private static final UUID ID = UUID.fromString("0193f3c2-7b1e-7a44-9c1d-3f5e2a6b7c8d");

    @Test
    void whatAButtonSaysFitsAndIsReadAgain() {
        Stream.of(
                        new Acknowledge(ID),
                        new Snooze(ID),
                        new Repaid(ID),
                        new Details(ID),
                        new Step(ID, "é".repeat(20)),
                        new Step(ID, ""),
                        new Run("rules " + "x".repeat(57)))
                .forEach(data -> {
                    assertThat(data.encode().getBytes(StandardCharsets.UTF_8)).hasSizeBetween(1, 64);
                    assertThat(CallbackData.decode(data.encode())).contains(data);
                });
    }

    @Test
    void whatDoesNotFitIsNoButton() {
        assertThatThrownBy(() -> new Step(ID, "é".repeat(21))).hasMessageContaining("at most 41 bytes");
        assertThatThrownBy(() -> new Run("x".repeat(64))).hasMessageContaining("at most 63 bytes");
    }

    @Test
    void oldMessagesKeepTheirButtons() {
        assertThat(new Acknowledge(ID).encode()).isEqualTo("aAZPzwnseekScHT9eKmt8jQ");
        assertThat(CallbackData.decode("sAZPzwnseekScHT9eKmt8jQ")).contains(new Snooze(ID));
    }

    @Property
    void whatNoButtonSaysIsNothingOrSomethingThatFits(@ForAll String forged) {
        assertThat(CallbackData.decode(forged))
                .satisfiesAnyOf(
                        nothing -> assertThat(nothing).isEmpty(),
                        data -> assertThat(data.orElseThrow().encode().getBytes(StandardCharsets.UTF_8))
                                .hasSizeLessThanOrEqualTo(64));
    }

    @Test
    void aKeyboardIsReadAgainFromAFrozenBody() {
        var keyboard = Keyboard.of(
                List.of(new Press("Acknowledge", new Acknowledge(ID)), new Press("Snooze 1 h", new Snooze(ID))),
                List.of(new Link("Open", URI.create("https://plimsoll.example/p"))));

        assertThat(Keyboard.of(keyboard.json())).isEqualTo(keyboard);
    }
}
