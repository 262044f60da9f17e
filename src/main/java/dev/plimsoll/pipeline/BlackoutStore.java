package dev.plimsoll.pipeline;

import dev.plimsoll.risk.Cause;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** The causes that blind so many accounts that the operator was told, each until it no longer does. */
@Singleton
class BlackoutStore {

    /** Since when each of them did, by the watch's clock. */
    Uni<Map<Cause, Instant>> all(SqlConnection tx) {
        return tx.query("select cause, since from blackout")
                .execute()
                .map(rows -> rows.stream()
                        .collect(Collectors.toMap(
                                row -> Cause.parse(row.getString("cause")),
                                row -> row.getOffsetDateTime("since").toInstant())));
    }

    Uni<Void> begin(SqlConnection tx, Cause cause, Instant since) {
        return tx.preparedQuery("insert into blackout (cause, since) values ($1, $2)")
                .execute(Tuple.of(cause.text(), since.atOffset(ZoneOffset.UTC)))
                .replaceWithVoid();
    }

    Uni<Void> end(SqlConnection tx, Collection<Cause> causes) {
        return tx.preparedQuery("delete from blackout where cause = any($1)")
                .execute(Tuple.of(causes.stream().map(Cause::text).toArray(String[]::new)))
                .replaceWithVoid();
    }

    /** Whether there is an account of this id, which then stays until the transaction ends. */
    Uni<Boolean> isThere(SqlConnection tx, UUID account) {
        return tx.preparedQuery("select id from account where id = $1 for key share")
                .execute(Tuple.of(account))
                .map(rows -> rows.size() > 0);
    }
}
