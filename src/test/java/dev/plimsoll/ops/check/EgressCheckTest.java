package dev.plimsoll.ops.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.ops.check.Finding.Fault;
import dev.plimsoll.ops.check.Finding.Fine;
import dev.plimsoll.wire.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EgressCheckTest {
    private static final URI NOWHERE = URI.create("https://plimsoll.invalid");

    @Test
    void aConnectionThatLeavesIsFine() throws IOException {
        try (var there = open()) {
            var place = URI.create("https://127.0.0.1:" + there.getLocalPort());

            assertThat(new EgressCheck(List.of(NOWHERE, place), Optional.empty()).finding())
                    .isEqualTo(new Fine("egress", "connections leave, as to 127.0.0.1:" + there.getLocalPort()));
        }
    }

    @Test
    void whereNoNameIsResolvedItIsTheDns() {
        assertThat(sentence(List.of(NOWHERE), Optional.empty()))
                .contains("No name can be resolved", "plimsoll.invalid", "DNS");
    }

    @Test
    void whereNoConnectionLeavesItIsTheFirewall() throws IOException {
        var closed = URI.create("https://127.0.0.1:" + FreePort.next());

        assertThat(sentence(List.of(closed), Optional.empty()))
                .contains("no connection leaves", "plimsoll.wire.proxy-url");
    }

    @Test
    void aProxyIsAskedInsteadAndItsPasswordIsNotShown() throws IOException {
        try (var there = open()) {
            assertThat(new EgressCheck(List.of(NOWHERE), Optional.of(proxy(there.getLocalPort()))).finding())
                    .isEqualTo(new Fine("egress", "by the proxy at 127.0.0.1:" + there.getLocalPort()));
        }
        assertThat(sentence(List.of(), Optional.of(proxy(FreePort.next()))))
                .contains("The proxy at 127.0.0.1:")
                .doesNotContain("hush");
    }

    private static String sentence(List<URI> places, Optional<URI> proxy) {
        return ((Fault) new EgressCheck(places, proxy).finding()).sentence();
    }

    private static URI proxy(int port) {
        return URI.create("http://us:hush@127.0.0.1:" + port);
    }

    private static ServerSocket open() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
    }
}
