package dev.plimsoll.ops.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.pipeline.HandClock;
import dev.plimsoll.pipeline.Watch;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Real crashes, bar by bar: the exact sequence of alerts. */
@QuarkusTest
@TestProfile(ReplayProfile.class)
class CrashReplayTest {
    private static final Duration ONE_MINUTE = Duration.ofMinutes(1);
    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);

    @Inject
    Vertx vertx;

    @Inject
    HandClock clock;

    @Inject
    Watch watch;

    @Inject
    @ReactiveDataSource("engine")
    Pool engine;

    private Replay replay;

    @BeforeEach
    void ready() {
        replay = new Replay(vertx, clock, watch, engine);
    }

    @AfterEach
    void end() {
        replay.end();
    }

    /** Ticks a minute after each bar's end: every venue has moved. */
    @Test
    void theTariffCrashOfFebruary2025() {
        var crash = CrashWindow.named("2025-02-03").orElseThrow();
        replay.begin(crash);
        replay.register(crash);

        replay.ticks(Instant.parse("2025-02-02T20:01:00Z"), Instant.parse("2025-02-03T03:01:00Z"), FIVE_MINUTES);

        assertThat(replay.timeline())
                .containsExactly(
                        "02-02 20:06 fil-vault warning alert.firing crossed",
                        "02-02 20:06 render-margin warning alert.firing crossed",
                        "02-02 21:31 btc-treasury warning alert.firing crossed",
                        "02-02 22:46 eth-loan warning alert.firing crossed",
                        "02-03 00:06 fil-vault warning alert.repeated repeated",
                        "02-03 00:06 render-margin warning alert.repeated repeated",
                        "02-03 01:31 btc-treasury warning alert.repeated repeated",
                        "02-03 01:51 fil-vault critical alert.firing crossed",
                        "02-03 01:51 render-margin critical alert.firing crossed",
                        "02-03 01:56 eth-loan critical alert.firing crossed",
                        "02-03 01:56 eth-loan warning alert.worsened worsened",
                        "02-03 01:56 fil-vault warning alert.worsened worsened",
                        "02-03 01:56 render-margin warning alert.worsened worsened",
                        "02-03 02:01 defi-basket warning alert.firing crossed",
                        "02-03 02:01 eth-loan critical alert.worsened worsened",
                        "02-03 02:01 eth-loan warning alert.worsened worsened",
                        "02-03 02:01 fil-vault critical alert.worsened worsened",
                        "02-03 02:01 render-margin critical alert.worsened worsened",
                        "02-03 02:06 fil-vault warning alert.worsened worsened",
                        "02-03 02:06 render-margin warning alert.worsened worsened",
                        "02-03 02:11 eth-loan critical alert.worsened liquidatable",
                        "02-03 02:11 eth-loan warning alert.worsened liquidatable",
                        "02-03 02:11 fil-vault critical alert.worsened liquidatable",
                        "02-03 02:11 fil-vault warning alert.worsened liquidatable",
                        "02-03 02:11 render-margin critical alert.worsened liquidatable",
                        "02-03 02:11 render-margin warning alert.worsened liquidatable",
                        "02-03 02:26 eth-loan critical alert.repeated repeated",
                        "02-03 02:26 fil-vault critical alert.repeated repeated",
                        "02-03 02:26 render-margin critical alert.repeated repeated",
                        "02-03 02:41 eth-loan critical alert.repeated repeated",
                        "02-03 02:41 fil-vault critical alert.repeated repeated",
                        "02-03 02:41 render-margin critical alert.repeated repeated",
                        "02-03 02:56 eth-loan critical alert.repeated repeated",
                        "02-03 02:56 fil-vault critical alert.worsened worsened",
                        "02-03 02:56 render-margin critical alert.repeated repeated");
    }

    /** Two rules watch each position; while the critical one fires, the warning's worsening is recorded, not told. */
    @Test
    void theSameFallIsNotToldTwice() {
        var crash = CrashWindow.named("2025-02-03").orElseThrow();
        replay.begin(crash);
        replay.register(crash, "eth-loan");

        replay.ticks(Instant.parse("2025-02-03T00:01:00Z"), Instant.parse("2025-02-03T02:16:00Z"), FIVE_MINUTES);

        assertThat(replay.timeline()).contains("02-03 01:56 eth-loan warning alert.worsened worsened");
        assertThat(replay.told())
                .containsExactly(
                        "02-03 00:21 eth-loan warning alert.firing",
                        "02-03 01:56 eth-loan critical alert.firing",
                        "02-03 02:01 eth-loan critical alert.worsened",
                        "02-03 02:11 eth-loan critical alert.worsened");
    }

    /** Ticks 12 s after each bar's end: one venue of five still shows the minute before, in minutes that fall 5 %. */
    @Test
    void theCrashOfMay2021() {
        var crash = CrashWindow.named("2021-05-19").orElseThrow();
        replay.begin(crash);
        replay.register(crash);

        replay.ticks(Instant.parse("2021-05-19T11:00:12Z"), Instant.parse("2021-05-19T13:30:12Z"), ONE_MINUTE);

        assertThat(replay.timeline())
                .containsExactly(
                        "05-19 11:03 eth-loan warning alert.firing crossed",
                        "05-19 11:30 link-vault warning alert.firing crossed",
                        "05-19 11:32 btc-treasury warning alert.firing crossed",
                        "05-19 11:32 eth-loan critical alert.firing sight-regained",
                        "05-19 11:32 eth-loan warning alert.worsened worsened",
                        "05-19 11:42 eth-loan critical alert.resolved recovered",
                        "05-19 12:33 eth-loan critical alert.firing crossed",
                        "05-19 12:44 eth-loan critical alert.worsened worsened",
                        "05-19 12:44 link-vault critical alert.firing crossed",
                        "05-19 12:44 link-vault warning alert.worsened worsened",
                        "05-19 12:45 link-vault critical alert.worsened worsened",
                        "05-19 12:45 link-vault warning alert.worsened worsened",
                        "05-19 12:49 eth-loan critical alert.worsened liquidatable",
                        "05-19 12:49 eth-loan warning alert.worsened liquidatable",
                        "05-19 12:49 link-vault critical alert.worsened liquidatable",
                        "05-19 12:49 link-vault warning alert.worsened liquidatable",
                        "05-19 12:53 btc-treasury warning alert.worsened worsened",
                        "05-19 12:54 aave-margin warning alert.firing crossed",
                        "05-19 12:54 btc-treasury critical alert.firing crossed",
                        "05-19 12:55 aave-margin critical alert.firing crossed",
                        "05-19 12:56 aave-margin warning alert.worsened worsened",
                        "05-19 12:56 btc-treasury warning alert.worsened worsened",
                        "05-19 13:03 aave-margin critical alert.resolved recovered",
                        "05-19 13:04 eth-loan critical alert.repeated repeated",
                        "05-19 13:04 link-vault critical alert.repeated repeated",
                        "05-19 13:09 btc-treasury critical alert.worsened liquidatable",
                        "05-19 13:09 btc-treasury warning alert.worsened liquidatable",
                        "05-19 13:19 eth-loan critical alert.repeated repeated",
                        "05-19 13:19 link-vault critical alert.repeated repeated",
                        "05-19 13:24 btc-treasury critical alert.repeated repeated");
    }

    /** Two venues only; one stands still from 09:15 to 10:10 while the other moves: then nothing can be judged. */
    @Test
    void theStaleVenueOfNovember2022() {
        var crash = CrashWindow.named("2022-11-08").orElseThrow().with(List.of("binance", "kraken"));
        replay.begin(crash);
        replay.register(crash, "eth-loan", "btc-treasury");

        replay.ticks(Instant.parse("2022-11-10T08:01:00Z"), Instant.parse("2022-11-10T11:56:00Z"), FIVE_MINUTES);

        assertThat(replay.timeline())
                .containsExactly(
                        "11-10 08:01 eth-loan critical alert.firing crossed",
                        "11-10 08:06 btc-treasury warning alert.firing crossed",
                        "11-10 08:06 eth-loan warning alert.firing crossed",
                        "11-10 08:16 eth-loan critical alert.repeated repeated",
                        "11-10 08:31 eth-loan critical alert.repeated repeated",
                        "11-10 08:46 eth-loan critical alert.repeated repeated",
                        "11-10 09:01 eth-loan critical alert.repeated repeated",
                        "11-10 09:16 eth-loan critical alert.repeated repeated",
                        "11-10 09:31 account:price/ETH warning alert.firing crossed",
                        "11-10 09:41 account:price/BTC warning alert.firing crossed",
                        "11-10 09:56 account:price/BTC warning alert.resolved recovered",
                        "11-10 10:16 eth-loan critical alert.repeated sight-regained",
                        "11-10 10:26 account:price/ETH warning alert.resolved recovered",
                        "11-10 10:31 eth-loan critical alert.repeated repeated",
                        "11-10 10:46 eth-loan critical alert.repeated repeated",
                        "11-10 11:01 eth-loan critical alert.repeated repeated",
                        "11-10 11:16 eth-loan critical alert.repeated repeated",
                        "11-10 11:31 eth-loan critical alert.repeated repeated",
                        "11-10 11:46 eth-loan critical alert.repeated repeated");
    }

    /** Wild market, venues apart: it fires where every fresh venue says breached. */
    @Test
    void theFallOfFtx() {
        var crash = CrashWindow.named("2022-11-08").orElseThrow().with(List.of("binance", "kraken"));
        replay.begin(crash);
        replay.register(crash);

        replay.ticks(Instant.parse("2022-11-08T17:01:00Z"), Instant.parse("2022-11-08T22:01:00Z"), FIVE_MINUTES);

        assertThat(replay.timeline())
                .containsExactly(
                        "11-08 17:06 fil-vault warning alert.firing crossed",
                        "11-08 18:01 lpt-margin warning alert.firing crossed",
                        "11-08 19:06 eth-loan warning alert.firing crossed",
                        "11-08 19:31 fil-vault critical alert.firing crossed",
                        "11-08 19:36 fil-vault warning alert.worsened worsened",
                        "11-08 19:36 lpt-margin critical alert.firing crossed",
                        "11-08 19:36 lpt-margin warning alert.worsened worsened",
                        "11-08 19:46 fil-vault critical alert.repeated repeated",
                        "11-08 19:51 lpt-margin critical alert.resolved recovered",
                        "11-08 20:01 fil-vault critical alert.repeated repeated",
                        "11-08 20:16 fil-vault critical alert.repeated repeated",
                        "11-08 20:31 fil-vault critical alert.repeated repeated",
                        "11-08 20:46 fil-vault critical alert.repeated repeated",
                        "11-08 21:01 fil-vault critical alert.repeated repeated",
                        "11-08 21:16 fil-vault critical alert.repeated repeated",
                        "11-08 21:31 fil-vault critical alert.repeated repeated",
                        "11-08 21:46 fil-vault critical alert.repeated repeated",
                        "11-08 22:01 fil-vault critical alert.repeated repeated");
    }
}
