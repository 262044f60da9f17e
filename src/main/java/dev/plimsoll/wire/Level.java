package dev.plimsoll.wire;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.concurrent.atomic.AtomicReference;

/** A gauge that shows what it was last set to. */
public final class Level {
    private final AtomicReference<Double> now = new AtomicReference<>(0.0);

    private Level() {}

    /** At zero. @param tags names and values in turn */
    public static Level of(MeterRegistry registry, String name, String... tags) {
        var level = new Level();
        registry.gauge(name, Tags.of(tags), level, Level::get);
        return level;
    }

    public void set(double value) {
        now.set(value);
    }

    private double get() {
        return now.get();
    }
}
