package dev.plimsoll.pipeline;

import dev.plimsoll.market.LatestMarket;
import dev.plimsoll.market.PriceMinute;
import dev.plimsoll.market.PriceStore;
import dev.plimsoll.market.Trail;
import dev.plimsoll.unit.Tick;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * The trail of prices in the database: read back at the start of a replica and of a term, and each minute written when it
 * is over. Neither can make a tick fail. What could not be written is written by a later tick, from the {@link Trail},
 * which is all the backlog there is.
 */
@Singleton
class PriceHistory {
    private static final Duration RECALL_BUDGET = Duration.ofSeconds(5);
    private static final Duration RECORD_BUDGET = Duration.ofSeconds(2);
    private static final String STATEMENT_MILLIS = "1000";
    private static final int MINUTES_AT_ONCE = 60;

    private final Lease lease;
    private final PriceStore prices;
    private final Trail trail;
    private final Aside recalling;
    private final Aside recording;
    private volatile Optional<Long> recalled = Optional.empty();
    private volatile Optional<Progress> progress = Optional.empty();
    private volatile Optional<Held> held = Optional.empty();
    private volatile Optional<Instant> attempted = Optional.empty();

    @Inject
    PriceHistory(Lease lease, PriceStore prices, LatestMarket latest, MeterRegistry meters) {
        this.lease = lease;
        this.prices = prices;
        this.trail = latest.trail();
        this.recalling = new Aside("prices recalled", meters);
        this.recording = new Aside("prices recorded", meters);
    }

    /** @param until the minutes before it are written, by the watch's clock */
    private record Progress(long epoch, Instant until) {}

    /** The last tick of a watch that is held. */
    record Held(Term term, Instant at) {}

    Optional<Held> held() {
        return held;
    }

    /** Reads the last day back, unless it was read since this replica started and since this term began. */
    Uni<Void> recall(Tick tick, Optional<Term> term) {
        return Uni.createFrom().deferred(() -> {
            held = held.filter(before -> term.isPresent());
            return isRecalled(term) ? Uni.createFrom().voidItem() : read(tick, term);
        });
    }

    /** Writes the minutes that are over; what fails is tried again in the next minute, so that it holds up one tick of it. */
    Uni<Void> record(Tick tick, Term term) {
        return Uni.createFrom().deferred(() -> {
            held = Optional.of(new Held(term, tick.at()));
            var now = tick.at().truncatedTo(ChronoUnit.MINUTES);
            if (isWritten(term, now) || attempted.equals(Optional.of(now))) {
                return Uni.createFrom().voidItem();
            }
            attempted = Optional.of(now);
            return recording.attempt(start(term, now).chain(from -> write(term, from, now)), RECORD_BUDGET);
        });
    }

    private boolean isRecalled(Optional<Term> term) {
        return recalled.isPresent()
                && term.map(Term::epoch).map(recalled.get()::equals).orElse(true);
    }

    private Uni<Void> read(Tick tick, Optional<Term> term) {
        var from = tick.at().minus(Trail.REACH).truncatedTo(ChronoUnit.MINUTES);
        return recalling.attempt(
                prices.read(from, tick.at(), trail::restore)
                        .invoke(() ->
                                recalled = Optional.of(term.map(Term::epoch).orElse(0L))),
                RECALL_BUDGET);
    }

    private boolean isWritten(Term term, Instant now) {
        return progress.filter(
                        done -> done.epoch() == term.epoch() && done.until().equals(now))
                .isPresent();
    }

    /** The last minute that was recorded before this term is written again: its other half may be here. */
    private Uni<Instant> start(Term term, Instant now) {
        return progress.filter(done -> done.epoch() == term.epoch())
                .map(done -> Uni.createFrom().item(done.until()))
                .orElseGet(() -> prices.last(now.minus(Trail.REACH), now)
                        .map(last -> last.orElseGet(() -> now.minus(Trail.REACH))));
    }

    /** Where the clock was set back there is nothing to be written until it is a minute further. */
    private Uni<Void> write(Term term, Instant from, Instant now) {
        var waiting = trail.minutes(from, now);
        var until = waiting.stream()
                .map(PriceMinute::at)
                .distinct()
                .sorted()
                .skip(MINUTES_AT_ONCE)
                .findFirst()
                .orElse(now);
        var batch =
                waiting.stream().filter(minute -> minute.at().isBefore(until)).toList();
        return (batch.isEmpty() ? Uni.createFrom().voidItem() : write(term, batch)).invoke(() -> written(term, until));
    }

    private void written(Term term, Instant until) {
        progress = Optional.of(new Progress(term.epoch(), until));
        attempted = Optional.empty();
    }

    private Uni<Void> write(Term term, List<PriceMinute> batch) {
        return lease.guarded(term, tx -> limited(tx).chain(() -> prices.record(tx, batch)));
    }

    /** Whoever holds a lock on the table holds up a tick no longer than this. */
    private static Uni<Void> limited(SqlConnection tx) {
        return tx.preparedQuery("select set_config('statement_timeout', $1, true)")
                .execute(Tuple.of(STATEMENT_MILLIS))
                .replaceWithVoid();
    }
}
