package dev.plimsoll.crash;

import static dev.plimsoll.crash.Fault.CUT_FROM_DATABASE;
import static dev.plimsoll.crash.Fault.CUT_FROM_REDIS;
import static dev.plimsoll.crash.Fault.REPLICA_KILLED;
import static dev.plimsoll.crash.Fault.REPLICA_PAUSED;
import static dev.plimsoll.crash.Fault.ROLLED;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Prices fall and rise under three replicas; each time, at a random moment around it, a fault is done, and each time every
 * alert must have fired or resolved in the end, exactly once. Receiver and mail server are flaky
 * throughout. Afterwards all that was due
 * is accounted for.
 */
public final class FaultRun implements AutoCloseable {
    static final int ACCOUNTS = 4;
    private static final int LATEST_FAULT_MILLIS = 3_000;

    private final Fleet fleet;
    private final Striker striker;
    private final long seed;
    private final Random random;
    private final int loansEach;
    private final PrintStream log;
    private final List<Duration> settled = new ArrayList<>();

    /**
     * @param folder where everything is kept; made new
     * @param loans  of each of four accounts
     */
    public FaultRun(Path folder, long seed, int loans, PrintStream log)
            throws IOException, GeneralSecurityException, InterruptedException, SQLException {
        this(new Fleet(folder, seed), seed, loans, log);
        log.printf("fault run: logs=%s%n", folder);
        fleet.begin(ACCOUNTS, loans);
    }

    /**
     * Replicas as pods would be: each in a network namespace of its own, empty where the machine has none for us.
     *
     * @param previous the jar of an earlier build, to roll from
     */
    public static Optional<FaultRun> ofPods(Path folder, long seed, int loans, Optional<Path> previous, PrintStream log)
            throws IOException, GeneralSecurityException, InterruptedException, SQLException {
        var network = PodNetwork.of(Fleet.REPLICAS);
        if (network.isEmpty()) {
            return Optional.empty();
        }
        var fleet = new Fleet(folder, seed, network.get(), previous);
        log.printf("pods: logs=%s%n", folder);
        var begun = false;
        try {
            fleet.begin(ACCOUNTS, loans);
            begun = true;
        } finally {
            if (!begun) {
                fleet.close(); // nothing of it may stay, the namespaces least of all
            }
        }
        return Optional.of(new FaultRun(fleet, seed, loans, log));
    }

    /** @param fleet begun with as many loans for each of four accounts */
    FaultRun(Fleet fleet, long seed, int loans, PrintStream log) {
        this.fleet = fleet;
        this.seed = seed;
        this.random = new Random(seed);
        this.striker = new Striker(fleet, random);
        this.loansEach = loans;
        this.log = log;
        log.printf("fault run: seed=%d%n", seed);
        for (var fault : Fault.values()) {
            if (!striker.possible().contains(fault)) {
                log.printf("fault run: skipped=%s, this machine does not let us%n", fault);
            }
        }
    }

    /** What repeats it. */
    public long seed() {
        return seed;
    }

    /** What this machine lets us do. */
    Set<Fault> possible() {
        return striker.possible();
    }

    /** What can happen to pods, in turn. */
    public Reckoning runOfPods(int rounds) throws IOException, InterruptedException, SQLException {
        var faults = Stream.of(REPLICA_KILLED, CUT_FROM_DATABASE, REPLICA_PAUSED, CUT_FROM_REDIS, ROLLED)
                .filter(striker.possible()::contains)
                .toList();
        return run(IntStream.range(0, rounds)
                .mapToObj(round -> faults.get(round % faults.size()))
                .toList());
    }

    /** One random fault a round, of those that can be done here. */
    public Reckoning run(int rounds) throws IOException, InterruptedException, SQLException {
        var possible = List.copyOf(striker.possible());
        return run(
                random.ints(rounds, 0, possible.size()).mapToObj(possible::get).toList());
    }

    /** These faults one after the other; the reckoning is made when everything had time to arrive. */
    Reckoning run(List<Fault> faults) throws IOException, InterruptedException, SQLException {
        fleet.flaky(true);
        for (var round = 1; round <= faults.size(); round++) {
            round(round, faults.get(round - 1));
        }
        fleet.flaky(false);
        return fleet.reckon(striker.strikes());
    }

    /** From a fault that hit the holder of the watch to the end of the first tick of the next one, by the kind of fault. */
    public Map<String, List<Duration>> takeovers() {
        return striker.takeovers().stream()
                .collect(Collectors.groupingBy(
                        takeover -> takeover.fault().name(),
                        TreeMap::new,
                        Collectors.mapping(Striker.Takeover::took, Collectors.toList())));
    }

    /** From the end of a fault, or the move of the price after it, until every alert had followed. */
    public List<Duration> settled() {
        return List.copyOf(settled);
    }

    @Override
    public void close() throws InterruptedException {
        fleet.close();
    }

    private void round(int round, Fault fault) throws IOException, InterruptedException, SQLException {
        var isFall = round % 2 == 1;
        if (isFall) {
            fleet.fall();
        } else {
            fleet.rise();
        }
        var moved = Instant.now();
        var delay = Duration.ofMillis(random.nextInt(LATEST_FAULT_MILLIS));
        await().pollDelay(delay).atMost(delay.plusSeconds(30)).until(() -> true);
        var strike = striker.strike(fault);
        fleet.awaitAll(isFall ? "firing" : "resolved", (round + 1) / 2, ACCOUNTS * loansEach);
        var now = Instant.now();
        settled.add(Duration.between(strike.until().isAfter(moved) ? strike.until() : moved, now));
        log.printf(
                "%tT round %d: fault=%s after=%dms lasted=%dms settled=%dms after the price, %dms after the fault%n",
                moved.atOffset(ZoneOffset.UTC),
                round,
                fault,
                delay.toMillis(),
                strike.length().toMillis(),
                Duration.between(moved, now).toMillis(),
                Duration.between(strike.until(), now).toMillis());
    }
}
