package dev.plimsoll.pipeline;

import dev.plimsoll.alert.AlertStore;
import dev.plimsoll.alert.AlertWrite;
import dev.plimsoll.delivery.Notice;
import dev.plimsoll.delivery.Outbox;
import dev.plimsoll.pipeline.Continuity.Gap;
import dev.plimsoll.pipeline.Tally.Told;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Commits what was decided: alerts, timelines, notices and deliveries in one transaction, which the lease guards. Memory
 * follows after the commit, never before.
 */
@Singleton
class Commit {
    private final Lease lease;
    private final AlertStore alerts;
    private final Outbox outbox;
    private final Memory memory;
    private final TickTrace trace;

    Commit(Lease lease, AlertStore alerts, Outbox outbox, Memory memory, TickTrace trace) {
        this.lease = lease;
        this.alerts = alerts;
        this.outbox = outbox;
        this.memory = memory;
        this.trace = trace;
    }

    /**
     * What became of what was decided, in the database: memory is told by {@link #remember}.
     *
     * @param won    the ids of the rows that were written
     * @param refused what the database did not take, for its content
     */
    record Written(Set<UUID> won, Set<Decision> refused) {
        static final Written NOTHING = new Written(Set.of(), Set.of());

        static Written of(Set<UUID> won) {
            return new Written(won, Set.of());
        }

        Written plus(Written other) {
            return new Written(union(won, other.won), union(refused, other.refused));
        }

        private static <T> Set<T> union(Set<T> one, Set<T> other) {
            return Stream.concat(one.stream(), other.stream()).collect(Collectors.toUnmodifiableSet());
        }
    }

    /** Fails with {@link LeaseLost} where another replica may hold the watch. */
    Uni<Written> write(Term term, List<Decision> decisions) {
        var changing = decisions.stream()
                .filter(decision -> !decision.changesNothing())
                .toList();
        return changing.isEmpty()
                ? Uni.createFrom().item(Written.NOTHING)
                : trace.step("commit", () -> together(term, changing));
    }

    /**
     * Ends the tick: nothing that it led to is left to be committed.
     *
     * @param untold a gap in judgement that nobody was told of yet
     */
    Uni<Void> finish(Term term, Instant at, Optional<Gap> untold) {
        return lease.guarded(term, tx -> lease.judged(tx, at, untold));
    }

    /**
     * In transactions of so many: where there are too many for one tick, or one fails, the next tick goes on.
     *
     * @param notices with the same ids however often they are made
     */
    Uni<Void> tell(Term term, List<Notice> notices, int together) {
        return Multi.createFrom()
                .iterable(notices)
                .group()
                .intoLists()
                .of(together)
                .onItem()
                .transformToUniAndConcatenate(some -> lease.guarded(term, tx -> putMissing(tx, some)))
                .onItem()
                .ignoreAsUni();
    }

    private Uni<Void> putMissing(SqlConnection tx, List<Notice> notices) {
        return tx.preparedQuery("select id from notice where id = any($1)")
                .execute(Tuple.of(notices.stream().map(Notice::id).toArray(UUID[]::new)))
                .map(rows -> rows.stream().map(row -> row.getUUID("id")).collect(Collectors.toUnmodifiableSet()))
                .map(told -> notices.stream()
                        .filter(notice -> !told.contains(notice.id()))
                        .toList())
                .chain(missing -> outbox.put(tx, missing));
    }

    /** One poisonous decision must not hold up the others: what the database refuses for its content is halved. */
    private Uni<Written> together(Term term, List<Decision> decisions) {
        return lease.guarded(term, tx -> write(tx, decisions))
                .map(Written::of)
                .onFailure(Commit::isPoisonous)
                .recoverWithUni(refusal ->
                        decisions.size() == 1 ? park(decisions.getFirst(), refusal) : halves(term, decisions));
    }

    private Uni<Written> halves(Term term, List<Decision> decisions) {
        var middle = decisions.size() / 2;
        return together(term, decisions.subList(0, middle))
                .chain(first -> together(term, decisions.subList(middle, decisions.size()))
                        .map(first::plus));
    }

    private Uni<Set<UUID>> write(SqlConnection tx, List<Decision> decisions) {
        var writes = decisions.stream()
                .flatMap(decision -> decision.writes().stream())
                .toList();
        writes.forEach(write -> memory.doubtful().add(write.key())); // until it is heard what became of the commit
        return trace.mark(tx)
                .chain(() -> alerts.write(tx, writes))
                .call(won -> outbox.put(tx, notices(decisions, won)));
    }

    private static List<Notice> notices(List<Decision> decisions, Set<UUID> won) {
        return decisions.stream()
                .flatMap(decision -> decision.notices().stream())
                .filter(notice -> notice.alert().filter(won::contains).isPresent())
                .toList();
    }

    /** What is committed becomes what is known. To be called when nobody is deciding. */
    Tally remember(List<Decision> decisions, Written written) {
        var told = new ArrayList<Told>();
        var stale = 0;
        for (var decision : decisions) {
            if (!written.refused().contains(decision)) {
                stale += remember(decision, written.won(), told);
            }
        }
        Told.log(told);
        return new Tally(told, stale);
    }

    /** How many alerts somebody else wrote first. */
    private int remember(Decision decision, Set<UUID> won, List<Told> told) {
        var written = decision.writes().stream()
                .filter(write -> won.contains(write.id()))
                .toList();
        written.forEach(write -> told.addAll(remember(write)));
        var lost = decision.writes().size() - written.size();
        if (lost == 0) {
            decision.settle().run();
        }
        return lost;
    }

    private List<Told> remember(AlertWrite write) {
        write.written().ifPresent(memory::keep);
        memory.doubtful().remove(write.key());
        return write.transitions().stream()
                .map(transition -> new Told(write.id(), write.key(), transition))
                .toList();
    }

    private static Uni<Written> park(Decision decision, Throwable refusal) {
        var keys = decision.writes().stream().map(AlertWrite::key).toList();
        if (isOfNobody(refusal)) {
            Log.infof("alert not stored, its account is gone: keys=%s", keys);
        } else {
            Log.errorf(
                    "alert not stored: keys=%s why=%s; every tick judges it again: look at its rule and position",
                    keys, refusal.getMessage());
        }
        return Uni.createFrom().item(new Written(Set.of(), Set.of(decision)));
    }

    /** Its account was deleted after the book was brought up to date: the next tick knows. */
    private static boolean isOfNobody(Throwable failure) {
        return failure instanceof PgException refusal && "alert_account_fkey".equals(refusal.getConstraint());
    }

    /** Data exceptions and violated constraints; not what is wrong with the connection or the server. */
    private static boolean isPoisonous(Throwable failure) {
        return failure instanceof PgException refusal
                && (refusal.getSqlState().startsWith("22")
                        || refusal.getSqlState().startsWith("23"));
    }
}
