package dev.plimsoll.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import org.junit.jupiter.api.Test;

class ForwardedTest {
    @Test
    void everyHopIsToldWithoutPortAndBrackets() {
        assertThat(Forwarded.hops(
                        headers("X-Forwarded-For", "192.0.2.7, 198.51.100.1:8080, 2001:db8::7, [2001:db8::8]:443")))
                .containsExactly("192.0.2.7", "198.51.100.1", "2001:db8::7", "2001:db8::8");
        assertThat(Forwarded.hops(
                        headers("Forwarded", "for=192.0.2.7;proto=https, proto=http;For=\"[2001:db8::8]:443\"")))
                .containsExactly("192.0.2.7", "2001:db8::8");
    }

    @Test
    void aHopThatHidesItselfIsAHopAllTheSame() {
        assertThat(Forwarded.hops(headers("Forwarded", "for=_hidden, for=unknown, by=203.0.113.1")))
                .containsExactly("_hidden", "unknown", "unknown");
    }

    @Test
    void theOlderHeaderGoesBeforeTheOther() {
        var both = headers("Forwarded", "for=203.0.113.9").add("X-Forwarded-For", "192.0.2.7");

        assertThat(Forwarded.hops(both)).containsExactly("192.0.2.7");
    }

    private static MultiMap headers(String name, String value) {
        return MultiMap.caseInsensitiveMultiMap().add(name, value);
    }
}
