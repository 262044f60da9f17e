package dev.plimsoll.pipeline;

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
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What one market changes: selects, decides and commits, some thousand at a time. */
@Singleton
class Judging {
    private final Memory memory;
    private final Notices notices;
    private final AssetRegistry assets;
    private final LatestMarket latest;
    private final Commit commit;
    private final OperatorNotices operator;
    private final int chunkSize;

    @Inject
    Judging(
            Memory memory,
            Notices notices,
            AssetRegistry assets,
            LatestMarket latest,
            Commit commit,
            OperatorNotices operator,
            PipelineConfig config) {
        this.memory = memory;
        this.notices = notices;
        this.assets = assets;
        this.latest = latest;
        this.commit = commit;
        this.operator = operator;
        this.chunkSize = config.chunkSize();
    }

    /** @param selected how many things were looked at exactly */
    record Judged(int selected, Tally tally) {}

    /** What it decides is committed when this ends. */
    Uni<Judged> judge(Term term, MarketSnapshot market) {
        return Uni.createFrom().deferred(() -> {
            var now = memory.continuity()
                    .confirmed(term.judgedUntil(), market.tick().interval())
                    .next(market.tick());
            return sweep(term, market, now).call(() -> finish(term, market, now));
        });
    }

    /** Positions and prices first: then the book knows which positions are blind, and their accounts can be asked. */
    private Uni<Judged> sweep(Term term, MarketSnapshot market, Continuity now) {
        var readings = new AssetReadings(market, latest.trail());
        var selection = memory.book().select(readings, market.tick().at());
        var sweep = new Sweep(memory, notices, assets, readings, now);
        var blind = new BlindSweep(memory, notices, market, now);
        var ends = new Ends(memory, notices, market.tick().at());
        return each(term, List.copyOf(memory.suspects()), ends::decide)
                .chain(tally ->
                        each(term, selection.positions(), sweep::position).map(tally::plus))
                .chain(tally -> each(term, selection.assets(), sweep::asset).map(tally::plus))
                .call(() -> operator.tell(term, blind::extents, () -> firing(blind)))
                .chain(tally ->
                        each(term, memory.book().accounts(), blind::account).map(tally::plus))
                .map(tally -> new Judged(selection.size(), tally));
    }

    /** The causes of which an account will be told in this tick. */
    private Uni<Set<Cause>> firing(BlindSweep blind) {
        return Uni.createFrom()
                .item(() -> memory.book().accounts().parallelStream()
                        .flatMap(blind::firing)
                        .collect(Collectors.toUnmodifiableSet()))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    /** Nothing of this tick is left to be committed; tells of a gap that is over. */
    private Uni<Void> finish(Term term, MarketSnapshot market, Continuity now) {
        var over = now.gap().filter(gap -> !Blackouts.isDark(market));
        return Uni.createFrom()
                .item(() -> over.map(new GapNotices(memory, assets, market)::of).orElse(List.of()))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool()) // judges everything there is
                .chain(told -> commit.finish(term, market.tick().at(), told))
                .invoke(() -> memory.continuity(over.isPresent() ? now.gapTold() : now));
    }

    private <T> Uni<Tally> each(Term term, List<T> things, Function<T, Decision> decide) {
        return Multi.createFrom()
                .iterable(chunks(things))
                .onItem()
                .transformToUniAndConcatenate(
                        chunk -> decisions(chunk, decide).chain(made -> commit.together(term, made)))
                .collect()
                .asList()
                .map(tallies -> tallies.stream().reduce(Tally.NOTHING, Tally::plus));
    }

    /** Off the event loop and on every core: nothing changes while decisions are made. */
    private static <T> Uni<List<Decision>> decisions(List<T> chunk, Function<T, Decision> decide) {
        return Uni.createFrom()
                .item(() -> chunk.parallelStream().map(decide).toList())
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    private <T> List<List<T>> chunks(List<T> things) {
        return IntStream.iterate(0, from -> from < things.size(), from -> from + chunkSize)
                .mapToObj(from -> things.subList(from, Math.min(things.size(), from + chunkSize)))
                .toList();
    }
}
