package dev.plimsoll.pipeline;

import dev.plimsoll.pipeline.Judging.Judged;
import dev.plimsoll.unit.Tick;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;

/** From the clock to the outbox. Sends nothing: the courier does that, from the outbox. */
@Singleton
public class Watch {
    private final Lease lease;
    private final BookKeeper keeper;
    private final Prices prices;
    private final PriceHistory history;
    private final Judging judging;
    private final Memory memory;
    private final TickTrace trace;

    Watch(
            Lease lease,
            BookKeeper keeper,
            Prices prices,
            PriceHistory history,
            Judging judging,
            Memory memory,
            TickTrace trace) {
        this.lease = lease;
        this.keeper = keeper;
        this.prices = prices;
        this.history = history;
        this.judging = judging;
        this.memory = memory;
        this.trace = trace;
    }

    /** Judges everything once where this replica holds the watch, or can take it; else only keeps its book warm. */
    public Uni<TickReport> run(Tick tick) {
        return trace.tick(tick, () -> steps(tick));
    }

    private Uni<TickReport> steps(Tick tick) {
        return lease.hold() // Optional<Term>
                .call(term -> history.recall(tick, term)) // the last day, after a start or a take-over
                .chain(term -> term.map(held -> judge(tick, held)).orElseGet(() -> standBy(tick)));
    }

    /** Hears the sources that speak unasked, while ticks judge here. Ends when it is cancelled. */
    Uni<Void> listen() {
        return prices.listen();
    }

    /** Since the book was last read to its end, see {@link BookKeeper#sinceLoad}. */
    Duration sinceLoad() {
        return keeper.sinceLoad();
    }

    private Uni<TickReport> judge(Tick tick, Term term) {
        var started = System.nanoTime();
        return keeper.follow(term) // the book and the alerts as they are committed
                .chain(() -> trace.step(
                        "ask", () -> prices.publish(tick, term))) // MarketSnapshot, from which every replica answers
                .emitOn(Infrastructure.getDefaultWorkerPool()) // the sweep of a first tick is long
                .chain(market ->
                        trace.step("judge", () -> judging.judge(term, market))) // Judged: selected, decided, committed
                .call(() -> history.record(tick, term)) // the minutes that are over
                .map(judged -> report(tick, Optional.of(judged), started));
    }

    private Uni<TickReport> standBy(Tick tick) {
        var started = System.nanoTime();
        return keeper.follow().chain(prices::refresh).map(done -> report(tick, Optional.empty(), started));
    }

    private TickReport report(Tick tick, Optional<Judged> judged, long started) {
        var census = memory.book().census();
        var tally = judged.map(Judged::tally).orElse(Tally.NOTHING);
        return new TickReport(
                tick,
                judged.isPresent(),
                census.positions(),
                census.indebted(),
                census.unseen(),
                census.unseen() == 0 ? Optional.empty() : memory.unseenSince(),
                judged.map(Judged::selected).orElse(0),
                tally.told().stream().map(Tally.Told::transition).toList(),
                tally.stale(),
                judged.filter(Judged::isCut).isPresent(),
                Duration.ofNanos(System.nanoTime() - started));
    }
}
