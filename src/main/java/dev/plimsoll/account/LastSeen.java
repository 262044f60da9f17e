package dev.plimsoll.account;

import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Which accounts used a key of late: remembered here, and written now and then in one statement. */
@Singleton
public class LastSeen {
    private static final int MOST = 100_000;

    private final Pool engine;
    private final Set<UUID> seen = ConcurrentHashMap.newKeySet();

    @Inject
    LastSeen(@ReactiveDataSource("engine") Pool engine) {
        this.engine = engine;
    }

    /** Costs nothing; what cannot be remembered is not. */
    public void note(UUID account) {
        if (seen.size() < MOST) {
            seen.add(account);
        }
    }

    /** Writes and forgets them. Those of a write that fails are seen again when they come again. */
    public Uni<Void> write() {
        var now = Set.copyOf(seen);
        seen.removeAll(now);
        return now.isEmpty()
                ? Uni.createFrom().voidItem()
                : engine.preparedQuery("""
                                insert into account_seen (account_id, at)
                                select id, now()
                                from account
                                where id = any ($1)
                                on conflict (account_id) do update set at = excluded.at""")
                        .execute(Tuple.of(now.toArray(UUID[]::new)))
                        .replaceWithVoid();
    }
}
