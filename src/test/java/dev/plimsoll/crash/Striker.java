package dev.plimsoll.crash;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Does the faults, each until it has ended, and measures how long the watch is without a holder. */
final class Striker {
    /** Longer than the leases of a watch and of a delivery in a {@link Scene}. */
    private static final Duration BEYOND_LEASES = Duration.ofSeconds(6);

    private final Fleet fleet;
    private final Random random;
    private final List<Strike> strikes = new ArrayList<>();
    private final List<Takeover> takeovers = new ArrayList<>();

    Striker(Fleet fleet, Random random) {
        this.fleet = fleet;
        this.random = random;
    }

    /** From a fault that hit the holder of the watch to the end of the first tick of the next one. */
    record Takeover(Fault fault, Duration took) {}

    /** What this machine lets us do. */
    Set<Fault> possible() {
        var possible = EnumSet.allOf(Fault.class);
        if (fleet.disk().isEmpty()) {
            possible.remove(Fault.DISK_FULL);
        }
        if (!fleet.clock().isThere()) {
            possible.remove(Fault.CLOCK_MOVED);
        }
        if (!fleet.network().canCut()) {
            possible.removeAll(Set.of(Fault.CUT_FROM_DATABASE, Fault.CUT_FROM_REDIS));
        }
        if (!fleet.canRoll()) {
            possible.remove(Fault.ROLLED);
        }
        return possible;
    }

    List<Strike> strikes() {
        return List.copyOf(strikes);
    }

    List<Takeover> takeovers() {
        return List.copyOf(takeovers);
    }

    /** Returns when what was struck runs again. */
    Strike strike(Fault fault) throws IOException, InterruptedException, SQLException {
        var from = Instant.now();
        var victim = random.nextInt(4) == 0 ? fleet.apps().get(random.nextInt(3)) : fleet.holder();
        switch (fault) {
            case REPLICA_KILLED -> away(fault, victim, victim::kill, victim::start);
            case REPLICA_STOPPED ->
                away(fault, victim, () -> victim.process().destroy(), () -> {
                    victim.stop(Duration.ofSeconds(60));
                    victim.start();
                });
            case REPLICA_PAUSED ->
                away(fault, victim, victim::pause, () -> {
                    passUntil(from.plus(BEYOND_LEASES));
                    victim.resume();
                });
            case DATABASE_KILLED -> database(fleet.postgres()::kill);
            case DATABASE_RESTARTED -> database(fleet.postgres()::stop);
            case DATABASE_FROZEN -> freeze();
            case CONNECTIONS_CUT -> cut();
            case REDIS_FLUSHED -> fleet.redis().flush();
            case REDIS_GONE -> redisGone();
            case DISK_FULL -> fillDisk();
            case SCHEMA_UPGRADED -> upgrade(victim);
            case CLOCK_MOVED -> moveClock();
            case CUT_FROM_DATABASE -> cutFromDatabase(victim, from.plus(BEYOND_LEASES));
            case CUT_FROM_REDIS -> cutFromRedis(victim);
            case ROLLED -> roll();
        }
        var strike = new Strike(fault.name(), from, Instant.now());
        strikes.add(strike);
        return strike;
    }

    private interface Act {
        void run() throws IOException, InterruptedException;
    }

    private void away(Fault fault, App victim, Act goes, Act returns)
            throws IOException, InterruptedException, SQLException {
        var holds = fleet.holder() == victim;
        var epoch = fleet.postgres().number("select epoch from lease");
        var from = Instant.now();
        goes.run();
        if (holds) {
            awaitTickAfter(epoch);
            takeovers.add(new Takeover(fault, Duration.between(from, Instant.now())));
        }
        returns.run();
    }

    /** The end of the first tick of a later epoch is what {@code judged_until} says. */
    private void awaitTickAfter(int epoch) throws SQLException {
        fleet.awaitNumber(1, "select count(*) from lease where epoch > %d and until > now()".formatted(epoch));
        var judged = fleet.postgres()
                .number("select coalesce(extract(epoch from judged_until) * 10, 0)::bigint % 1000000000 from lease");
        await("the first tick of the next holder")
                .ignoreExceptions()
                .pollInterval(Duration.ofMillis(50))
                .atMost(Duration.ofSeconds(60))
                .until(() -> fleet.postgres()
                                .number("select coalesce(extract(epoch from judged_until) * 10, 0)::bigint % 1000000000"
                                        + " from lease")
                        != judged);
    }

    private void database(Act down) throws IOException, InterruptedException {
        down.run();
        pass(Duration.ofMillis(random.nextInt(4_000)));
        fleet.postgres().start();
    }

    private void freeze() {
        var frozen = fleet.postgres().processes();
        frozen.forEach(process -> Signals.send("STOP", process));
        pass(Duration.ofMillis(2_000 + random.nextInt(10_000)));
        frozen.forEach(process -> Signals.send("CONT", process));
    }

    private void cut() throws SQLException {
        for (var time = 0; time < 3; time++) {
            fleet.postgres().run("""
                    select pg_terminate_backend(pid)
                    from pg_stat_activity
                    where usename like 'plimsoll%' and random() < 0.5""");
            pass(Duration.ofMillis(random.nextInt(700)));
        }
    }

    private void redisGone() throws IOException {
        fleet.redis().kill();
        pass(Duration.ofMillis(random.nextInt(5_000)));
        fleet.redis().start();
    }

    /** PostgreSQL may end of it; whoever runs one starts it again when there is space. */
    private void fillDisk() throws IOException {
        var disk = fleet.disk().orElseThrow();
        disk.fill();
        pass(Duration.ofMillis(2_000 + random.nextInt(6_000)));
        disk.free();
        fleet.postgres().start();
    }

    private void upgrade(App victim) throws IOException, InterruptedException {
        fleet.schema().upgrade();
        victim.stop(Duration.ofSeconds(60));
        victim.start();
    }

    /** Returns when it is ready again, too. */
    private void cutFromDatabase(App victim, Instant until) throws IOException, InterruptedException, SQLException {
        var replica = fleet.apps().indexOf(victim);
        away(Fault.CUT_FROM_DATABASE, victim, () -> fleet.network().cut(replica, Network.Way.DATABASE), () -> {
            passUntil(until);
            fleet.network().mend(replica, Network.Way.DATABASE);
            victim.awaitReady();
        });
    }

    private void cutFromRedis(App victim) {
        var replica = fleet.apps().indexOf(victim);
        fleet.network().cut(replica, Network.Way.REDIS);
        pass(BEYOND_LEASES.plusMillis(random.nextInt(4_000)));
        fleet.network().mend(replica, Network.Way.REDIS);
    }

    private void roll() throws IOException, InterruptedException, SQLException {
        var build = fleet.otherBuild();
        for (var app : fleet.apps()) {
            away(Fault.ROLLED, app, () -> app.process().destroy(), () -> {
                app.stop(Duration.ofSeconds(60));
                app.becomes(build);
                app.start();
            });
        }
    }

    private void moveClock() throws IOException {
        fleet.clock().move(Duration.ofSeconds(random.nextInt(-3_600, 3_600)));
        pass(Duration.ofMillis(2_000 + random.nextInt(8_000)));
        fleet.clock().move(Duration.ZERO);
        pass(Duration.ofSeconds(2));
    }

    private static void passUntil(Instant time) {
        await().atMost(BEYOND_LEASES.plusSeconds(30)).until(() -> Instant.now().isAfter(time));
    }

    private static void pass(Duration time) {
        await().pollDelay(time).atMost(time.plusSeconds(30)).until(() -> true);
    }
}
