package dev.plimsoll.delivery;

import dev.plimsoll.delivery.FailoverRows.Late;
import dev.plimsoll.delivery.Verdicts.Done;
import dev.plimsoll.delivery.Verdicts.GivenUp;
import dev.plimsoll.delivery.Verdicts.Later;
import dev.plimsoll.delivery.Verdicts.Returned;
import dev.plimsoll.delivery.Verdicts.Superseded;
import dev.plimsoll.delivery.Verdicts.Verdict;
import dev.plimsoll.unit.Isolation;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.quarkus.logging.Log;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Measures attempts; counts and logs what was recorded of them. */
@Singleton
final class DeliveryMeters {
    private static final String FAILOVERS = "plimsoll.delivery.failovers";
    private static final String SLOTS = "plimsoll.delivery.slots";
    private static final String KIND = "kind";

    private final MeterRegistry registry;
    private final Promptness promptness;
    private final AttemptTrace trace;

    /** @param clock the watch's */
    @Inject
    DeliveryMeters(MeterRegistry registry, Clock clock, AttemptTrace trace) {
        this.registry = registry;
        this.promptness = new Promptness(registry, clock);
        this.trace = trace;
        Stream.of("next", "none").forEach(this::failovers);
    }

    /** @param taken how many are now */
    void slots(int all, Supplier<Integer> taken) {
        registry.gauge(SLOTS, Tags.of("state", "taken"), taken, Supplier::get);
        registry.gauge(SLOTS, Tags.of("state", "free"), taken, now -> all - now.get());
    }

    /** Just after they ended. */
    void tried(List<Tried> together) {
        together.forEach(promptness::tried);
        together.forEach(trace::ended);
    }

    /** After the commit. */
    void count(List<Verdict> verdicts) {
        verdicts.forEach(this::count);
    }

    private void count(Verdict verdict) {
        var claim = verdict.claim();
        var channel = claim.target().channel();
        registry.counter(
                        "plimsoll.deliveries",
                        "outcome",
                        outcome(verdict),
                        KIND,
                        claim.target().kind())
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
            registry.counter("plimsoll.delivery.parked", KIND, claim.target().kind())
                    .increment();
        }
        Log.warnf(
                "delivery given up: delivery=%s channel=%s attempt=%d channelDisabled=%s why=%s",
                claim.delivery(), claim.target().channel(), claim.number(), decision.disables(), decision.why());
    }

    /** Nothing of the failure's message: it may hold what is secret. */
    void broken(Claim claim, Throwable failure) {
        registry.counter("plimsoll.delivery.broken", KIND, claim.target().kind())
                .increment();
        Log.errorf(
                "delivery failed by an error of ours, mend it: delivery=%s channel=%s kind=%s failure=%s at=%s",
                claim.delivery(),
                claim.target().channel(),
                claim.target().kind(),
                failure.getClass().getName(),
                Isolation.place(failure));
    }

    /** What was claimed and cannot even be read. */
    void unreadable(UUID delivery, String kind, Throwable failure) {
        registry.counter("plimsoll.delivery.broken", KIND, kind).increment();
        Log.errorf(
                "delivery cannot be read and is not sent, mend its row or its account's: delivery=%s failure=%s at=%s",
                delivery, failure.getClass().getName(), Isolation.place(failure));
    }

    /** After the commit. */
    void failedOver(List<Late> late) {
        var left = late.stream()
                .collect(Collectors.partitioningBy(one -> one.next().isPresent()));
        failovers("next").increment(left.get(true).size());
        failovers("none").increment(left.get(false).size());
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

    private Counter failovers(String channel) {
        return registry.counter(FAILOVERS, "channel", channel);
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
