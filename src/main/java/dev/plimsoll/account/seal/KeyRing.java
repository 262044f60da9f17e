package dev.plimsoll.account.seal;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/**
 * Follows the master key file while we run, together with all other replicas: nobody seals under a key that another replica
 * does not know, and no key is let go while something is sealed under it. Times are the database's.
 */
@Singleton
public final class KeyRing {
    /** A replica that says nothing for so long is gone; it does so every round. */
    private static final int HEARD_SECONDS = 60;

    /** How long everybody has sealed under the newest key before the others go: longer than any transaction. */
    private static final int SETTLED_SECONDS = 60;

    private static final String SAY = """
            insert into key_holder (replica, keys, sealing, until)
            values ($1, $2, $3, now() + make_interval(secs => $4))
            on conflict (replica) do update
            set keys = excluded.keys,
                sealing = excluded.sealing,
                sealing_since = case
                    when key_holder.sealing = excluded.sealing then key_holder.sealing_since
                    else now()
                end,
                until = excluded.until
            """;

    /** How often we look for what was sealed under a key that was let go: by whoever was not heard for a while. */
    private static final Duration STRAYS_EVERY = Duration.ofHours(1);

    /**
     * Once everybody knows it; whoever starts in between waits for the lock, and is met by the row. One that was the newest
     * before is so again once everybody seals under it: a replica whose file is late does not take back what others began.
     */
    private static final String REGISTER = """
            insert into master_key (id, probe)
            select $1, $2
            where not exists (select from key_holder where until > now() and not keys @> array[$1])
            on conflict (id) do update
            set since = clock_timestamp(),
                values_left = null
            where not exists (select from key_holder where until > now() and sealing <> $1)
            """;

    private static final String LET_GO = """
            delete from master_key
            where id <> $1
              and not exists (
                  select from key_holder
                  where until > now()
                    and (sealing <> $1 or sealing_since > now() - make_interval(secs => $2)))
            returning id
            """;

    private final Pool engine;
    private final MasterKey master;
    private final Rewrapping rewrapping;
    private final LongSupplier nanoTime;
    private final AtomicLong looked;
    private final AtomicLong waiting = new AtomicLong();
    private final AtomicReference<String> refused = new AtomicReference<>("");

    @Inject
    KeyRing(@ReactiveDataSource("engine") Pool engine, MasterKey master, Rewrapping rewrapping, MeterRegistry meters) {
        this(engine, master, rewrapping, meters, System::nanoTime);
    }

    KeyRing(Pool engine, MasterKey master, Rewrapping rewrapping, MeterRegistry meters, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.looked = new AtomicLong(nanoTime.getAsLong());
        this.engine = engine;
        this.master = master;
        this.rewrapping = rewrapping;
        meters.gauge("plimsoll.keys.values.waiting", waiting, AtomicLong::doubleValue);
    }

    /** @param left how much was sealed under it when it was last counted */
    private record Registered(String id, long left) {}

    /** Reads the file, says what we know, and seals under the primary key where everybody knows it. */
    public Uni<Void> follow() {
        return Uni.createFrom().deferred(() -> follow(System.nanoTime()));
    }

    private Uni<Void> follow(long begun) {
        return Uni.createFrom()
                .item(() -> master.file().read())
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .onFailure(MasterKeyFile.Unusable.class)
                .recoverWithItem(this::asBefore)
                .chain(file -> registered().invoke(registered -> adopt(file, registered)))
                .call(this::say)
                .invoke(() -> master.heard(begun))
                .chain(this::promote);
    }

    /** In a cluster the file of a running process changes under it, and may be gone for a moment. */
    private MasterKeys asBefore(Throwable unusable) {
        refuse(unusable.getMessage());
        return master.keys();
    }

    /** The newest last: that is the one to seal under. */
    private Uni<List<Registered>> registered() {
        return engine.query("select id, coalesce(values_left, 0) as left from master_key order by since, id")
                .execute()
                .map(rows -> rows.stream()
                        .map(row -> new Registered(row.getString("id"), row.getLong("left")))
                        .toList());
    }

