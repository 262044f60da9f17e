package dev.plimsoll.wire;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.resolver.dns.SingletonDnsServerAddressStreamProvider;
import io.vertx.core.Vertx;
import io.vertx.core.datagram.DatagramSocket;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a name server of our own that speaks DNS over UDP. */
class NamesTest {
    private static final int A = 1;
    private static final int AAAA = 28;

    private Vertx vertx;
    private DatagramSocket server;
    private Names names;

    @BeforeEach
    void start() throws Exception {
        vertx = Vertx.vertx();
        server = vertx.createDatagramSocket()
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(30, SECONDS);
        server.handler(packet -> answer(packet.data().getBytes())
                .ifPresent(reply -> server.send(
                        io.vertx.core.buffer.Buffer.buffer(reply),
                        packet.sender().port(),
                        packet.sender().host())));
        var address = new InetSocketAddress("127.0.0.1", server.localAddress().port());
        names = new Names(
                vertx,
                builder -> builder.nameServerProvider(new SingletonDnsServerAddressStreamProvider(address))
                        .queryTimeoutMillis(2_000));
    }

    @AfterEach
    void stop() {
        names.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void aNameHasAllItsAddressesOfBothFamilies() throws Exception {
        var addresses = resolve("both.example.com");

        assertThat(addresses)
                .containsExactlyInAnyOrder(
                        InetAddress.getByName("192.0.2.7"),
                        InetAddress.getByName("10.0.0.1"),
                        InetAddress.getByName("2001:db8::7"));
        assertThat(addresses.getFirst().getAddress()).hasSize(4);
    }

    @Test
    void aNameNobodyKnowsFails() {
        assertThatThrownBy(() -> resolve("nobody.example.com")).isInstanceOf(ExecutionException.class);
    }

    @Test
    void aSilentNameServerFailsInTimeAndHoldsNobodyUp() throws Exception {
        var hanging = IntStream.range(0, 50)
                .mapToObj(i -> names.resolve("silent" + i + ".example.com"))
                .toList();

        assertThat(resolve("both.example.com")).hasSize(3);
        for (var lookup : hanging) {
            assertThatThrownBy(() ->
                            lookup.toCompletionStage().toCompletableFuture().get(6, SECONDS))
                    .isInstanceOf(ExecutionException.class);
        }
    }

    private List<InetAddress> resolve(String name) throws Exception {
        return names.resolve(name).toCompletionStage().toCompletableFuture().get(6, SECONDS);
    }

    private static java.util.Optional<byte[]> answer(byte[] query) {
        var first = new String(query, 13, query[12]);
        if (first.startsWith("silent")) {
            return java.util.Optional.empty();
        }
        var type = query[query.length - 4 - additional(query) + 1] & 0xff;
        return java.util.Optional.of(
                switch (first) {
                    case "both" ->
                        reply(
                                query,
                                type,
                                type == A
                                        ? List.of("192.0.2.7", "10.0.0.1")
                                        : type == AAAA ? List.of("2001:db8::7") : List.of());
                    default -> reply(query, type, List.of());
                });
    }

    /** Length of the OPT record that resolvers put behind the question. */
    private static int additional(byte[] query) {
        return query[11] == 0 ? 0 : 11;
    }

    private static byte[] reply(byte[] query, int type, List<String> addresses) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.write(query, 0, 2);
            out.writeShort(addresses.isEmpty() ? 0x8183 : 0x8180); // NXDOMAIN or answer
            out.writeShort(1);
            out.writeShort(addresses.size());
            out.writeInt(0);
            out.write(query, 12, query.length - 12 - additional(query));
            for (var address : addresses) {
                var raw = InetAddress.getByName(address).getAddress();
                out.writeShort(0xc00c);
                out.writeShort(type);
                out.writeShort(1);
                out.writeInt(30);
                out.writeShort(raw.length);
                out.write(raw);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
