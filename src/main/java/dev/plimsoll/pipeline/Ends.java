package dev.plimsoll.pipeline;

import dev.plimsoll.alert.Alert;
import dev.plimsoll.alert.Because;
import dev.plimsoll.alert.Life;
import dev.plimsoll.alert.Subject;
import dev.plimsoll.alert.Text;
import dev.plimsoll.alert.Transition;
import dev.plimsoll.rule.Condition;
import dev.plimsoll.rule.Rule;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Ends alerts whose rule or position is gone, or whose rule no longer looks at their subject. */
final class Ends {
    private final Memory memory;
    private final Instant at;

    Ends(Memory memory, Instant at) {
        this.memory = memory;
        this.at = at;
    }

    /** Of an alert under suspicion: to end it, or to suspect it no longer. */
    Finding of(Alert.Key key) {
        Runnable clear = () -> memory.suspects().remove(key);
        return memory.alerts()
                .of(key)
                .filter(alert -> alert.state().isOpen())
                .flatMap(alert -> because(key).map(because -> end(alert, because, clear)))
                .orElseGet(() -> Finding.nothing(clear));
    }

    private Optional<Because> because(Alert.Key key) {
        return isLeftOut(key) ? Optional.empty() : ended(key);
    }

    private boolean isLeftOut(Alert.Key key) {
        return Stream.concat(Stream.of(key.rule()), key.subject().position().stream())
                .anyMatch(memory.leftOut()::contains);
    }

    private Optional<Because> ended(Alert.Key key) {
        var rule = memory.book().rule(key.rule());
        if (rule.isEmpty()) {
            return Optional.of(Because.RULE_DELETED);
        }
        var gone =
                key.subject().position().filter(id -> memory.book().position(id).isEmpty());
        if (gone.isPresent()) {
            return Optional.of(Because.POSITION_DELETED);
        }
        return looksAt(rule.get(), key.subject()) ? Optional.empty() : Optional.of(Because.RULE_CHANGED);
    }

    private boolean looksAt(Rule rule, Subject subject) {
        return switch (rule.condition()) {
            case Condition.OnPosition ignored -> covers(rule, subject);
            case Condition.OnAsset condition -> subject.equals(new Subject.OfAsset(condition.asset()));
            case Condition.Blind ignored -> subject instanceof Subject.OfAccount;
        };
    }

    private boolean covers(Rule rule, Subject subject) {
        return subject.position()
                .flatMap(memory.book()::position)
                .filter(rule.watches()::covers)
                .isPresent();
    }

    private Finding end(Alert alert, Because because, Runnable clear) {
        var shown = new JsonObject(alert.shown());
        var text = text(shown, because);
        var draft = new Draft(
                alert.account(),
                Optional.of(alert),
                Life.end(alert.state(), at, because),
                true,
                memory.about(alert.key()),
                false,
                new Tale(severity -> shown, JsonObject::new, transition -> Text.of(text + warning(transition))));
        return new Finding(List.of(draft), clear);
    }

    private static String text(JsonObject shown, Because because) {
        var rule = shown.getJsonObject("rule").getString("name");
        var about = Optional.ofNullable(shown.getJsonObject("position"))
                .map(position -> " on " + position.getString("name"))
                .orElse("");
        return "Resolved: the alert of rule %s%s ended, because the %s.".formatted(rule, about, reason(because));
    }

    private static String reason(Because because) {
        return switch (because) {
            case RULE_DELETED -> "rule was deleted";
            case POSITION_DELETED -> "position was deleted";
            case RULE_CHANGED -> "rule no longer looks at it";
            case CLOSED, REPAID, COLLATERAL_ADDED, PRICE_RECOVERED, LIQUIDATED, CONFIRMED -> "position changed";
        };
    }

    private static String warning(Transition transition) {
        return transition instanceof Transition.Resolved resolved && resolved.mayBeLiquidated()
                ? " It was below 1 meanwhile. You may have been liquidated: check it."
                : "";
    }
}
