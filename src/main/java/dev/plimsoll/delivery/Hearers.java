package dev.plimsoll.delivery;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** Who heard of an alert: levels have channels of their own, and rules change while their alerts fire. */
@Singleton
final class Hearers {

    /**
     * The same notices; that an alert is over is also for every channel that any message of it was for.
     *
     * @param tx of the account or of the engine
     */
    Uni<List<Notice>> hearTheEnd(SqlConnection tx, List<Notice> notices) {
        var over = notices.stream()
                .filter(Hearers::isEndForSome)
                .flatMap(notice -> notice.alert().stream())
                .toArray(UUID[]::new);
        return over.length == 0
                ? Uni.createFrom().item(notices)
                : of(tx, over)
                        .map(heard -> notices.stream()
                                .map(notice -> isEndForSome(notice) ? notice.alsoFor(heard(notice, heard)) : notice)
                                .toList());
    }

    private static boolean isEndForSome(Notice notice) {
        return notice.type().equals("alert.resolved")
                && notice.channels().isPresent()
                && notice.handling().suppressed().isEmpty();
    }

    private static List<UUID> heard(Notice notice, Map<UUID, List<UUID>> heard) {
        return notice.alert().map(alert -> heard.getOrDefault(alert, List.of())).orElse(List.of());
    }

    private static Uni<Map<UUID, List<UUID>>> of(SqlConnection tx, UUID[] alerts) {
        return tx.preparedQuery("""
                        select distinct alert_id, channel_id
                        from delivery
                        where alert_id = any($1)
                          and channel_id is not null
                        order by alert_id, channel_id""")
                .execute(Tuple.of(alerts))
                .map(found -> found.stream()
                        .collect(Collectors.groupingBy(
                                row -> row.getUUID("alert_id"),
                                Collectors.mapping(row -> row.getUUID("channel_id"), Collectors.toList()))));
    }
}
