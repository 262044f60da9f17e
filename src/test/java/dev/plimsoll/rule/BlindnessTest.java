package dev.plimsoll.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class BlindnessTest {
    private static final Level.Limit AUTO = new Level.Limit.Auto();

    @Test
    void theNearerItWasTheSoonerItIsTold() {
        assertThat(blind("4.9", "0").allowed(AUTO)).isEqualTo(Duration.ofMinutes(1));
        assertThat(blind("5", "0").allowed(AUTO)).isEqualTo(Duration.ofMinutes(5));
        assertThat(blind("14.9", "0").allowed(AUTO)).isEqualTo(Duration.ofMinutes(5));
        assertThat(blind("15", "0").allowed(AUTO)).isEqualTo(Duration.ofMinutes(15));
    }

    @Test
    void pricesThatMovedMakeItUrgent() {
        assertThat(blind("40", "2").allowed(AUTO)).isEqualTo(Duration.ofMinutes(15));
        assertThat(blind("40", "2.1").allowed(AUTO)).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void oneNeverJudgedIsToldAfterFiveMinutes() {
        var never = new Blindness(
                new UUID(0, 1),
                "ETH loan",
                "no price",
                Instant.EPOCH,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false);

        assertThat(never.allowed(AUTO)).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void theUsersOwnDurationWins() {
        assertThat(blind("1", "0").allowed(new Level.Limit.After(Duration.ofHours(1))))
                .isEqualTo(Duration.ofHours(1));
    }

    private static Blindness blind(String lastDistance, String moved) {
        return new Blindness(
                new UUID(0, 1),
                "ETH loan",
                "no price",
                Instant.EPOCH,
                Optional.empty(),
                Optional.of(new BigDecimal(lastDistance)),
                Optional.of(new BigDecimal(moved)),
                false);
    }
}
