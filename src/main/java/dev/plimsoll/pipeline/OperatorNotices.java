package dev.plimsoll.pipeline;

import dev.plimsoll.delivery.Notice;
import dev.plimsoll.delivery.Outbox;
import dev.plimsoll.risk.Cause;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Tells the operator of a cause that blinds many accounts, in a transaction before those of the accounts; and once when
 * it no longer does. What was told is in the database, so that neither a restart nor a take-over tells it again.
 */
@Singleton
class OperatorNotices {
    /** The shortest patience an account has: a hiccup wakes nobody. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Lease lease;
    private final Outbox outbox;
    private final BlackoutStore store;
    private final Optional<UUID> operator;
    private final Map<Cause, Instant> waiting = new HashMap<>();
    private final Map<Cause, Instant> told = new HashMap<>();
    private OptionalLong epoch = OptionalLong.empty();

    OperatorNotices(Lease lease, Outbox outbox, BlackoutStore store, PipelineConfig config) {
        this.lease = lease;
        this.outbox = outbox;
        this.store = store;
        this.operator = config.operatorAccount();
    }

    /** What is to be committed of one tick. */
    private record News(List<Extent> begun, List<Extent> over, Instant at) {
        boolean isNone() {
            return begun.isEmpty() && over.isEmpty();
        }
    }

    /** @param firing the causes of which some account is told in this tick; asked only where it matters */
    Uni<Void> tell(Term term, Supplier<Extents> extents, Supplier<Uni<Set<Cause>>> firing) {
        return operator.map(account -> recall(term).chain(() -> tell(term, account, extents.get(), firing)))
                .orElseGet(() -> Uni.createFrom().voidItem());
    }

    private Uni<Void> tell(Term term, UUID account, Extents extents, Supplier<Uni<Set<Cause>>> firing) {
        return (wide(extents).isEmpty() ? Uni.createFrom().item(Set.<Cause>of()) : firing.get())
                .map(causes -> news(extents, causes))
                .chain(news -> news.isNone() ? Uni.createFrom().voidItem() : commit(term, account, news));
    }

    /** Another replica may have told since this one last held the watch. */
    private Uni<Void> recall(Term term) {
        return epoch.isPresent() && epoch.getAsLong() == term.epoch()
                ? Uni.createFrom().voidItem()
                : lease.guarded(term, store::all)
                        .invoke(all -> begin(term, all))
                        .replaceWithVoid();
    }

    private void begin(Term term, Map<Cause, Instant> all) {
        waiting.clear();
        told.clear();
        told.putAll(all);
        epoch = OptionalLong.of(term.epoch());
    }

    /** Those that the operator does not know of; keeps in mind since when they are so wide. */
    private List<Extent> wide(Extents extents) {
        var wide = extents.all().stream()
                .filter(extent -> extent.isWide() && !told.containsKey(extent.cause()))
                .toList();
        waiting.keySet().retainAll(wide.stream().map(Extent::cause).toList());
        wide.forEach(extent -> waiting.putIfAbsent(extent.cause(), extents.at()));
        return wide;
    }

    private News news(Extents extents, Set<Cause> firing) {
        var begun = wide(extents).stream()
                .filter(extent -> firing.contains(extent.cause()) || isOverdue(extent, extents))
                .toList();
        var over =
                told.keySet().stream().map(extents::of).filter(Extent::isNarrow).toList();
        return new News(begun, over, extents.at());
    }

    private boolean isOverdue(Extent wide, Extents extents) {
        var from = waiting.get(wide.cause());
        var counted = from.isBefore(extents.since()) ? extents.since() : from;
        return !counted.plus(PATIENCE).isAfter(extents.at());
    }

    private Uni<Void> commit(Term term, UUID account, News news) {
        return lease.guarded(
                        term,
                        tx -> store.isThere(tx, account)
                                .call(there -> there
                                        ? write(tx, account, news)
                                        : Uni.createFrom().voidItem()))
                .invoke(there -> remember(there, account, news))
                .replaceWithVoid();
    }

    private Uni<Void> write(SqlConnection tx, UUID account, News news) {
        return outbox.put(tx, notices(account, news))
                .chain(() -> Multi.createFrom()
                        .iterable(news.begun())
                        .onItem()
                        .transformToUniAndConcatenate(wide -> store.begin(tx, wide.cause(), wide.since()))
                        .onItem()
                        .ignoreAsUni())
                .chain(() ->
                        store.end(tx, news.over().stream().map(Extent::cause).toList()));
    }

    private List<Notice> notices(UUID account, News news) {
        return Stream.concat(
                        news.begun().stream().map(wide -> OperatorText.blind(account, wide, news.at())),
                        news.over().stream()
                                .map(narrow ->
                                        OperatorText.sighted(account, narrow, told.get(narrow.cause()), news.at())))
                .toList();
    }

    private void remember(boolean there, UUID account, News news) {
        news.over().forEach(narrow -> told.remove(narrow.cause()));
        news.begun().forEach(wide -> told.put(wide.cause(), wide.since()));
        news.begun().forEach(wide -> log(there, account, wide));
    }

    private static void log(boolean there, UUID account, Extent wide) {
        if (there) {
            Log.warnf(
                    "many accounts blind: cause=%s accounts=%d of=%d since=%s",
                    wide.cause().text(), wide.accounts(), wide.holders(), wide.since());
        } else {
            Log.errorf(
                    "many accounts blind and no operator to tell: cause=%s accounts=%d of=%d account=%s;"
                            + " set plimsoll.pipeline.operator-account to an account that exists",
                    wide.cause().text(), wide.accounts(), wide.holders(), account);
        }
    }
}
