package dev.plimsoll.delivery;

import dev.plimsoll.delivery.Outcome.Delivered;
import dev.plimsoll.delivery.Tried.Called;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/** From the outbox to the receivers. Judges nothing: the watch did that. */
@Singleton
public final class Dispatch {
    private static final Duration DATABASE_TIMEOUT = Duration.ofSeconds(10);
    private static final int WOKEN_AT_ONCE = 10_000;
    private static final Duration IDLE_CHECK = Duration.ofMillis(50);

    private final DeliveryMeters meters;
    private final Attempts attempts;
    private final Claims claims;
    private final DeliveryConfig config;
    private final Lanes lanes;
    private final Recording recording;
    private final AtomicBoolean waking = new AtomicBoolean();
    private final AtomicBoolean closing = new AtomicBoolean();

    @Inject
    Dispatch(Caller caller, Claims claims, Ledger ledger, DeliveryMeters meters, DeliveryConfig config) {
        this.meters = meters;
        this.attempts = new Attempts(claims, caller, config);
        this.claims = claims;
        this.config = config;
        this.recording = new Recording(ledger, claims, this::leave);
        this.lanes = new Lanes(config.slots(), config.slotsPerHost());
        meters.slots(config.slots(), lanes::taken);
        if (config.lease().compareTo(config.timeout().plus(Attempts.TO_RECORD)) <= 0) {
            throw new IllegalArgumentException("plimsoll.delivery.lease (" + config.lease()
                    + ") must be longer than plimsoll.delivery.timeout and 2 s (" + config.timeout() + ")");
        }
    }

    /**
     * Claims what is due, at most the free slots, sends it and records how it went, until nothing more is due.
     *
     * <p>Ends when everything it claimed is recorded; a receiver that hangs holds only its own slot. So call it again on
     * every wake-up and poll, <em>also while earlier rounds have not ended</em>: rounds share the slots.
     *
     * @return how many were recorded
     */
    public Uni<Integer> round() {
        return wake().chain(this::deliver);
    }

    private Uni<Integer> deliver() {
        return Uni.createFrom().deferred(() -> {
            var failure = new AtomicReference<Optional<Throwable>>(Optional.empty());
            return claimAndSend(failure)
                    .chain(recorded -> failure.get()
                            .map(why -> Uni.createFrom().<Integer>failure(why))
                            .orElseGet(() -> Uni.createFrom().item(recorded)));
        });
    }

    /**
     * A claim that fails ends the round, but not before what is under way is recorded: to cancel that would forget what
     * receivers have answered, and keep its slots for ever.
     *
     * @param failure where it is put
     */
    private Uni<Integer> claimAndSend(AtomicReference<Optional<Throwable>> failure) {
        return Multi.createBy()
                .repeating()
                .uni(() -> claim().onFailure()
                        .invoke(why -> failure.set(Optional.of(why)))
                        .onFailure()
                        .recoverWithItem(List.of()))
                .until(List::isEmpty)
                .map(Attempts::together)
                .onItem()
                .<List<Claim>>disjoint()
                .onItem()
                .transformToUni(this::attempt)
                .collectFailures()
                .merge(config.slots())
                .onOverflow()
                .dropPreviousItems() // each only says that something waits to be recorded
                .onItem()
                .transformToUniAndConcatenate(some -> recording.all())
                .collect()
                .with(Collectors.summingInt(Integer::intValue));
    }

    /** Not while another round does: a database that does not answer is asked once. */
    private Uni<Void> wake() {
        return Uni.createFrom()
                .deferred(() -> closing.get() || !waking.compareAndSet(false, true)
                        ? Uni.createFrom().voidItem()
                        : claims.wake(WOKEN_AT_ONCE)
                                .ifNoItem()
                                .after(DATABASE_TIMEOUT)
                                .fail()
                                .eventually(() -> waking.set(false)));
    }

    /** For shutdown: no new claims from now on; ends when what is under way is recorded. */
    public Uni<Void> release() {
        return Multi.createFrom()
                .ticks()
                .every(IDLE_CHECK)
                .onSubscription()
                .invoke(() -> closing.set(true))
                .select()
                .where(tick -> lanes.areIdle())
                .toUni()
                .replaceWithVoid();
    }

    /** None means: nothing more is due, or another round sees to it. */
    private Uni<List<Claim>> claim() {
        var before = lanes.leavings();
        return lanes.reserve()
                .chain(this::take)
                .chain(taken -> taken.isEmpty() && !closing.get()
                        ? againAfter(before)
                        : Uni.createFrom().item(taken));
    }

    /** What is due may be for channels that have enough under way: then it is their turn when one of them is left. */
    private Uni<List<Claim>> againAfter(long leavings) {
        return lanes.leaving(leavings)
                .chain(left -> left ? claim() : Uni.createFrom().item(List.of()));
    }

    private Uni<List<Claim>> take(int reserved) {
        var taking = closing.get() || reserved == 0
                ? Uni.createFrom().item(List.<Claim>of())
                : claims.take(reserved, lanes.rooms());
        return taking.invoke(taken -> lanes.settle(
                        reserved, taken.stream().map(Dispatch::host).toList()))
                .onFailure()
                .invoke(failure -> lanes.settle(reserved, List.of()))
                .onCancellation()
                .invoke(() -> lanes.settle(reserved, List.of()));
    }

    /** What it ended with also waits to be recorded, so that many are recorded at once. */
    private Uni<Tried> attempt(List<Claim> together) {
        var host = host(together.getFirst());
        return Uni.createFrom()
                .deferred(() -> {
                    together.stream().skip(1).forEach(claim -> lanes.leave(host));
                    return attempts.make(together);
                })
                .invoke(meters::tried)
                .invoke(all -> all.forEach(recording::add))
                .map(List::getLast)
                .onCancellation()
                .invoke(() -> lanes.leave(host));
    }

    private void leave(List<Tried> done) {
        var messages = done.stream().filter(Tried::last).toList();
        messages.forEach(this::judge);
        lanes.leave(messages.stream().map(tried -> host(tried.claim())).toList());
    }

    private void judge(Tried done) {
        if (done.ending() instanceof Called called) {
            lanes.judge(host(done.claim()), called.outcome() instanceof Delivered, called.duration());
        }
    }

    private static String host(Claim claim) {
        return claim.target().host();
    }
}
