package dev.plimsoll.delivery;

import dev.plimsoll.delivery.Claim.Target;
import dev.plimsoll.delivery.Tried.Called;
import dev.plimsoll.delivery.Tried.ChannelClosed;
import dev.plimsoll.delivery.Tried.Dropped;
import dev.plimsoll.delivery.Verdicts.GivenUp;
import dev.plimsoll.delivery.Verdicts.Later;
import dev.plimsoll.delivery.Verdicts.Returned;
import dev.plimsoll.delivery.Verdicts.Verdict;
import dev.plimsoll.delivery.VirtualOutbox.Delivery;
import dev.plimsoll.delivery.VirtualOutbox.Hook;
import dev.plimsoll.delivery.VirtualOutbox.Queued;
import dev.plimsoll.rule.Severity;
import dev.plimsoll.simulation.Plant;
import dev.plimsoll.simulation.Step;
import dev.plimsoll.simulation.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * What {@code Claims} and {@code Ledger} do to the tables of the {@link VirtualOutbox}. What follows from an attempt {@link
 * Verdicts} itself decides, and {@link RetrySchedule} when it is tried again.
 */
public final class VirtualCourier {
    private final VirtualOutbox outbox;
    private final long lease;
    private final RandomGenerator dice;

    /** @param leasedUntil milliseconds of database time */
    public record Claimed(Delivery delivery, int number, int failed, boolean active, long leasedUntil) {
        public UUID id() {
            return delivery.id();
        }
    }

    /** @param outcome empty when nobody was called */
    public record Attempted(Claimed claim, Optional<Outcome> outcome) {
        Tried.Ending ending() {
            return outcome.<Tried.Ending>map(it -> new Called(it, Optional.empty(), Duration.ZERO))
                    .orElseGet(() -> claim.active() ? new Dropped() : new ChannelClosed());
        }
    }

    /** @param lease milliseconds */
    public VirtualCourier(VirtualOutbox outbox, long lease, RandomGenerator dice) {
        this.outbox = outbox;
        this.lease = lease;
        this.dice = dice;
    }

    /** {@code Claims.take}: what is due and nobody's, the most urgent first, but what others have locked. */
    public List<Claimed> take(Transaction tx, int free) {
        return outbox
                .queue
                .rows(
                        tx,
                        row -> row.dueAt() <= tx.now()
                                && (row.leasedUntil().isEmpty()
                                        || row.leasedUntil().getAsLong() < tx.now()))
                .stream()
                .sorted(Comparator.comparingInt(Queued::priority).thenComparingLong(Queued::dueAt))
                .limit(free)
                .filter(row -> tx.lockUnlessHeld(outbox.queue, row.delivery()))
                .map(row -> claim(tx, row))
                .toList();
    }

    private Claimed claim(Transaction tx, Queued row) {
        var until = tx.now() + lease;
        outbox.queue.put(
                tx,
                row.delivery(),
                new Queued(
                        row.delivery(),
                        row.channel(),
                        row.priority(),
                        row.dueAt(),
                        row.restUntil(),
                        OptionalLong.of(until),
                        row.attempt() + 1,
                        row.tries()));
        var delivery = outbox.deliveries.find(tx, row.delivery()).orElseThrow();
        var active = outbox.channels.find(tx, row.channel()).filter(Hook::active);
        return new Claimed(delivery, row.attempt() + 1, row.tries(), active.isPresent(), until);
    }

    /** {@code Ledger.record}, statement by statement; {@code own} hears which of them were not too late. */
    public Step record(Transaction tx, List<Attempted> batch, Recorded own, Supplier<Step> then) {
        return () -> {
            var locked = lockOwn(tx, batch);
            return () -> {
                var next = next(tx, locked);
                return () -> {
                    var verdicts = Verdicts.of(locked.stream().map(this::tried).toList(), next, over(tx, locked));
                    write(tx, locked, verdicts);
                    own.hear(locked);
                    return tell(tx, verdicts, then);
                };
            };
        };
    }

    /** Hears what a transaction is about to make of a batch. */
    @FunctionalInterface
    public interface Recorded {
        void hear(List<Attempted> own);
    }

    private List<Attempted> lockOwn(Transaction tx, List<Attempted> batch) {
        own(tx, batch).stream().map(it -> it.claim().id()).sorted().forEach(id -> tx.lock(outbox.queue, id));
        return own(tx, batch);
    }

    private List<Attempted> own(Transaction tx, List<Attempted> batch) {
        var fenced = outbox.plant != Plant.ATTEMPT_UNFENCED;
        return batch.stream()
                .filter(it -> outbox.queue
                        .find(tx, it.claim().id())
                        .filter(row -> !fenced || row.attempt() == it.claim().number())
                        .isPresent())
                .toList();
    }

    private Map<UUID, Next> next(Transaction tx, List<Attempted> own) {
        var next = new HashMap<UUID, Next>();
        for (var attempted : own) {
            var open = attempted.claim().delivery();
            outbox.deliveries
                    .rows(
                            tx,
                            row -> row.slot().filter("next"::equals).isPresent()
                                    && row.place().equals(open.place()))
                    .forEach(row -> next.put(open.id(), next(row)));
        }
        return next;
    }

    private Set<UUID> over(Transaction tx, List<Attempted> own) {
        return own.stream()
                .map(attempted -> attempted.claim().delivery())
                .filter(row -> !outbox.notices
                        .rows(
                                tx,
                                notice -> notice.type().equals("alert.resolved")
                                        && notice.handling().suppressed().isPresent()
                                        && notice.alert().isPresent()
                                        && notice.alert().equals(row.notice().alert()))
                        .isEmpty())
                .map(Delivery::id)
                .collect(Collectors.toSet());
    }

