package dev.plimsoll.crash;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Prices fall and rise; each time, at a random moment around it, the service or its PostgreSQL is killed with {@code
 * kill -9}, and each time every alert must have fired or resolved in the end, exactly once. The receiver is flaky
 * throughout. Afterwards all that was due is accounted for.
 */
public final class CrashRun implements AutoCloseable {
    private static final int LATEST_FAULT_MILLIS = 3_000;

    private final Scene scene;
    private final Random random;
    private final PrintStream log;
    private final List<Strike> kills = new ArrayList<>();

    /** @param folder where the service keeps its data; made new */
    public CrashRun(Path folder, long seed, PrintStream log) throws IOException {
        this.scene = new Scene(folder, seed);
        this.random = new Random(seed);
        this.log = log;
        log.printf("crash run: seed=%d log=%s%n", seed, scene.app().log());
    }

    /** Kills once a round; the reckoning is made when everything had time to arrive. */
    public Reckoning run(int rounds) throws IOException, InterruptedException, SQLException {
        scene.begin();
        scene.receiver().flaky(true);
        for (var round = 1; round <= rounds; round++) {
            round(round);
        }
        scene.receiver().flaky(false);
        return scene.reckon(kills);
    }

    @Override
    public void close() throws InterruptedException {
        scene.close();
    }

    private void round(int round) throws IOException, InterruptedException {
        var victim = random.nextInt(3) == 0 ? Victim.DATABASE : Victim.SERVICE;
        var delay = Duration.ofMillis(random.nextInt(LATEST_FAULT_MILLIS));
        var started = Instant.now();
        move(round);
        await().pollDelay(delay).atMost(delay.plusMinutes(1)).until(() -> true);
        kill(victim);
        scene.awaitAll(isFall(round) ? "firing" : "resolved", (round + 1) / 2);
        log.printf(
                "round %d: killed=%s after=%dms settled=%dms%n",
                round,
                victim,
                delay.toMillis(),
                Duration.between(started, Instant.now()).toMillis());
    }

    private void move(int round) {
        if (isFall(round)) {
            scene.fall();
        } else {
            scene.rise();
        }
    }

    private static boolean isFall(int round) {
        return round % 2 == 1;
    }

    private void kill(Victim victim) throws IOException, InterruptedException {
        kills.add(Strike.at(victim.name(), Instant.now()));
        switch (victim) {
            case SERVICE -> {
                scene.app().kill();
                scene.app().start();
            }
            case DATABASE -> scene.app().killDatabase();
        }
    }

    private enum Victim {
        SERVICE,
        DATABASE
    }
}
