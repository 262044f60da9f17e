package dev.plimsoll.oracle;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.oracle.Answer.Reason;
import dev.plimsoll.oracle.StreamingSource.Ended;
import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReopeningTest {
    private static final Ended CLOSED = ended(Reason.UNREACHABLE);

    @Test
    void eachFailureInARowDoublesThePauseUpToAMinute() {
        var reopening = new Reopening(share(1));

        assertThat(Stream.generate(() -> reopening.after(CLOSED, ZERO)).limit(8))
                .extracting(Duration::toSeconds)
                .containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 64L, 64L);
    }

    @Test
    void aStreamThatLastedAMinuteIsOpenedAgainAtOnce() {
        var reopening = new Reopening(share(1));
        Stream.generate(() -> reopening.after(CLOSED, ofSeconds(59))).limit(5).forEach(pause -> {});

        assertThat(reopening.after(CLOSED, ofSeconds(59))).isEqualTo(ofSeconds(32));
        assertThat(reopening.after(CLOSED, ofSeconds(60))).isEqualTo(ofSeconds(1));
    }

    @Test
    void aPauseIsSpreadOverItsSecondHalf() {
        var pauses = LongStream.range(0, 1_000)
                .mapToObj(seed -> new Reopening(new SplittableRandom(seed)).after(CLOSED, ZERO))
                .toList();

        assertThat(pauses).allMatch(pause -> pause.compareTo(ofMillis(500)) >= 0 && pause.compareTo(ofSeconds(1)) <= 0);
        assertThat(pauses.stream().distinct().count()).isGreaterThan(100);
    }

    @Test
    void whoRefusesIsNotCalledAgainAndAgain() {
        assertThat(pause(ended(Reason.REFUSED))).isEqualTo(ofMinutes(5));
        assertThat(pause(ended(Reason.REDIRECTED))).isEqualTo(ofMinutes(5));
        assertThat(pause(ended(Reason.RATE_LIMITED))).isEqualTo(ofMinutes(1));
    }

    @Test
    void aWishIsHonouredUpToAnHour() {
        assertThat(pause(wishing(ofMinutes(3)))).isEqualTo(ofMinutes(3));
        assertThat(pause(wishing(ofHours(30)))).isEqualTo(ofHours(1));
        assertThat(pause(wishing(ZERO))).isEqualTo(ofMinutes(1));
    }

    private static Duration pause(Ended end) {
        return new Reopening(share(1)).after(end, ZERO);
    }

    private static Ended ended(Reason reason) {
        return new Ended(reason, "it ended", Optional.empty());
    }

    private static Ended wishing(Duration retryAfter) {
        return new Ended(Reason.RATE_LIMITED, "too often", Optional.of(retryAfter));
    }

    private static RandomGenerator share(double share) {
        return new RandomGenerator() {
            @Override
            public long nextLong() {
                throw new IllegalStateException("only doubles are asked for");
            }

            @Override
            public double nextDouble() {
                return share;
            }
        };
    }
}
