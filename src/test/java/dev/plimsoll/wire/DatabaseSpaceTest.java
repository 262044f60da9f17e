package dev.plimsoll.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.pgclient.PgException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DatabaseSpaceTest {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final AtomicLong nanos = new AtomicLong();
    private final DatabaseSpace space = new DatabaseSpace(meters, nanos::get);

    @Test
    void aFullDiskIsShownForHalfAMinuteAfterPostgreSqlLastSaidSo() {
        space.failed(new IllegalStateException(new PgException("could not extend file", "ERROR", "53100", "")));

        assertThat(space.isFull()).isTrue();
        assertThat(shown()).isEqualTo(1);
        nanos.addAndGet(Duration.ofSeconds(30).toNanos());
        assertThat(space.isFull()).isFalse();
        assertThat(shown()).isZero();
    }

    @Test
    void anotherFailureIsNotTakenForAFullDisk() {
        space.failed(new PgException("sorry, too many clients already", "FATAL", "53300", ""));

        assertThat(space.isFull()).isFalse();
    }

    private double shown() {
        return meters.get("plimsoll.database.full").gauge().value();
    }
}