    private static Next next(Delivery row) {
        return new Next(
                row.id(),
                row.channel().orElseThrow(),
                row.notice().type(),
                row.notice().severity(),
                row.replaced(),
                Timing.FRESH);
    }

    private void write(Transaction tx, List<Attempted> own, List<Verdict> verdicts) {
        verdicts.forEach(verdict -> lock(tx, verdict));
        for (var i = 0; i < verdicts.size(); i++) {
            var verdict = verdicts.get(i);
            switch (verdict.decision()) {
                case Later later -> postpone(tx, own.get(i), verdict);
                case Returned returned -> giveBack(tx, verdict);
                default -> finish(tx, verdict);
            }
            verdict.promoted().ifPresent(next -> open(tx, next));
        }
    }

    private void lock(Transaction tx, Verdict verdict) {
        tx.lock(outbox.deliveries, verdict.claim().delivery());
        verdict.promoted().ifPresent(next -> {
            tx.lock(outbox.deliveries, next.delivery());
            tx.lock(
                    "delivery_open",
                    outbox.deliveries
                            .find(tx, next.delivery())
                            .orElseThrow()
                            .place()
                            .orElseThrow());
        });
    }

    private void finish(Transaction tx, Verdict verdict) {
        var row = outbox.deliveries.find(tx, verdict.claim().delivery()).orElseThrow();
        var state = switch (verdict.decision()) {
            case Verdicts.Done done -> "delivered";
            case Verdicts.Superseded superseded -> "superseded";
            default -> "failed";
        };
        outbox.queue.delete(tx, row.id());
        outbox.deliveries.put(
                tx, row.id(), row.now(state, Optional.empty(), verdict.claim().number()));
    }

    private void postpone(Transaction tx, Attempted attempted, Verdict verdict) {
        var row = outbox.queue.find(tx, verdict.claim().delivery()).orElseThrow();
        var retry = (Outcome.Retry) attempted.outcome().orElseThrow();
        var pause = RetrySchedule.pause(attempted.claim().failed() + 1, retry.notBefore(), dice)
                .orElseThrow();
        var due = tx.now() + pause.toMillis();
        outbox.queue.put(
                tx,
                row.delivery(),
                new Queued(
                        row.delivery(),
                        row.channel(),
                        row.priority(),
                        due,
                        retry.notBefore().isPresent() ? OptionalLong.of(due) : OptionalLong.empty(),
                        OptionalLong.empty(),
                        row.attempt(),
                        row.tries() + 1));
        var delivery = outbox.deliveries.find(tx, row.delivery()).orElseThrow();
        outbox.deliveries.put(
                tx,
                row.delivery(),
                delivery.now(delivery.state(), delivery.slot(), verdict.claim().number()));
    }

    private void giveBack(Transaction tx, Verdict verdict) {
        var row = outbox.queue.find(tx, verdict.claim().delivery()).orElseThrow();
        outbox.queue.put(
                tx,
                row.delivery(),
                new Queued(
                        row.delivery(),
                        row.channel(),
                        row.priority(),
                        row.dueAt(),
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        row.attempt(),
                        row.tries()));
    }

    private void open(Transaction tx, Next next) {
        var row = outbox.deliveries.find(tx, next.delivery()).orElseThrow();
        var opened = new Delivery(
                row.id(),
                row.notice(),
                row.channel(),
                row.state(),
                Optional.of("open"),
                next.replaced(),
                row.attempts());
        outbox.store(tx, opened);
        outbox.enqueue(tx, opened, VirtualOutbox.rest(next.timing()));
    }

    /** {@code FailureTelling}: the channel goes, and the account hears of it on the others. */
    private Step tell(Transaction tx, List<Verdict> verdicts, Supplier<Step> then) {
        var gone = new HashSet<UUID>();
        var told = new ArrayList<Notice>();
        for (var verdict : verdicts) {
            var channel = verdict.claim().target().channel();
            if (verdict.decision() instanceof GivenUp givenUp && givenUp.disables() && gone.add(channel)) {
                disable(tx, channel).ifPresent(hook -> told.add(disabled(tx, hook)));
            }
        }
        return outbox.put(tx, told, then);
    }

    private Optional<Hook> disable(Transaction tx, UUID channel) {
        tx.lock(outbox.channels, channel);
        var active = outbox.channels.find(tx, channel).filter(Hook::active);
        active.ifPresent(hook -> outbox.channel(tx, new Hook(hook.id(), hook.account(), false)));
        return active;
    }

    private Notice disabled(Transaction tx, Hook hook) {
        return new Notice(
                outbox.nextId(),
                hook.account(),
                Optional.empty(),
                Optional.empty(),
                "channel.disabled",
                Severity.CRITICAL,
                Instant.ofEpochMilli(tx.now()),
                Optional.empty(),
                "{}",
                "a channel was disabled");
    }

    private Tried tried(Attempted attempted) {
        var claim = attempted.claim();
        var notice = claim.delivery().notice();
        var target = new Target(
                claim.delivery().channel().orElseThrow(),
                "ops",
                "webhook",
                claim.active() ? "active" : "disabled",
                "hooks.example.com",
                false,
                new byte[0],
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        return new Tried(
                new Claim(
                        claim.id(),
                        claim.number(),
                        claim.failed(),
                        notice.account(),
                        notice.alert(),
                        Optional.empty(),
                        ZoneOffset.UTC,
                        notice.severity(),
                        new Message(
                                claim.id(),
                                notice.type(),
                                notice.severity(),
                                notice.at(),
                                notice.data(),
                                claim.delivery().replaced()),
                        Frozen.NOT_YET,
                        target,
                        Claim.Origin.plain(notice.at()),
                        Instant.ofEpochMilli(claim.leasedUntil() - lease),
                        0),
                attempted.ending());
    }
}
