package dev.plimsoll.delivery;

import dev.plimsoll.delivery.RegisteredChannel.State;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** Which channels do not reach anybody now, or may not. */
@Singleton
public class ChannelTroubleStore {
    private static final String TROUBLED = """
            select account_id, id, name, kind, state, disabled_reason, failing_since
            from channel
            where account_id = any($1)
              and (state <> 'active' or failing_since is not null)
            order by state, id
            """;

    /**
     * @param reason       why it is disabled
     * @param failingSince since when nothing arrived there though it was tried
     */
    public record TroubledChannel(
            UUID id, String name, String kind, State state, Optional<String> reason, Optional<Instant> failingSince) {}

    /** By account; none where all is well. @param tx of the engine, or of the one account */
    public Uni<Map<UUID, List<TroubledChannel>>> of(SqlConnection tx, Collection<UUID> accounts) {
        return tx.preparedQuery(TROUBLED)
                .execute(Tuple.of(accounts.toArray(UUID[]::new)))
                .map(rows -> rows.stream()
                        .collect(Collectors.groupingBy(
                                row -> row.getUUID("account_id"),
                                Collectors.mapping(ChannelTroubleStore::channel, Collectors.toList()))));
    }

    private static TroubledChannel channel(Row row) {
        return new TroubledChannel(
                row.getUUID("id"),
                row.getString("name"),
                row.getString("kind"),
                State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                Optional.ofNullable(row.getString("disabled_reason")),
                Optional.ofNullable(row.getOffsetDateTime("failing_since")).map(OffsetDateTime::toInstant));
    }
}
