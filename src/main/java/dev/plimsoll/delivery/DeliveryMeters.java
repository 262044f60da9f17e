package dev.plimsoll.delivery;

import dev.plimsoll.delivery.FailoverRows.Late;
import dev.plimsoll.delivery.Verdicts.Done;
import dev.plimsoll.delivery.Verdicts.GivenUp;
import dev.plimsoll.delivery.Verdicts.Later;
import dev.plimsoll.delivery.Verdicts.Returned;
import dev.plimsoll.delivery.Verdicts.Superseded;
import dev.plimsoll.delivery.Verdicts.Verdict;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/** Counts and logs what was recorded. */
@Singleton
final class DeliveryMeters {
    private final MeterRegistry registry;
    private final AtomicReference<Double> oldestUnsentSeconds = new AtomicReference<>(0.0);

    @Inject
    DeliveryMeters(MeterRegistry registry) {
        this.registry = registry;
        registry.gauge("plimsoll.delivery.oldest.unsent.seconds", oldestUnsentSeconds, AtomicReference::get);
    }

    void oldestUnsent(double seconds) {
        oldestUnsentSeconds.set(seconds);
    }

    /** After the commit. */
    void count(List<Verdict> verdicts) {
        verdicts.forEach(this::count);
    }

    private void count(Verdict verdict) {
        var claim = verdict.claim();
        var channel = claim.target().channel();
        registry.counter("plimsoll.delivery.verdicts", "outcome", outcome(verdict))
                .increment();
        switch (verdict.decision()) {
            case Done done ->
                Log.debugf("delivered: delivery=%s channel=%s attempt=%d", claim.delivery(), channel, claim.number());
            case Superseded superseded ->
                Log.infof("delivery superseded: delivery=%s channel=%s", claim.delivery(), channel);
            case Later(var pause, var rest, var counts, var why) ->
                Log.infof(
                        "delivery postponed: delivery=%s channel=%s attempt=%d pause=%s why=%s",
                        claim.delivery(), channel, claim.number(), pause, why);
            case GivenUp givenUp -> givenUp(claim, givenUp);
            case Returned returned ->
                Log.infof("delivery returned, its lease was nearly over: delivery=%s", claim.delivery());
        }
    }

    private void givenUp(Claim claim, GivenUp decision) {
        if (decision.parked()) {
            registry.counter("plimsoll.delivery.parked", "kind", claim.target().kind())
                    .increment();
        }
        Log.warnf(
                "delivery given up: delivery=%s channel=%s attempt=%d channelDisabled=%s why=%s",
                claim.delivery(), claim.target().channel(), claim.number(), decision.disables(), decision.why());
    }

    /** Nothing of the failure's message: it may hold what is secret. */
    void broken(Claim claim, Throwable failure) {
        var name = failure.getClass().getSimpleName();
        registry.counter("plimsoll.delivery.broken", "failure", name).increment();
        Log.errorf(
                "delivery failed by an error of ours, mend it: delivery=%s channel=%s kind=%s failure=%s at=%s",
                claim.delivery(),
                claim.target().channel(),
                claim.target().kind(),
                failure.getClass().getName(),
                Poison.place(failure));
    }

    /** After the commit. */
    void failedOver(List<Late> late) {
        var left = late.stream()
                .collect(Collectors.partitioningBy(one -> one.next().isPresent()));
        registry.counter("plimsoll.delivery.failovers", "channel", "next")
                .increment(left.get(true).size());
        registry.counter("plimsoll.delivery.failovers", "channel", "none")
                .increment(left.get(false).size());
        left.get(true)
                .forEach(one -> Log.infof(
                        "failed over: notice=%s channel=%s",
                        one.notice().id(), one.next().orElseThrow()));
        left.get(false).stream()
                .findFirst()
                .ifPresent(first -> Log.warnf(
                        "urgent messages have not arrived and no channel is left to tell: count=%d first=%s account=%s",
                        left.get(false).size(),
                        first.notice().id(),
                        first.notice().account()));
    }

    private static String outcome(Verdict verdict) {
        return switch (verdict.decision()) {
            case Done done -> "delivered";
            case Superseded superseded -> "superseded";
            case Later later -> "postponed";
            case GivenUp givenUp -> "failed";
            case Returned returned -> "returned";
        };
    }
}
