package dev.plimsoll.delivery;

import dev.plimsoll.rule.Severity;
import java.util.Locale;
import java.util.Optional;

/** The one line by which a message is known: subject of a mail, title of a push message, header in a chat. */
final class Headline {
    private Headline() {}

    /**
     * {@code Critical: ETH loan (warn me)}, {@code Resolved: ETH loan (warn me)}.
     *
     * @param about the position or asset
     */
    static String of(String type, Severity severity, Optional<String> about, Optional<String> rule) {
        var what = what(type, severity);
        var named = rule.filter(name -> !name.equalsIgnoreCase(word(severity)));
        return about.map(name ->
                        what + ": " + name + named.map(it -> " (" + it + ")").orElse(""))
                .or(() -> rule.map(name -> what + ": " + name))
                .orElse(what);
    }

    /** As above, without what changes from message to message: {@code ETH loan (warn me)}. */
    static String topic(Optional<String> about, Optional<String> rule) {
        return about.map(name -> name + rule.map(it -> " (" + it + ")").orElse(""))
                .or(() -> rule)
                .orElse("Alert");
    }

    private static String what(String type, Severity severity) {
        var level = word(severity);
        return switch (type) {
            case "alert.firing" -> capital(level);
            case "alert.worsened" -> "Worse, " + level;
            case "alert.repeated" -> "Still " + level;
            case "alert.escalated" -> "Escalated, " + level;
            case "alert.eased" -> "Eased, " + level;
            case "alert.resolved" -> "Resolved";
            case "alert.acknowledged" -> "Acknowledged";
            case "alert.snoozed" -> "Snoozed";
            case "alert.test" -> "Test of Plimsoll";
            case "drill.firing" -> "DRILL, wake up";
            case "drill.repeated" -> "DRILL, still waiting for you";
            case "drill.escalated" -> "DRILL, escalated";
            case "drill.acknowledged", "drill.snoozed" -> "DRILL, acknowledged";
            case "drill.resolved" -> "DRILL is over";
            case "channel.verification" -> "Prove this channel";
            case "channel.disabled" -> "A channel was disabled";
            case "delivery.failed" -> "Messages were not delivered";
            case "sight.regained" -> "I can see again";
            default -> byCalendar(type);
        };
    }

    private static String byCalendar(String type) {
        return switch (type) {
            case "digest.daily" -> "Your day";
            case "digest.weekly" -> "Your week";
            case "digest.bedtime" -> "Bedtime check";
            default -> otherwise(type);
        };
    }

    private static String otherwise(String type) {
        return switch (type) {
            case "account.recovery-asked" -> "Somebody asked for a new API key";
            case "account.recovered" -> "A new API key was made";
            default -> capital(type.replaceFirst("^(alert|operator)\\.", "").replace('.', ' '));
        };
    }

    private static String word(Severity severity) {
        return severity.name().toLowerCase(Locale.ROOT);
    }

    private static String capital(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }
}
