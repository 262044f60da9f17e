package dev.plimsoll.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShownAddressTest {
    private static final String URL = "https://hooks.example.com/services/T0/B0/TOKEN";

    @Test
    void whatIsShownOfAnAddressHoldsNoToken() {
        assertThat(ShownAddress.of(URL)).isEqualTo("https://hooks.example.com/…");
        assertThat(ShownAddress.of("https://hooks.example.com?key=TOKEN")).isEqualTo("https://hooks.example.com/…");
        assertThat(ShownAddress.of("https://hooks.example.com:8443")).isEqualTo("https://hooks.example.com:8443/");
    }
}
