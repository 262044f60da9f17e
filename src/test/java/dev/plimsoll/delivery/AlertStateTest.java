package dev.plimsoll.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.delivery.AlertState.Moved;
import dev.plimsoll.rule.Severity;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AlertStateTest {
    private static final Instant AT = Instant.parse("2026-11-20T03:12:00Z");

    @Test
    void whatABuddySeesHoldsNoFigureAndNoWordsOfOthers() {
        var moved = new Moved(true, AT, Optional.of(new BigDecimal("0.98")));
        var state = new AlertState(
                Severity.CRITICAL,
                Optional.of(moved),
                Optional.of(AT),
                Optional.empty(),
                Optional.of("by Ada"),
                Optional.empty());

        assertThat(state.unsaid())
                .isEqualTo(new AlertState(
                        Severity.CRITICAL,
                        Optional.of(new Moved(true, AT, Optional.empty())),
                        Optional.of(AT),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
    }
}
