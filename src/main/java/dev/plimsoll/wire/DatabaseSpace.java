package dev.plimsoll.wire;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import io.vertx.pgclient.PgException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * Whether the database said lately that its disk is full. The operator learns it from the log, a metric and readiness, for
 * which no database is needed.
 */
@Singleton
public class DatabaseSpace {
    /** SQLSTATE of PostgreSQL: could not extend file, or write it. */
    private static final String DISK_FULL = "53100";

    /** Some statements still find room, so that one that succeeds says nothing. */
    private static final Duration LATELY = Duration.ofSeconds(30);

    private static final int LONGEST_CHAIN = 20;

    private final LongSupplier nanos;
    private final AtomicLong fullUntil;

    @Inject
    public DatabaseSpace(MeterRegistry meters) {
        this(meters, System::nanoTime);
    }

    /** @param nanos the monotonic clock */
    DatabaseSpace(MeterRegistry meters, LongSupplier nanos) {
        this.nanos = nanos;
        this.fullUntil = new AtomicLong(nanos.getAsLong());
        meters.gauge("plimsoll.database.full", this, space -> space.isFull() ? 1 : 0);
    }

    /** Something could not be read or written, for whatever reason. */
    public void failed(Throwable failure) {
        if (Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(LONGEST_CHAIN)
                .anyMatch(DatabaseSpace::isFull)) {
            if (!isFull()) {
                Log.error("the database's disk is full: requests are refused and alerts wait until there is room again;"
                        + " make some where PostgreSQL keeps its data, nothing else is to be done");
            }
            fullUntil.set(nanos.getAsLong() + LATELY.toNanos());
        }
    }

    public boolean isFull() {
        return fullUntil.get() - nanos.getAsLong() > 0;
    }

    private static boolean isFull(Throwable cause) {
        return cause instanceof PgException refused && DISK_FULL.equals(refused.getSqlState());
    }
}
