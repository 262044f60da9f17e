package dev.plimsoll.account;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KeySecretTest {

    @Test
    void aSecretIsReadBackFromItsText() {
        var secret = KeySecret.random();

        var parsed = KeySecret.parse(secret.reveal());

        assertThat(secret.reveal()).matches("plm_[0-9A-Za-z]{36}");
        assertThat(parsed).get().extracting(KeySecret::hash).isEqualTo(secret.hash());
    }

    @Test
    void aTypingFaultIsSeenWithoutAskingTheDatabase() {
        var text = KeySecret.random().reveal();
        var other = text.charAt(10) == 'a' ? 'b' : 'a';

        assertThat(KeySecret.parse(text.substring(0, 10) + other + text.substring(11)))
                .isEmpty();
        assertThat(KeySecret.parse(text.substring(1))).isEmpty();
        assertThat(KeySecret.parse(text + " ")).isEmpty();
        assertThat(KeySecret.parse("")).isEmpty();
    }

    @Test
    void nothingThatIsPrintedHoldsTheSecret() {
        var secret = KeySecret.random();

        assertThat(secret.toString()).hasSize(9).isEqualTo(secret.hint() + "…");
    }

    @Test
    void textsAreComparedAsAWhole() {
        assertThat(KeySecret.same("an-admin-key-of-length", "an-admin-key-of-length"))
                .isTrue();
        assertThat(KeySecret.same("an-admin-key-of-length", "an-admin-key-of-lengtH"))
                .isFalse();
        assertThat(KeySecret.same("an-admin-key-of-length", "")).isFalse();
    }
}
