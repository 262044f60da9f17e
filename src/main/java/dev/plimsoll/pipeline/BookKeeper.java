package dev.plimsoll.pipeline;

import dev.plimsoll.alert.Alert;
import dev.plimsoll.alert.AlertStore;
import dev.plimsoll.pipeline.Changes.Horizon;
import dev.plimsoll.position.Position;
import dev.plimsoll.position.PositionFeedStore;
import dev.plimsoll.rule.Rule;
import dev.plimsoll.rule.RuleFeedStore;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;

/** Keeps the memory in line with the database. */
@Singleton
class BookKeeper {
    /** With all of a large book; then the load is begun anew. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final ChangeFeed feed;
    private final PositionFeedStore positions;
    private final RuleFeedStore rules;
    private final AlertStore alerts;
    private final WishKeeper wishes;
    private final Memory memory;
    private volatile Optional<Horizon> horizon = Optional.empty();
    private volatile Optional<Uni<Void>> loading = Optional.empty();
    private volatile long loaded = System.nanoTime();

    BookKeeper(
            ChangeFeed feed,
            PositionFeedStore positions,
            RuleFeedStore rules,
            AlertStore alerts,
            WishKeeper wishes,
            Memory memory) {
        this.feed = feed;
        this.positions = positions;
        this.rules = rules;
        this.alerts = alerts;
        this.wishes = wishes;
        this.memory = memory;
    }

    /** Brings the book up to what is committed: everything the first time and after a gap, else what changed. */
    Uni<Void> follow() {
        return Uni.createFrom()
                .deferred(() -> horizon.map(feed::since)
                        .map(read -> read.chain(this::apply))
                        .orElseGet(this::load))
                .invoke(this::noteLeftOut);
    }

    private void noteLeftOut() {
        memory.leftOut().clear();
        memory.leftOut().addAll(rules.leftOut());
        memory.leftOut().addAll(positions.leftOut());
    }

    /** Since everything was last read, or this began; by the monotonic clock. Zero while it is being read. */
    Duration sinceLoad() {
        return loading.isPresent() ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - loaded);
    }

    /** The same for the holder of the watch, who knows the alerts too. */
    Uni<Void> follow(Term term) {
        return follow().chain(() -> memory.isOf(term) ? settleDoubts() : loadAlerts(term));
    }

    /** Another replica may have written any of them since they were read. */
    private Uni<Void> loadAlerts(Term term) {
        List<Alert> all = new ArrayList<>();
        return alerts.latest(all::addAll).invoke(() -> memory.begin(term, all)).replaceWithVoid();
    }

    /** Reads those alerts anew that somebody else wrote while they were judged. */
    private Uni<Void> settleDoubts() {
        var keys = Set.copyOf(memory.doubtful());
        return read(keys, alerts::byKeys, found -> memory.settleDoubts(keys, found));
    }

    /** Goes on when the tick that began it is over: a large book takes longer than one, and would never be whole. */
    private Uni<Void> load() {
        return loading.orElseGet(() -> {
            var begun = all().ifNoItem()
                    .after(PATIENCE)
                    .fail()
                    .onTermination()
                    .invoke(() -> loading = Optional.empty())
                    .memoize()
                    .indefinitely();
            loading = Optional.of(begun);
            return begun;
        });
    }

    private Uni<Void> all() {
        var started = System.nanoTime();
        return feed.horizon()
                .invoke(memory::startAnew)
                .call(() -> positions.all(page -> page.forEach(memory::put)))
                .call(() -> rules.all(page -> page.forEach(memory::put)))
                .call(() -> wishes.load(memory.wishes()))
                .invoke(start -> horizon = Optional.of(start))
                .invoke(start -> loaded(Duration.ofNanos(System.nanoTime() - started)))
                .replaceWithVoid();
    }

    private void loaded(Duration took) {
        loaded = System.nanoTime();
        var census = memory.book().census();
        Log.infof(
                "book loaded: positions=%d rules=%d tookMs=%d columnBytes=%d",
                census.positions(), census.rules(), took.toMillis(), census.columnBytes());
    }

    private Uni<Void> apply(Changes changes) {
        return changes.gap()
                ? load()
                : positions(changes.of(Changes.POSITION))
                        .chain(() -> rules(changes.of(Changes.RULE)))
                        .chain(() -> wishes.apply(memory.wishes(), changes))
                        .chain(() ->
                                read(changes.of(Changes.ALERT), alerts::byIds, found -> found.forEach(memory::learn)))
                        .invoke(() -> horizon = Optional.of(changes.next()));
    }

    private Uni<Void> positions(Set<UUID> ids) {
        return read(ids, positions::byIds, found -> {
            without(ids, found, Position::id).forEach(memory::removePosition);
            found.forEach(memory::put);
        });
    }

    private Uni<Void> rules(Set<UUID> ids) {
        return read(ids, rules::byIds, found -> {
            without(ids, found, Rule::id).forEach(memory::removeRule);
            found.forEach(memory::put);
        });
    }

    private static <K, T> Uni<Void> read(Set<K> keys, Function<Set<K>, Uni<List<T>>> store, Consumer<List<T>> then) {
        return keys.isEmpty()
                ? Uni.createFrom().voidItem()
                : store.apply(keys).invoke(then).replaceWithVoid();
    }

    private static <T> Set<UUID> without(Set<UUID> ids, List<T> found, Function<T, UUID> id) {
        var gone = new HashSet<>(ids);
        found.stream().map(id).forEach(gone::remove);
        return gone;
    }
}
