package dev.plimsoll.alert;

import dev.plimsoll.alert.AlertState.Phase;
import dev.plimsoll.unit.Ids;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * One alert's step on its way into the database.
 *
 * @param id    of the row: a new one where the step begins an episode
 * @param seen  the row the step was made from; empty where there is none yet
 * @param shown what rule and subject were called, as a JSON object: they may be gone when it is read
 * @param life  the state it steps to, as a JSON object
 * @param hush  whether the last of it is kept from its owner
 * @param muted why nobody is told of this step; empty where it is told
 */
public record AlertWrite(
        UUID id,
        UUID account,
        Alert.Key key,
        Optional<Alert> seen,
        Step step,
        String shown,
        String life,
        Hush hush,
        Optional<String> muted) {

    /** @param before the last alert of the key, resolved or not; empty before the first */
    public static AlertWrite of(UUID account, Alert.Key key, Optional<Alert> before, Step step, String shown) {
        var seen = before.filter(alert -> alert.state().isOpen());
        return new AlertWrite(
                seen.map(Alert::id).orElseGet(Ids::next),
                account,
                key,
                seen,
                step,
                shown,
                AlertStateJson.text(step.state()),
                Hush.NONE,
                Optional.empty());
    }

    /** Of a drill, whose id the alert has. @param before empty where it begins */
    public static AlertWrite ofDrill(Drill drill, UUID rule, Optional<Alert> before, Step step, String shown) {
        return new AlertWrite(
                drill.id(),
                drill.account(),
                new Alert.Key(rule, new Subject.OfDrill(drill.id())),
                before,
                step,
                shown,
                AlertStateJson.text(step.state()),
                Hush.NONE,
                Optional.empty());
    }

    /** The same, told to nobody where there is a reason; the timeline says it. */
    public AlertWrite heard(Hush newer, Optional<String> why) {
        return new AlertWrite(id, account, key, seen, step, shown, life, newer, why);
    }

    /** What becomes of the row. */
    public enum Kind {
        NONE,
        INSERT,
        UPDATE,
        DELETE
    }

    public Kind kind() {
        var quiet = step.state().phase() == Phase.QUIET;
        if (seen.isEmpty()) {
            return quiet ? Kind.NONE : Kind.INSERT;
        }
        return quiet ? Kind.DELETE : Kind.UPDATE;
    }

    /** What is remembered once it is written; empty where there is nothing to remember. */
    public Optional<Alert> written() {
        return switch (kind()) {
            case NONE -> Optional.empty();
            case INSERT -> Optional.of(new Alert(id, account, key, step.state(), hush, shown, 1));
            case UPDATE, DELETE ->
                seen.map(alert -> new Alert(id, account, key, step.state(), hush, shown, alert.version() + 1));
        };
    }

    public AlertState state() {
        return step.state();
    }

    public List<Transition> transitions() {
        return step.transitions();
    }
}
