package dev.plimsoll.alert;

import dev.plimsoll.rule.Severity;
import dev.plimsoll.rule.Threshold.Side;
import dev.plimsoll.rule.Verdict;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What one tick saw of one (rule, subject).
 *
 * @param at             the tick's instant
 * @param unbrokenSince  the first tick of the present run of ticks without a gap above three intervals; holds do not
 *                       count what lies before it
 * @param ruleVersion    of the rule as it stands
 * @param verdicts       one a level, the mildest first
 * @param worse          the side of a limit on which it is worse: below for a health factor, above for a move
 * @param value          the measured value at the end every source agrees on: the safe one; empty when unknown
 * @param room           how much is left until the worst, in any unit: the distance to liquidation in percent; an alert
 *                       worsens each time half of it is gone. Empty when unknown or when there is no such thing
 * @param liquidatable   liquidatable whichever source is right
 * @param maybeBelowOne  liquidatable if the most dangerous source is right
 * @param relieved       at least {@link Life#SAFE_ROOM} from liquidation whichever source is right
 * @param escalation     after how long each step of the rule's escalation is due
 * @param sightRegained  for some time until this tick nobody could say how it stands
 */
public record Observation(
        Instant at,
        Instant unbrokenSince,
        long ruleVersion,
        List<Verdict> verdicts,
        Side worse,
        Optional<BigDecimal> value,
        Optional<BigDecimal> room,
        boolean liquidatable,
        boolean maybeBelowOne,
        boolean relieved,
        Legs legs,
        List<Duration> escalation,
        boolean sightRegained) {
    public Observation {
        verdicts = List.copyOf(verdicts);
        escalation = List.copyOf(escalation);
        if (verdicts.isEmpty()) {
            throw new IllegalArgumentException("an observation has a verdict for each level, had none");
        }
    }

    /** The same, where for some time until this tick nobody could say how it stands. */
    public Observation regained() {
        return new Observation(
                at,
                unbrokenSince,
                ruleVersion,
                verdicts,
                worse,
                value,
                room,
                liquidatable,
                maybeBelowOne,
                relieved,
                legs,
                escalation,
                true);
    }

    /** @throws IllegalArgumentException when no level has this severity */
    Verdict verdict(Severity severity) {
        return verdicts.stream()
                .filter(verdict -> verdict.level().severity() == severity)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no level is " + severity));
    }
}
