package dev.plimsoll.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.rule.Severity;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UrgencyTest {

    @ParameterizedTest
    @ValueSource(strings = {"digest.daily", "digest.weekly", "digest.bedtime"})
    void whatComesByTheCalendarWaitsForAllThatHappened(String digest) {
        var last = Urgency.priority(digest, Severity.INFO);

        assertThat(Urgency.priority("alert.resolved", Severity.CRITICAL)).isLessThan(last);
        assertThat(Urgency.priority("alert.firing", Severity.INFO)).isLessThan(last);
        assertThat(last).isLessThan(Urgency.PRIORITIES);
        assertThat(Urgency.failsOver(digest, Severity.INFO)).isFalse();
    }
}
