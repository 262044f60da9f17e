package dev.plimsoll.crash;

import dev.plimsoll.crash.FlakyReceiver.Message;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which messages came too late: more than a minute after the notice was written, after the pause that followed the
 * receiver's last refusal, and after the end of every fault that had begun by then.
 */
final class Lateness {
    private static final Duration PROMISED = Duration.ofMinutes(1);

    private Lateness() {}

    static List<String> of(Connection sql, List<Message> accepted, List<Strike> strikes) throws SQLException {
        var due = due(sql);
        var first = accepted.stream()
                .collect(Collectors.toMap(Message::id, Message::at, (one, other) -> one.isBefore(other) ? one : other));
        return first.entrySet().stream()
                .filter(message -> due.containsKey(message.getKey()))
                .filter(message -> {
                    var from = begin(due.get(message.getKey()), message.getValue(), strikes);
                    return Duration.between(from, message.getValue()).compareTo(PROMISED) > 0;
                })
                .map(message -> message.getKey() + " due " + due.get(message.getKey()) + " came " + message.getValue())
                .toList();
    }

    private static Instant begin(Instant due, Instant came, List<Strike> strikes) {
        return Stream.concat(
                        Stream.of(due),
                        strikes.stream()
                                .filter(strike -> strike.from().isBefore(came))
                                .map(Strike::until))
                .max(Instant::compareTo)
                .orElseThrow();
    }

    private static Map<String, Instant> due(Connection sql) throws SQLException {
        try (var statement = sql.createStatement();
                var rows = statement.executeQuery("""
                        select d.id::text, greatest(n.created_at, max(a.next_at))
                        from delivery d
                        join notice n on n.id = d.notice_id
                        left join attempt a on a.delivery_id = d.id
                        group by d.id, n.created_at""")) {
            var due = new HashMap<String, Instant>();
            while (rows.next()) {
                due.put(rows.getString(1), rows.getObject(2, Timestamp.class).toInstant());
            }
            return due;
        }
    }
}