    /** A file without a key that is needed is not taken: we go on with what we have. */
    private void adopt(MasterKeys file, List<Registered> registered) {
        waiting.set(registered.stream().mapToLong(Registered::left).sum());
        var missing = registered.stream()
                .map(Registered::id)
                .filter(id -> !file.hold(id))
                .toList();
        if (!missing.isEmpty()) {
            refuse("the master key file %s does not hold %s, under which values in the database are sealed: put it back"
                    .formatted(master.file().path(), missing));
            return;
        }
        refused.set("");
        if (!file.ids().equals(master.keys().ids())
                || !file.primary().equals(master.keys().primary())) {
            Log.infof("master keys read anew: keys=%s primary=%s", file.ids(), file.primary());
        }
        use(file, sealing(file, registered));
    }

    /** Only what is registered is looked for again. */
    private static String sealing(MasterKeys file, List<Registered> registered) {
        return registered.isEmpty()
                        || registered.stream().anyMatch(one -> one.id().equals(file.primary()))
                ? file.primary()
                : newest(registered);
    }

    /** Empty where nothing is sealed yet. */
    private static String newest(List<Registered> registered) {
        return registered.isEmpty() ? "" : registered.getLast().id();
    }

    private void refuse(String why) {
        if (!refused.getAndSet(why).equals(why)) {
            Log.errorf("master keys stay as they were, and this replica would not start again: %s", why);
        }
    }

    private Uni<Void> say() {
        return engine.preparedQuery("delete from key_holder where until < now()")
                .execute()
                .chain(() -> engine.preparedQuery(SAY)
                        .execute(Tuple.of(
                                master.replica(), master.keys().ids().toArray(String[]::new), master.sealing(), (double)
                                        HEARD_SECONDS)))
                .replaceWithVoid();
    }

    private Uni<Void> promote(List<Registered> registered) {
        var primary = master.keys().primary();
        return newest(registered).equals(primary)
                ? Uni.createFrom().voidItem()
                : engine.withTransaction(tx -> register(tx, primary));
    }

    private Uni<Void> register(SqlConnection tx, String primary) {
        var probe = Buffer.buffer(KeyProbe.of(master.keys(), primary));
        return tx.query("lock table master_key in share row exclusive mode")
                .execute()
                .chain(() -> tx.preparedQuery(REGISTER).execute(Tuple.of(primary, probe)))
                .replaceWithVoid();
    }

    private void use(MasterKeys keys, String sealing) {
        if (!sealing.equals(master.sealing())) {
            Log.infof("everybody knows the new master key: sealing=%s before=%s", sealing, master.sealing());
        }
        master.use(keys, sealing);
    }

    /**
     * Seals anew what is not sealed under the newest key: while there are older ones, and every hour. By whoever seals under
     * the newest; what another replica still seals under an older one is found the next time.
     */
    public Uni<Void> sealAnew() {
        return registered()
                .chain(registered -> isDue(registered)
                        ? sealAnew(registered)
                        : Uni.createFrom().voidItem());
    }

    private boolean isDue(List<Registered> registered) {
        return newest(registered).equals(master.sealing())
                && (registered.size() > 1 || nanoTime.getAsLong() - looked.get() >= STRAYS_EVERY.toNanos());
    }

    private Uni<Void> sealAnew(List<Registered> registered) {
        var newest = newest(registered);
        looked.set(nanoTime.getAsLong());
        return rewrapping
                .round(newest)
                .invoke(left -> warn(registered, left))
                .chain(left -> left == 0 && registered.size() > 1
                        ? letGo(newest)
                        : Uni.createFrom().voidItem());
    }

    private static void warn(List<Registered> registered, long left) {
        if (left > 0 && registered.size() == 1) {
            Log.errorf(
                    "values are sealed under a master key that was let go, looked at again in an hour: count=%d;"
                            + " where ./plimsoll key retire took it out of the file, put it back",
                    left);
        }
    }

    private Uni<Void> letGo(String newest) {
        return engine.preparedQuery(LET_GO)
                .execute(Tuple.of(newest, (double) SETTLED_SECONDS))
                .invoke(gone -> gone.forEach(row -> Log.infof(
                        "nothing is sealed under an older master key any more: key=%s may be retired",
                        row.getString("id"))))
                .replaceWithVoid();
    }
}
