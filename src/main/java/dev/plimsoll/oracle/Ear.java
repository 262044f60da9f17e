package dev.plimsoll.oracle;

import dev.plimsoll.oracle.Answer.Quote;
import dev.plimsoll.oracle.Answer.Reason;
import dev.plimsoll.oracle.StreamingSource.Ended;
import dev.plimsoll.oracle.StreamingSource.Heard;
import dev.plimsoll.oracle.StreamingSource.Said;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.Tick;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Listens to a source for as long as ticks ask for its assets, and opens the stream anew when it ends. So the replica
 * that holds the watch listens, and no other.
 *
 * <p>A stream over which no price comes does not count as heard after some seconds, so that the source is asked again,
 * and is broken off after a heartbeat. Nothing waits here, and nothing is queued.
 */
final class Ear {
    /** How often it is looked whether ticks ask for the source by now. */
    private static final Duration LOOK = Duration.ofMillis(100);

    private static final int TICKS_OF_INTEREST = 3;
    private static final Duration QUIET = Duration.ofSeconds(5);

    private final StreamingSource source;
    private final SourceSettings settings;
    private final Kept kept;
    private final StreamRecord record;
    private final Reopening reopening;
    private final Map<Asset, Long> heard = new ConcurrentHashMap<>();
    private volatile Wish wish = Wish.NONE;

    /**
     * What the ticks want.
     *
     * @param until by monotonic clock, unless another tick comes
     */
    private record Wish(Set<Asset> assets, Instant tick, long until) {
        static final Wish NONE = new Wish(Set.of(), Instant.EPOCH, 0);

        boolean isFor(Set<Asset> wanted) {
            return !assets.isEmpty() && assets.equals(wanted) && System.nanoTime() - until < 0;
        }
    }

    Ear(StreamingSource source, SourceSettings settings, Kept kept, StreamRecord record, Reopening reopening) {
        this.source = source;
        this.settings = settings;
        this.kept = kept;
        this.record = record;
        this.reopening = reopening;
    }

    /** A tick asks for these. */
    void want(Set<Asset> assets, Tick tick) {
        var interest = tick.interval().multipliedBy(TICKS_OF_INTEREST);
        var least = settings.heartbeat();
        var nanos = (interest.compareTo(least) > 0 ? interest : least).toNanos();
        wish = new Wish(Set.copyOf(assets), tick.at(), System.nanoTime() + nanos);
    }

    /** Whether its price came over the stream that is open now, a few seconds ago at most. */
    boolean hears(Asset asset) {
        return Optional.ofNullable(heard.get(asset)).filter(this::isRecent).isPresent();
    }

    /** Whether any did. */
    boolean hears() {
        return heard.values().stream().anyMatch(this::isRecent);
    }

    private boolean isRecent(long since) {
        var heartbeat = settings.heartbeat();
        return System.nanoTime() - since < (heartbeat.compareTo(QUIET) < 0 ? heartbeat : QUIET).toNanos();
    }

    /** Goes on until it is cancelled, which closes the stream. */
    Uni<Void> listen() {
        return Multi.createBy()
                .repeating()
                .uni(this::round)
                .indefinitely()
                .onItem()
                .ignoreAsUni();
    }

    private Uni<Duration> round() {
        var wanted = wish.assets();
        var rest = wish.isFor(wanted) ? stream(wanted) : Uni.createFrom().item(LOOK);
        return rest.chain(
                pause -> Uni.createFrom().item(pause).onItem().delayIt().by(pause));
    }

    /** One stream from its opening to its end: how long to rest after it. */
    private Uni<Duration> stream(Set<Asset> wanted) {
        record.opening();
        return Multi.createFrom()
                .deferred(() -> source.listen(wanted, settings))
                .invoke(this::take)
                .select()
                .where(Ear::matters)
                .ifNoItem()
                .after(settings.heartbeat())
                .recoverWithMulti(() -> Multi.createFrom().item(silence()))
                .select()
                .first(news -> wish.isFor(wanted))
                .onFailure()
                .recoverWithItem(Ear::fault)
                .collect()
                .last()
                .map(last -> last instanceof Ended end ? ended(end) : unwanted())
                .onCancellation()
                .invoke(this::unwanted);
    }

    private void take(Heard news) {
        if (news instanceof Said said) {
            said.answers().forEach(this::take);
            record.said(said);
        }
    }

    private void take(Answer answer) {
        kept.put(answer);
        if (answer instanceof Quote) {
            heard.put(answer.asset(), System.nanoTime());
        }
    }

    private static boolean matters(Heard news) {
        return switch (news) {
            case Said said -> said.answers().stream().anyMatch(Quote.class::isInstance);
            case Ended end -> true;
        };
    }

    private Heard silence() {
        return new Ended(Reason.TIMED_OUT, "no price came for " + settings.heartbeat(), Optional.empty());
    }

    private static Heard fault(Throwable ours) {
        return new Ended(
                Reason.ADAPTER_FAULT,
                "our reading of its stream failed: " + ours.getClass().getName(),
                Optional.empty());
    }

    private Duration ended(Ended end) {
        heard.clear();
        var rest = reopening.after(end, record.lasted());
        record.ended(end, wish.tick(), rest);
        return rest;
    }

    private Duration unwanted() {
        heard.clear();
        record.idle();
        return LOOK;
    }
}
