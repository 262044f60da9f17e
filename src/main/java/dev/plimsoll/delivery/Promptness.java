package dev.plimsoll.delivery;

import dev.plimsoll.delivery.Outcome.Delivered;
import dev.plimsoll.delivery.Tried.Called;
import dev.plimsoll.rule.Severity;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** How quickly receivers answer, and how long it takes from the tick that saw something happen until they have it. */
final class Promptness {
    private static final Set<String> CROSSINGS = Set.of("alert.firing", "alert.worsened");
    private static final Duration[] STEPS = Stream.of(
                    100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000, 300_000)
            .map(Duration::ofMillis)
            .toArray(Duration[]::new);
    private static final int LIMITED = 429;

    private final MeterRegistry registry;
    private final Clock clock;
    private final Map<Severity, Timer> crossings = new EnumMap<>(Severity.class);

    /** @param clock the watch's */
    Promptness(MeterRegistry registry, Clock clock) {
        this.registry = registry;
        this.clock = clock;
        for (var severity : Severity.values()) {
            crossings.put(severity, crossing(severity));
        }
    }

    private Timer crossing(Severity severity) {
        return Timer.builder("plimsoll.crossing.to.dispatch")
                .tag("severity", severity.name().toLowerCase(Locale.ROOT))
                .serviceLevelObjectives(STEPS)
                .register(registry);
    }

    void tried(Tried tried) {
        if (tried.ending() instanceof Called called) {
            var kind = tried.claim().target().kind();
            registry.timer("plimsoll.delivery.attempt", "kind", kind).record(called.duration());
            registry.counter(
                            "plimsoll.delivery.answers",
                            "kind",
                            kind,
                            "answer",
                            word(called.outcome().status()))
                    .increment();
            if (called.outcome() instanceof Delivered) {
                arrived(tried.claim());
            }
        }
    }

    /** What a receiver did not take at the first try, or was held back on purpose, says nothing of us. */
    private void arrived(Claim claim) {
        var message = claim.message();
        if (CROSSINGS.contains(message.type())
                && claim.failed() == 0
                && !claim.origin().heldBack()) {
            crossings.get(message.severity()).record(Duration.between(message.at(), clock.instant()));
        }
    }

    private static String word(Optional<Integer> status) {
        return status.map(code -> code == LIMITED ? "429" : code / 100 + "xx").orElse("none");
    }
}
