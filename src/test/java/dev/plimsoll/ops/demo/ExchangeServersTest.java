package dev.plimsoll.ops.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.oracle.Answer.Quote;
import dev.plimsoll.oracle.Oracles;
import dev.plimsoll.pipeline.HandClock;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.Tick;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The demo's servers are as good as the real ones to Plimsoll's own price sources. */
@QuarkusTest
@TestProfile(ReplayProfile.class)
class ExchangeServersTest {
    private static final Instant MIDNIGHT = Instant.parse("2025-02-03T00:00:00Z");

    @Inject
    Vertx vertx;

    @Inject
    HandClock clock;

    @Inject
    Oracles oracles;

    private HttpServer server;

    @BeforeEach
    void open() {
        var crash = CrashWindow.named("2025-02-03").orElseThrow();
        clock.set(MIDNIGHT);
        server = vertx.createHttpServer()
                .requestHandler(new ExchangeServers(vertx, new Tape(crash), clock).routes())
                .listen(ReplayProfile.PORT, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    @AfterEach
    void close() {
        server.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void everySourceReadsItsOwnFormat() {
        var assets = Set.of(new Asset("ETH"), new Asset("BTC"), new Asset("RENDER"), new Asset("USDT"));

        var answers = oracles.ask(assets, new Tick(1, MIDNIGHT, Duration.ofMinutes(5)))
                .await()
                .atMost(Duration.ofSeconds(60));

        var quotes = answers.stream()
                .filter(Quote.class::isInstance)
                .collect(Collectors.groupingBy(
                        answer -> answer.source(),
                        Collectors.mapping(answer -> answer.asset().symbol(), Collectors.toCollection(TreeSet::new))));
        assertThat(quotes)
                .isEqualTo(Map.of(
                        "binance", new TreeSet<>(Set.of("ETH", "BTC", "RENDER")),
                        "coinbase",
                                new TreeSet<>(assets.stream().map(Asset::symbol).toList()),
                        "kraken",
                                new TreeSet<>(assets.stream().map(Asset::symbol).toList()),
                        "bitstamp",
                                new TreeSet<>(assets.stream().map(Asset::symbol).toList()),
                        "coingecko",
                                new TreeSet<>(assets.stream().map(Asset::symbol).toList())));
    }
}
