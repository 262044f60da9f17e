package dev.plimsoll.delivery;

import dev.plimsoll.account.Tenant;
import dev.plimsoll.account.seal.SecretBox;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Counts the proofs an account has sent within a day, so that nobody can be flooded with them through us. */
@ApplicationScoped
public class ProofStore {
    private static final Duration WINDOW = Duration.ofDays(1);

    /** Two requests at once do not both take the last one. */
    private static final String LOCK = """
            select 1
            from account
            where id = $1
            for no key update
            """;

    private static final String FORGET = """
            delete from proof
            where account_id = $1
              and at <= now() - interval '1 day'
            """;

    private static final String RECENT = """
            select channel_id, address_sealed, extract(epoch from now() - at)::bigint as age
            from proof
            where account_id = $1
            order by at
            """;

    private static final String TAKE = """
            insert into proof (account_id, channel_id, address_sealed)
            values ($1, $2, $3)
            """;

    private final Tenant tenant;
    private final Kinds kinds;
    private final SecretBox box;
    private final DeliveryConfig config;

    ProofStore(Tenant tenant, Kinds kinds, SecretBox box, DeliveryConfig config) {
        this.tenant = tenant;
        this.kinds = kinds;
        this.box = box;
        this.config = config;
    }

    /** Counts one more proof to this receiver, or says how long to wait for the next. */
    public Uni<Optional<Duration>> take(Receiver to) {
        var account = Tuple.of(to.account());
        return tenant.sql(
                to.account(),
                connection -> connection
                        .preparedQuery(LOCK)
                        .execute(account)
                        .chain(() -> connection.preparedQuery(FORGET).execute(account))
                        .chain(() -> connection.preparedQuery(RECENT).execute(account))
                        .map(recent -> wait(to, recent))
                        .call(wait -> wait.isEmpty()
                                ? insert(connection, to)
                                : Uni.createFrom().voidItem()));
    }

    private Optional<Duration> wait(Receiver to, RowSet<Row> recent) {
        var all = recent.stream().toList();
        var address = kinds.address(to.kind(), to.settings());
        var same = all.stream().filter(row -> leadsTo(row, address)).toList();
        return wait(same, config.proofsPerAddress()).or(() -> wait(all, config.proofsPerAccount()));
    }

    /** Until enough of them are a day old. */
    private static Optional<Duration> wait(List<Row> oldestFirst, int limit) {
        return oldestFirst.size() < limit
                ? Optional.empty()
                : Optional.of(WINDOW.minusSeconds(
                        oldestFirst.get(oldestFirst.size() - limit).getLong("age")));
    }

    private boolean leadsTo(Row row, String address) {
        var sealed = row.getBuffer("address_sealed").getBytes();
        return box.open(row.getUUID("channel_id"), sealed).equals(address);
    }

    private Uni<RowSet<Row>> insert(SqlConnection connection, Receiver to) {
        var sealed = Buffer.buffer(box.seal(to.channel(), kinds.address(to.kind(), to.settings())));
        return connection.preparedQuery(TAKE).execute(Tuple.of(to.account(), to.channel(), sealed));
    }
}
