package dev.plimsoll.ops.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.plimsoll.oracle.PriceSource;
import dev.plimsoll.oracle.SourceSettings;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.BasisPoints;
import io.quarkus.arc.All;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ProbeTest {
    private static final Set<Asset> BTC = Set.of(new Asset("BTC"));

    @Inject
    @All
    List<PriceSource> sources;

    @Test
    void theDoctorLooksWhereTheSourcesAsk() {
        var asked = sources.stream().map(ProbeTest::place).toList();

        assertThat(Probe.ALL.stream().map(probe -> new Place(probe.name(), probe.url(), probe.enabled())))
                .isSubsetOf(asked)
                .hasSizeGreaterThan(5);
    }

    private record Place(String name, URI url, boolean enabled) {}

    private static Place place(PriceSource source) {
        var defaults = source.defaults(Optional.empty(), Optional.empty());
        return new Place(source.name(), defaults.url(), defaults.enabled());
    }

    @Test
    void theDoctorAsksForBitcoinAsTheSourcesDo() throws IOException {
        Queue<String> requests = new ConcurrentLinkedQueue<>();
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            var key = exchange.getRequestHeaders().getFirst("x-cg-demo-api-key");
            requests.add(exchange.getRequestURI().getRawPath() + "?"
                    + exchange.getRequestURI().getRawQuery() + " " + key);
            exchange.sendResponseHeaders(503, -1);
            exchange.close();
        });
        server.start();
        var base = "http://127.0.0.1:" + server.getAddress().getPort();

        try {
            sources.stream()
                    .filter(source -> !source.covers(BTC).isEmpty())
                    .forEach(source -> source.ask(BTC, settings(base + "/" + source.name()))
                            .collect()
                            .asList()
                            .await()
                            .atMost(Duration.ofSeconds(60)));
        } finally {
            server.stop(0);
        }

        assertThat(requests)
                .containsAll(Probe.ALL.stream().map(ProbeTest::request).toList());
    }

    private static String request(Probe probe) {
        var uri = probe.at(URI.create("http://127.0.0.1/" + probe.name()));
        var headers = probe.headers(uri, "secret");
        return uri.getRawPath() + "?" + uri.getRawQuery() + " " + headers.get("x-cg-demo-api-key");
    }

    private static SourceSettings settings(String url) {
        var second = Duration.ofSeconds(1);
        return new SourceSettings(
                URI.create(url),
                true,
                second,
                second.multipliedBy(5),
                second,
                BasisPoints.of(50),
                Optional.of("secret"));
    }
}
