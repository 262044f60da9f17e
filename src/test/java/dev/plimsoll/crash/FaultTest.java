package dev.plimsoll.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The packaged service while something around it fails. */
class FaultTest {
    private static final long SEED = 20261121;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private Scene scene;

    @BeforeEach
    void begin() throws IOException, InterruptedException {
        scene = new Scene(folder, SEED);
        scene.begin();
    }

    @AfterEach
    void end() throws InterruptedException {
        scene.close();
    }

    @Test
    void alertingGoesOnWhenRedisIsFlushedAndWhenItIsKilled() throws Exception {
        scene.app().flushRedis();
        scene.fall();
        scene.awaitAll("firing", 1);

        scene.app().killRedis();
        scene.rise();
        scene.awaitAll("resolved", 1);

        var reckoning = scene.reckon(List.of());
        assertThat(reckoning.notices()).isEqualTo(2 * Scene.LOANS);
        assertThat(reckoning.lost()).isEmpty();
        assertThat(reckoning.duplicated()).isEmpty();
    }

    @Test
    void aServiceToldToStopWhileDeliveringEndsInOrderAndAfterwardsNothingIsMissingOrSaidTwice() throws Exception {
        scene.receiver().flaky(true);
        scene.fall();
        await().until(() -> !scene.receiver().accepted().isEmpty());

        assertThat(scene.app().stop(Duration.ofSeconds(20))).isTrue();
        scene.app().start();
        scene.awaitAll("firing", 1);

        scene.receiver().flaky(false);
        var reckoning = scene.reckon(List.of());
        assertThat(reckoning.notices()).isEqualTo(Scene.LOANS);
        assertThat(reckoning.lost()).isEmpty();
        assertThat(reckoning.duplicated()).isEmpty();
    }

    @Test
    void withAllSourcesDownNothingResolvesAndAfterwardsEverythingGoesOn() throws Exception {
        scene.fall();
        scene.awaitAll("firing", 1);

        scene.prices().down(true);
        scene.rise();
        await().during(Duration.ofSeconds(5)).until(() -> scene.count("resolved") == 0);
        scene.prices().down(false);

        scene.awaitAll("resolved", 1);
        assertThat(scene.reckon(List.of()).lost()).isEmpty();
    }
}
