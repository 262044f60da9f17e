package dev.plimsoll.crash;

import dev.plimsoll.crash.FlakyReceiver.Message;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What was due against what arrived: every notice is delivered, shown as failed, superseded by a later one that is itself
 * delivered or shown as failed, or suppressed with its reason.
 *
 * @param notices    written by the service
 * @param delivered  distinct messages the receiver accepted
 * @param lost       what is missing, in words; empty when nothing is
 * @param duplicated messages accepted more than once
 * @param unexcused  of them, those that were not in flight at a fault, or came more often than there were faults, and were
 *                   not repeated because our answer took longer than the service waits
 * @param late       messages that arrived more than a minute after they could be sent
 */
public record Reckoning(
        int notices,
        int delivered,
        List<String> lost,
        List<String> duplicated,
        List<String> unexcused,
        List<String> late) {
    /** Told but not written: what an alert's timeline says must be in the outbox. */
    private static final String UNTOLD = """
            select 'transition without notice: ' || t.alert_id || ' ' || t.sequence
            from transition t
            where t.type in ('alert.firing', 'alert.worsened', 'alert.repeated', 'alert.resolved')
              and not exists (select from notice n where n.alert_id = t.alert_id and n.sequence = t.sequence)""";

    private static final String HALF = """
            select 'half an alert: ' || a.id
            from alert a
            where a.state <> 'pending'
              and a.sequence <> (select count(*) from transition t where t.alert_id = a.id)""";

    private static final String UNSENT = """
            select 'notice without delivery: ' || n.id
            from notice n
            where not exists (select from delivery d where d.notice_id = n.id)""";

    private static final String PENDING = "select 'never sent: ' || id from delivery where state = 'pending'";

    private static final String DROPPED = """
            select 'superseded by nothing that arrived: ' || d.id
            from delivery d
            join notice n on n.id = d.notice_id
            where d.state = 'superseded'
              and not exists (select
                              from delivery later
                              join notice m on m.id = later.notice_id
                              where later.alert_id = d.alert_id
                                and later.channel_id = d.channel_id
                                and m.sequence > n.sequence
                                and later.state in ('delivered', 'failed'))""";

    private static final String MUTE =
            "select 'suppressed without reason: ' || id from delivery where state = 'suppressed' and reason is null";

    static Reckoning of(Connection sql, List<Message> accepted, List<Strike> strikes) throws SQLException {
        var lost = new ArrayList<String>();
        for (var check : List.of(UNTOLD, HALF, UNSENT, PENDING, DROPPED, MUTE)) {
            lost.addAll(column(sql, check));
        }
        var arrived = accepted.stream().map(Message::id).collect(Collectors.toSet());
        column(sql, "select id::text from delivery where state = 'delivered'").stream()
                .filter(id -> !arrived.contains(id))
                .forEach(id -> lost.add("said to be delivered, never arrived: " + id));
        var times = accepted.stream()
                .collect(Collectors.groupingBy(Message::id, Collectors.mapping(Message::at, Collectors.toList())));
        var notices = column(sql, "select id::text from notice").size();
        return new Reckoning(
                notices,
                arrived.size(),
                lost,
                duplicated(times),
                unexcused(times, strikes, timeouts(sql)),
                Lateness.of(sql, accepted, strikes));
    }

    /** How many were in flight at a fault. */
    public int excused() {
        return duplicated.size() - unexcused.size();
    }

    /** Of every delivery: how often we answered too late for the service, which could not know that we had accepted it. */
    private static Map<String, Integer> timeouts(Connection sql) throws SQLException {
        try (var statement = sql.createStatement();
                var rows = statement.executeQuery("""
                        select d.id::text, count(a.delivery_id)
                        from delivery d
                        left join attempt a
                          on a.delivery_id = d.id
                         and (a.detail like 'no complete answer within%' or a.detail like 'handed over, but%')
                        group by d.id""")) {
            var timeouts = new HashMap<String, Integer>();
            while (rows.next()) {
                timeouts.put(rows.getString(1), rows.getInt(2));
            }
            return timeouts;
        }
    }

    private static List<String> duplicated(Map<String, List<Instant>> times) {
        return times.entrySet().stream()
                .filter(message -> message.getValue().size() > 1)
                .map(Map.Entry::getKey)
                .toList();
    }

    private static List<String> unexcused(
            Map<String, List<Instant>> times, List<Strike> strikes, Map<String, Integer> timeouts) {
        return times.entrySet().stream()
                .filter(message -> !timeouts.containsKey(message.getKey())
                        || repeated(message.getValue(), strikes) > timeouts.get(message.getKey()))
                .map(message -> message.getKey() + " at " + message.getValue())
                .toList();
    }

    /** How many acceptances before the last were not in flight at a fault, each at another one. */
    private static long repeated(List<Instant> acceptances, List<Strike> strikes) {
        var unused = new ArrayList<>(strikes);
        return acceptances.stream()
                .sorted()
                .limit(acceptances.size() - 1L)
                .filter(at -> unused.stream()
                        .filter(strike -> strike.mayHaveLostTheRecordOf(at))
                        .findFirst()
                        .map(strike -> !unused.remove(strike))
                        .orElse(true))
                .count();
    }

    private static List<String> column(Connection sql, String query) throws SQLException {
        try (var statement = sql.createStatement();
                var rows = statement.executeQuery(query)) {
            var column = new ArrayList<String>();
            while (rows.next()) {
                column.add(rows.getString(1));
            }
            return column;
        }
    }
}
