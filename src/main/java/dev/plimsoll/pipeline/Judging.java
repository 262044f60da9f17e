package dev.plimsoll.pipeline;

import dev.plimsoll.alert.Alert;
import dev.plimsoll.book.Selection;
import dev.plimsoll.market.LatestMarket;
import dev.plimsoll.market.MarketSnapshot;
import dev.plimsoll.risk.Cause;
import dev.plimsoll.rule.AssetReadings;
import dev.plimsoll.unit.AssetRegistry;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** What one market changes: selects, decides and commits, some thousand at a time. */
@Singleton
class Judging {
    /** Parts in a round: so many positions are looked up together, however many there are to judge. */
    private static final int ROUND = 16;

    private final Memory memory;
    private final Notices notices;
    private final AssetRegistry assets;
    private final LatestMarket latest;
    private final Commit commit;
    private final OperatorNotices operator;
    private final Mishaps mishaps;
    private final int chunkSize;
    private final int most;
    private final Duration every;

    @Inject
    Judging(
            Memory memory,
            Notices notices,
            AssetRegistry assets,
            LatestMarket latest,
            Commit commit,
            OperatorNotices operator,
            Mishaps mishaps,
            PipelineConfig config) {
        this.memory = memory;
        this.notices = notices;
        this.assets = assets;
        this.latest = latest;
        this.commit = commit;
        this.operator = operator;
        this.mishaps = mishaps;
        this.chunkSize = config.chunkSize();
        this.most = ROUND * config.chunkSize();
        this.every = config.every();
    }

    /**
     * @param selected how many things were looked at exactly
     * @param isCut    its time was over before all that there was to judge was, or just then
     */
    record Judged(int selected, Tally tally, boolean isCut) {
        static final Judged NOTHING = new Judged(0, Tally.NOTHING, false);

        Judged plus(Judged more) {
            return new Judged(selected + more.selected, tally.plus(more.tally), isCut || more.isCut);
        }
    }

    /** What it decides is committed when this ends. */
    Uni<Judged> judge(Term term, MarketSnapshot market) {
        return Uni.createFrom().deferred(() -> {
            var now = memory.continuity()
                    .confirmed(term, market.tick().interval())
                    .next(market.tick());
            return sweep(term, market, now).call(() -> finish(term, market, now));
        });
    }

    /** Positions and prices first: then the book knows which positions are blind, and their accounts can be asked. */
    private Uni<Judged> sweep(Term term, MarketSnapshot market, Continuity now) {
        var readings = new AssetReadings(market, latest.trail());
        var router = new Router(memory, notices, market.tick().at());
        router.rouse();
        var sweep = new Sweep(memory, assets, readings, now);
        var blind = new BlindSweep(memory, market, now);
        return rounds(term, readings, sweep, router)
                .call(() -> operator.tell(term, blind::extents, () -> firing(blind)))
                .chain(judged -> each(term, accounts(blind), router, end())
                        .map(tally -> judged.plus(new Judged(0, tally, false))));
    }

    /** Round after round, for as long as a tick has, however many a crash has moved. */
    private Uni<Judged> rounds(Term term, AssetReadings readings, Sweep sweep, Router router) {
        var until = end();
        return Multi.createBy()
                .repeating()
                .uni(() -> round(term, readings, sweep, router, until))
                .whilst(judged -> judged.selected() >= most && goesOn(until))
                .collect()
                .with(Collectors.reducing(Judged.NOTHING, Judged::plus));
    }

    /** What somebody else wrote, or the database refused, is read again before it is judged again: by the next tick. */
    private boolean goesOn(long until) {
        return memory.doubtful().isEmpty() && !isOver(until);
    }

    private static boolean isOver(long until) {
        return System.nanoTime() - until >= 0;
    }

    private Uni<Judged> round(Term term, AssetReadings readings, Sweep sweep, Router router, long until) {
        return Uni.createFrom()
                .item(() ->
                        memory.book().select(readings, readings.market().tick().at(), most))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .chain(selection -> each(term, things(selection, sweep, readings.market()), router, until)
                        .map(tally -> new Judged(selection.size(), tally, selection.size() > 0 && isOver(until))));
    }

    private Case.File things(Selection selection, Sweep sweep, MarketSnapshot market) {
        var file = new Case.File();
        var ends = new Ends(memory, market.tick().at());
        List.copyOf(memory.suspects()).forEach(key -> file.add(owner(key), key.rule(), () -> ends.of(key)));
        selection
                .positions()
                .forEach(
                        one -> file.add(one.position().account(), one.position().id(), () -> sweep.position(one)));
        selection
                .assets()
                .forEach(one -> file.add(one.rule().account(), one.rule().id(), () -> sweep.asset(one)));
        return file;
    }

    private Case.File accounts(BlindSweep blind) {
        var file = new Case.File();
        memory.book()
                .accounts()
                .forEach(one -> file.add(one.account(), one.rule().id(), () -> blind.account(one)));
        return file;
    }

    /** The causes of which an account will be told in this tick. */
    private Uni<Set<Cause>> firing(BlindSweep blind) {
        return Uni.createFrom()
                .item(() -> memory.book().accounts().parallelStream()
                        .flatMap(blind::firing)
                        .collect(Collectors.toUnmodifiableSet()))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    /** Of an alert that is gone there is nothing to tell; anybody's will do. */
    private UUID owner(Alert.Key key) {
        return memory.alerts().of(key).map(Alert::account).orElse(key.rule());
    }

    /** Nothing of this tick is left to be committed; tells of a gap that is over. */
    private Uni<Void> finish(Term term, MarketSnapshot market, Continuity now) {
        var notices = new GapNotices(memory, assets, market, mishaps);
        var over = now.gap().filter(notices::isOver);
        var after = over.isPresent() ? now.gapTold() : now;
        return Uni.createFrom()
                .item(() -> over.map(notices::of).orElse(List.of()))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool()) // judges everything there is
                .chain(told -> commit.tell(term, told, chunkSize))
                .chain(() -> commit.finish(term, market.tick().at(), after.gap()))
                .invoke(() -> memory.continuity(after));
    }

    /** When the next tick is due, and knows newer prices. */
    private long end() {
        return System.nanoTime() + every.toNanos();
    }

    /** However long it took to see what there is to do: a crowd is never only looked at. */
    private Uni<Tally> each(Term term, Case.File file, Router router, long until) {
        var parts = file.parts(chunkSize);
        return new Pass(term, parts, router, commit, mishaps, until).run();
    }
}
