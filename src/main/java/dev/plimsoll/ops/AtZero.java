package dev.plimsoll.ops;

import dev.plimsoll.delivery.Kinds;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Counters that would appear with the first thing they count: an alarm on their growth would not see that one, so they
 * begin at zero.
 */
@Singleton
class AtZero {
    private static final List<String> COUNTERS = List.of(
            "plimsoll.judging.failures",
            "plimsoll.market.hints.lost",
            "plimsoll.market.snapshots.unreadable",
            "plimsoll.stream.dropped",
            "plimsoll.telegram.updates.dropped",
            "plimsoll.chat.answers.unsaid");

    private final MeterRegistry registry;
    private final Kinds kinds;
    private final String version;

    @Inject
    AtZero(
            MeterRegistry registry,
            Kinds kinds,
            @ConfigProperty(name = "quarkus.application.version", defaultValue = "unknown") String version) {
        this.registry = registry;
        this.kinds = kinds;
        this.version = version;
    }

    void start(@Observes StartupEvent event) {
        registry.gauge("plimsoll.build.info", Tags.of("version", version), 1);
        COUNTERS.forEach(registry::counter);
        List.of("well", "fail", "unsent")
                .forEach(outcome -> registry.counter("plimsoll.deadman.pings", "outcome", outcome));
        kinds.names().forEach(this::ofKind);
    }

    private void ofKind(String kind) {
        registry.counter("plimsoll.delivery.parked", "kind", kind);
        registry.counter("plimsoll.delivery.broken", "kind", kind);
        List.of("delivered", "failed")
                .forEach(outcome -> registry.counter("plimsoll.deliveries", "outcome", outcome, "kind", kind));
    }
}
