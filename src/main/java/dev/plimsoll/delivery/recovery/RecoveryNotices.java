package dev.plimsoll.delivery.recovery;

import dev.plimsoll.delivery.Notice;
import dev.plimsoll.delivery.Outbox;
import dev.plimsoll.delivery.recovery.RecoveryStore.Way;
import dev.plimsoll.rule.Severity;
import dev.plimsoll.unit.Ids;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/** Tells an account's own channels that somebody comes back into it: it may not be its owner. */
@Singleton
final class RecoveryNotices {
    private static final String OWN = """
            select id
            from channel
            where account_id = $1
              and state = 'active'
              and buddy is null
            order by id
            """;

    private final Outbox outbox;
    private final Clock clock;

    @Inject
    RecoveryNotices(Outbox outbox, Clock clock) {
        this.outbox = outbox;
        this.clock = clock;
    }

    /** On all but the one the code goes to. @param tx of the engine */
    Uni<Void> asked(SqlConnection tx, Way way) {
        var text =
                ("Somebody asked for a new API key of your account: a code was sent to your e-mail channel %s. If that was"
                                + " not you, look who reads that mailbox; the code is good for 15 minutes.")
                        .formatted(way.name());
        return tell(tx, way, "account.recovery-asked", text, id -> !id.equals(way.channel()));
    }

    /** @param hint the first characters of the new key. @param tx of the account */
    Uni<Void> recovered(SqlConnection tx, Way way, String hint, boolean alone) {
        var text =
                ("A new API key of your account, %s…, was made with a code that was sent to your e-mail channel %s%s. If that"
                                + " was not you, ask for a code yourself, revoke all other keys with it, and delete that channel.")
                        .formatted(hint, way.name(), alone ? "; all others were revoked" : "");
        return tell(tx, way, "account.recovered", text, id -> true);
    }

    private Uni<Void> tell(SqlConnection tx, Way way, String type, String text, Predicate<UUID> which) {
        return tx.preparedQuery(OWN)
                .execute(Tuple.of(way.account()))
                .map(rows -> rows.stream()
                        .map(row -> row.getUUID("id"))
                        .filter(which)
                        .toList())
                .chain(channels -> channels.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : outbox.put(tx, List.of(notice(way, type, text, channels))));
    }

    private Notice notice(Way way, String type, String text, List<UUID> channels) {
        var data = new JsonObject().put("account", way.account().toString()).put("text", text);
        return new Notice(
                Ids.next(),
                way.account(),
                Optional.empty(),
                Optional.empty(),
                type,
                Severity.WARNING,
                clock.instant(),
                Optional.of(channels),
                data.encode(),
                text);
    }
}
