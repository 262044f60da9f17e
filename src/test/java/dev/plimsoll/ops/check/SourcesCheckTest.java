package dev.plimsoll.ops.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.plimsoll.ops.check.Finding.Fault;
import dev.plimsoll.ops.check.Finding.Fine;
import dev.plimsoll.ops.check.Finding.Weak;
import dev.plimsoll.wire.WireConfig;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SourcesCheckTest {
    private final Set<String> only = new TreeSet<>();
    private HttpServer exchanges;

    @BeforeEach
    void open() throws IOException {
        exchanges = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        exchanges.start();
    }

    @AfterEach
    void close() {
        exchanges.stop(0);
    }

    @Test
    void whereEnoughSourcesAnswerTheOthersAreWeakAndNoFault() {
        only.addAll(List.of("coinbase", "okx"));

        var findings = findings(Set.of("kraken", "binance"));

        assertThat(findings)
                .filteredOn(Fine.class::isInstance)
                .extracting(Finding::subject)
                .containsExactly("source binance", "source kraken", "price sources");
        assertThat(findings).filteredOn(Weak.class::isInstance).hasSize(2);
        assertThat(findings).noneMatch(Fault.class::isInstance);
    }

    @Test
    void whereTooFewAnswerItSaysWhatThatMeansAndWhatToDo() {
        only.addAll(List.of("binance", "bitstamp", "coinbase"));

        var findings = findings(Set.of("kraken"));

        assertThat(findings.getLast())
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault -> assertThat(fault.sentence())
                                .startsWith("1 of 4 answer, and a price needs 2 that agree")
                                .contains("Open the way over HTTPS", "plimsoll.oracle.sources.<name>.url"));
    }

    @Test
    void aSourceThatIsOffUntilTheOperatorWantsItIsNotLookedAt() {
        assertThat(findings(Set.of("redstone", "kraken")))
                .extracting(Finding::subject)
                .contains("source redstone");
        only.clear();
        assertThat(findings(Set.of())).extracting(Finding::subject).doesNotContain("source redstone");
    }

    @Test
    void aStatusThatIsNoAnswerIsTold() {
        only.add("binance");

        assertThat(findings(Set.of()).getFirst())
                .isInstanceOfSatisfying(
                        Weak.class,
                        weak -> assertThat(weak.sentence())
                                .contains("HTTP status 404", "plimsoll.oracle.sources.binance.enabled=false"));
    }

    @Test
    void aHostThatNeedsAKeyIsNotAskedWithoutOne() {
        only.addAll(List.of("coinbase", "pyth"));

        var findings = findings(Set.of("kraken", "binance"), Map.of("pyth", "https://pyth.dourolabs.app/hermes"));

        assertThat(findings)
                .filteredOn(finding -> finding.subject().equals("source pyth"))
                .singleElement()
                .isInstanceOfSatisfying(
                        Weak.class,
                        weak -> assertThat(weak.sentence())
                                .isEqualTo("not asked without an API key: set plimsoll.oracle.sources.pyth.key, or"
                                        + " plimsoll.oracle.sources.pyth.enabled=false."));
        assertThat(findings.getLast()).isEqualTo(new Fine("price sources", "2 of 3 answer"));
    }

    private List<Finding> findings(Set<String> answering) {
        return findings(answering, Map.of());
    }

    /** Every source at the local server, which knows only these, but for those that are elsewhere. */
    private List<Finding> findings(Set<String> answering, Map<String, String> elsewhere) {
        answering.forEach(name -> exchanges.createContext("/" + name + "/", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        }));
        only.addAll(answering);
        var settings = new HashMap<String, String>();
        if (!only.isEmpty()) {
            settings.put("plimsoll.oracle.only", String.join(",", only));
        }
        Probe.ALL.forEach(probe -> settings.put(
                "plimsoll.oracle.sources." + probe.name() + ".url",
                "http://127.0.0.1:" + exchanges.getAddress().getPort() + "/" + probe.name()));
        elsewhere.forEach((name, url) -> settings.put("plimsoll.oracle.sources." + name + ".url", url));
        var config = new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(settings, "test", 100))
                .addDiscoveredConverters()
                .withMapping(WireConfig.class)
                .build();
        return new SourcesCheck(config, config.getConfigMapping(WireConfig.class)).findings();
    }
}
