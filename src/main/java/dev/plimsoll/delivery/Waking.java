package dev.plimsoll.delivery;

import dev.plimsoll.alert.Silence;
import dev.plimsoll.alert.Subject;
import dev.plimsoll.position.Position;
import dev.plimsoll.rule.Level;
import dev.plimsoll.rule.Rule;
import dev.plimsoll.rule.Severity;
import dev.plimsoll.rule.Watches;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * "Will it wake me?": whether what is critical makes a sound that wakes its owner, by the rules, channels and silences as
 * they are. The one place that knows; whoever is asked, the API, the chat or a digest, answers from here.
 *
 * @param answer whether something of the owner's own rings, at once or when nobody acknowledges
 * @param why    in sentences for the owner
 */
public record Waking(boolean answer, String why) {

    private static final String NOTHING = "Nothing here would wake you at night: ";
    private static final Waking NOT_MEANT =
            new Waking(false, "It has no critical level: only what is critical may wake anybody.");
    private static final Waking UNWATCHED =
            new Waking(false, "No rule with a critical level watches it: nothing about it may wake anybody.");

    /**
     * What stands around a rule.
     *
     * @param channels all of the account
     * @param loud     those that wake somebody, see {@link Kinds#wakes}
     * @param silences of the account; what is over says nothing
     * @param zone     of the clock on the owner's wall
     * @param at       by the watch's clock
     */
    public record Around(
            List<RegisteredChannel> channels,
            Predicate<RegisteredChannel> loud,
            List<Silence> silences,
            ZoneId zone,
            Instant at) {
        public Around {
            channels = List.copyOf(channels);
            silences = silences.stream()
                    .filter(silence -> silence.until().isAfter(at))
                    .toList();
        }
    }

    /** Of a rule, whatever it watches. */
    public static Waking of(Rule rule, Around around) {
        return of(rule, around, silence -> coversAll(silence, rule), silence -> coversSome(silence, rule));
    }

    /** Of a position: whether any of the rules would wake its owner. @param rules those that watch it */
    public static Waking of(Position position, List<Rule> rules, Around around) {
        var subject = new Subject.OfPosition(position.id());
        var answers = rules.stream()
                .filter(rule -> critical(rule).isPresent())
                .map(rule -> of(rule, around, silence -> silence.covers(subject, position.labels()), silence -> false))
                .toList();
        return answers.stream()
                .filter(Waking::answer)
                .findFirst()
                .or(() -> answers.stream().findFirst())
                .orElse(UNWATCHED);
    }

    /**
     * What is wrong with an account's rules together, in a line; empty where each that is meant to wake its owner does.
     *
     * @param rules all of the account
     */
    public static Optional<String> problem(List<Rule> rules, Around around) {
        var meant = rules.stream().filter(rule -> critical(rule).isPresent()).toList();
        if (meant.isEmpty()) {
            return Optional.of(NOTHING + "none of your rules has a critical level.");
        }
        var mute = meant.stream().filter(rule -> !of(rule, around).answer()).toList();
        return mute.stream()
                .findFirst()
                .map(rule -> mute.size() == meant.size()
                        ? NOTHING + within(of(rule, around).why())
                        : "\"%s\" would not wake you at night: %s"
                                .formatted(rule.name(), within(of(rule, around).why())));
    }

    /** As it goes on behind a colon. */
    private static String within(String sentence) {
        return sentence.substring(0, 1).toLowerCase(Locale.ROOT) + sentence.substring(1);
    }

    /** The level that may wake somebody. */
    public static Optional<Level> critical(Rule rule) {
        return rule.levels().stream()
                .filter(level -> level.severity() == Severity.CRITICAL)
                .findFirst();
    }

    private static Waking of(Rule rule, Around around, Predicate<Silence> whole, Predicate<Silence> part) {
        return critical(rule)
                .map(level -> new WakingLadder(rule, level, around).waking().silenced(around, whole, part))
                .orElse(NOT_MEANT);
    }

    private Waking silenced(Around around, Predicate<Silence> whole, Predicate<Silence> part) {
        var now = around.silences().stream()
                .filter(silence -> silence.isActive(around.at()))
                .filter(whole)
                .findFirst();
        if (now.isPresent() && answer) {
            return new Waking(false, silence(now.get(), "it", around));
        }
        var later = around.silences().stream()
                .filter(whole)
                .findFirst()
                .map(silence -> silence(silence, "it", around))
                .or(() -> around.silences().stream()
                        .filter(part)
                        .findFirst()
                        .map(silence -> silence(silence, "some of it", around)));
        return later.map(words -> new Waking(answer, why + " " + words)).orElse(this);
    }

    /** {@code A silence ("night flight") keeps it from you until 22 Nov 07:00, but not a liquidation.} */
    private static String silence(Silence silence, String what, Around around) {
        var from = silence.isActive(around.at()) ? "" : " from " + shown(silence.from(), around);
        return "A silence (\"%s\") keeps %s from you%s until %s, %s."
                .formatted(
                        silence.reason(),
                        what,
                        from,
                        shown(silence.until(), around),
                        silence.evenLiquidatable() ? "even a liquidation" : "but not that it can be liquidated");
    }

    static String shown(Instant instant, Around around) {
        return DateTimeFormatter.ofPattern("d MMM HH:mm", Locale.ENGLISH)
                .withZone(around.zone())
                .format(instant);
    }

    private static boolean coversAll(Silence silence, Rule rule) {
        return silence.watches() instanceof Watches.All || silence.watches().equals(rule.watches());
    }

    private static boolean coversSome(Silence silence, Rule rule) {
        return rule.watches() instanceof Watches.All;
    }
}
