package dev.plimsoll.bench;

import dev.plimsoll.bench.CrowdReceiver.Arrivals;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What became of one fall's alerts.
 *
 * @param fell       when the price did
 * @param used       from then on
 * @param tick       when the tick began that saw it
 * @param committing when the transaction began that committed the last of them
 * @param arrived    when each message came, in order
 * @param lost       due on hosts that are never bad, and not there
 * @param duplicated messages that came more than once
 */
record Drained(
        Instant fell,
        Cpu used,
        Instant tick,
        Instant committing,
        List<Instant> arrived,
        Set<String> lost,
        List<String> duplicated) {

    private static final String DUE = """
            select d.id, n.at, max(n.created_at) over () as committing
            from delivery d
            join notice n on n.id = d.notice_id
            join channel c on c.id = d.channel_id
            where n.type = 'alert.firing'
              and n.severity = 'critical'
              and n.at >= ?
              and c.name::int <> all (?)""";

    /**
     * @param members  whose messages are not waited for
     * @param expected how many alerts the fall must have fired of the others
     */
    static Drained of(
            Connection sql, Instant fell, Cpu used, int expected, List<Integer> members, Map<String, Arrivals> came)
            throws SQLException {
        try (var statement = sql.prepareStatement(DUE)) {
            statement.setTimestamp(1, Timestamp.from(fell.minusSeconds(5)));
            statement.setArray(2, sql.createArrayOf("int", members.toArray()));
            var due = new HashSet<String>();
            var tick = Instant.MAX;
            var committing = Instant.MIN;
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    due.add(rows.getString("id"));
                    tick = min(tick, rows.getTimestamp("at").toInstant());
                    committing = rows.getTimestamp("committing").toInstant();
                }
            }
            if (due.size() != expected) {
                throw new IllegalStateException("fired " + due.size() + " alerts instead of " + expected);
            }
            return of(fell, used, tick, committing, due, came);
        }
    }

    private static Drained of(
            Instant fell, Cpu used, Instant tick, Instant committing, Set<String> due, Map<String, Arrivals> came) {
        var lost = new HashSet<>(due);
        lost.removeAll(came.keySet());
        var arrived = due.stream()
                .filter(came::containsKey)
                .map(id -> came.get(id).first())
                .sorted()
                .toList();
        var duplicated = came.entrySet().stream()
                .filter(one -> one.getValue().times() > 1 || !due.contains(one.getKey()))
                .map(Map.Entry::getKey)
                .filter(due::contains)
                .toList();
        return new Drained(fell, used, tick, committing, arrived, lost, duplicated);
    }

    private static Instant min(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    /** From the fall to the start of the tick: what a shorter interval would save. */
    double pollWaitMillis() {
        return millis(fell, tick);
    }

    double firstMillis() {
        return millis(tick, arrived.getFirst());
    }

    double lastMillis() {
        return millis(tick, arrived.getLast());
    }

    /** From the start of the tick until a share of the messages was there. */
    double millis(double share) {
        return millis(tick, arrived.get((int) (share * (arrived.size() - 1))));
    }

    double committingMillis() {
        return millis(tick, committing);
    }

    /** Webhooks a second from the first to the last. */
    double rate() {
        return (arrived.size() - 1) / Math.max(0.001, (lastMillis() - firstMillis()) / 1000);
    }

    private static double millis(Instant from, Instant to) {
        return Duration.between(from, to).toNanos() / 1e6;
    }
}
