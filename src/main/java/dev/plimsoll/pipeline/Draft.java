package dev.plimsoll.pipeline;

import dev.plimsoll.alert.Alert;
import dev.plimsoll.alert.AlertState.Phase;
import dev.plimsoll.alert.Hush;
import dev.plimsoll.alert.Life;
import dev.plimsoll.alert.Routing.About;
import dev.plimsoll.alert.Step;
import dev.plimsoll.alert.Transition;
import dev.plimsoll.alert.Transition.Eased;
import dev.plimsoll.alert.Transition.Escalated;
import dev.plimsoll.alert.Transition.Fired;
import dev.plimsoll.alert.Transition.Repeated;
import dev.plimsoll.alert.Transition.Resolved;
import dev.plimsoll.alert.Transition.Worsened;
import dev.plimsoll.rule.Condition;
import dev.plimsoll.rule.Severity;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A step of one alert, before it is known who hears of it.
 *
 * @param before       the last alert of its key, resolved or not
 * @param changes      there is something to write
 * @param liquidatable the position is, whichever source is right
 */
record Draft(
        UUID account,
        Optional<Alert> before,
        Step step,
        boolean changes,
        About about,
        boolean liquidatable,
        Tale tale) {

    /** What its owner has not been told so far. */
    Hush hush() {
        return before.filter(Alert::isHushed).map(Alert::hush).orElse(Hush.NONE);
    }

    boolean isFiring() {
        return step.state().phase() == Phase.FIRING;
    }

    /** Another alert may speak for it. */
    boolean mayBeInhibited() {
        return hush() == Hush.INHIBITED
                || about.rule()
                        .filter(rule -> rule.condition() instanceof Condition.Blind)
                        .isPresent()
                || step.transitions().stream().anyMatch(Draft::mayBeInhibited);
    }

    /** Nothing is more severe than what is critical, and most of what fires in a crash is. */
    private static boolean mayBeInhibited(Transition transition) {
        return switch (transition) {
            case Fired fired -> fired.severity() != Severity.CRITICAL;
            case Escalated escalated -> escalated.severity() != Severity.CRITICAL;
            case Worsened ignored -> true;
            case Repeated ignored -> true;
            case Eased ignored -> false;
            case Resolved ignored -> false;
        };
    }

    boolean tells() {
        return step.transitions().stream().anyMatch(Transition::isTold);
    }

    /** The same, telling also what was kept back. */
    Draft retold(Instant at, Repeated.Why why) {
        return new Draft(account, before, Life.retold(step, at, why), true, about, liquidatable, tale);
    }
}
