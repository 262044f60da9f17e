package dev.plimsoll.delivery;

import dev.plimsoll.alert.Drilled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Who heard of an alert: levels have channels of their own, and rules change while their alerts fire. */
@Singleton
final class Hearers {
    private static final int FIRST = 1;

    /**
     * The same notices; whoever heard of an alert because others could not be reached also hears how it goes on, and that
     * it is over is for every channel that any message of it was for.
     *
     * @param tx of the account or of the engine
     */
    Uni<List<Notice>> hearOn(SqlConnection tx, List<Notice> notices) {
        var over = alerts(notices, Hearers::isEnd);
        var on = alerts(notices, Hearers::isContinued);
        return over.length + on.length == 0
                ? Uni.createFrom().item(notices)
                : of(tx, over, on)
                        .map(heard -> notices.stream()
                                .map(notice -> notice.alsoFor(heard(notice, heard)))
                                .toList());
    }

    private static UUID[] alerts(List<Notice> notices, Predicate<Notice> which) {
        return notices.stream()
                .filter(Hearers::isForSome)
                .filter(which)
                .flatMap(notice -> notice.alert().stream())
                .toArray(UUID[]::new);
    }

    private static boolean isForSome(Notice notice) {
        return notice.channels().isPresent() && notice.handling().suppressed().isEmpty();
    }

    private static boolean isEnd(Notice notice) {
        return Drilled.played(notice.type()).equals("alert.resolved");
    }

    /** An escalation is for its own channels alone. */
    private static boolean isContinued(Notice notice) {
        return !isEnd(notice)
                && !Drilled.played(notice.type()).equals("alert.escalated")
                && notice.sequence().filter(number -> number > FIRST).isPresent();
    }

    private static List<UUID> heard(Notice notice, Map<UUID, List<UUID>> heard) {
        return isForSome(notice) && (isEnd(notice) || isContinued(notice))
                ? notice.alert()
                        .map(alert -> heard.getOrDefault(alert, List.of()))
                        .orElse(List.of())
                : List.of();
    }

    private static Uni<Map<UUID, List<UUID>>> of(SqlConnection tx, UUID[] over, UUID[] on) {
        return tx.preparedQuery("""
                        select distinct alert_id, channel_id
                        from delivery
                        where channel_id is not null
                          and (alert_id = any($1) or alert_id = any($2) and failover is not null)
                        order by alert_id, channel_id""")
                .execute(Tuple.of(over, on))
                .map(found -> found.stream()
                        .collect(Collectors.groupingBy(
                                row -> row.getUUID("alert_id"),
                                Collectors.mapping(row -> row.getUUID("channel_id"), Collectors.toList()))));
    }
}
