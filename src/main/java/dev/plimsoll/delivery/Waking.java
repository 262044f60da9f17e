package dev.plimsoll.delivery;

import dev.plimsoll.alert.Readable;
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
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * "Will it wake me?": whether what is critical makes a sound that wakes its owner, by the rules, channels and silences as
 * they are. The one place that knows; whoever is asked, the API, the chat or a digest, answers from here.
 *
 * @param answer whether something of the owner's own rings, at once or when nobody acknowledges
 * @param why    in sentences for the owner
 */
public record Waking(boolean answer, String why) {

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

    /** Whether it says of a rule that is meant to wake somebody that it does not. */
    public static boolean isProblem(Rule rule, Around around) {
        return critical(rule).isPresent() && !of(rule, around).answer();
    }

    /** The level that may wake somebody. */
    public static Optional<Level> critical(Rule rule) {
        return rule.levels().stream()
                .filter(level -> level.severity() == Severity.CRITICAL)
                .findFirst();
    }

    private static Waking of(Rule rule, Around around, Predicate<Silence> whole, Predicate<Silence> part) {
        return critical(rule)
                .map(level -> new Ladder(rule, level, around).waking().silenced(around, whole, part))
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

    private static String shown(Instant instant, Around around) {
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

    /** Who is told of a rule's critical level, one step after the other. */
    private record Ladder(Rule rule, Level level, Around around) {

        Waking waking() {
            var active = around.channels().stream()
                    .filter(RegisteredChannel::isActive)
                    .toList();
            var bell = first(heard(level.channels().or(rule::channels)), "rings at once");
            var words = bell.or(this::later);
            if (words.isPresent()) {
                return new Waking(true, words.get() + quietHours());
            }
            if (active.stream().noneMatch(RegisteredChannel::isOwn)) {
                return new Waking(false, "You have no active channel: nobody is told." + sleeping());
            }
            return new Waking(false, unheard());
        }

        private Optional<String> later() {
            return rule.escalation().stream()
                    .flatMap(step -> first(
                            heard(Optional.of(step.channels())),
                            "rings when nobody has acknowledged it for " + Readable.duration(step.after()))
                            .stream())
                    .findFirst();
        }

        /** Of those that are told, the owner's own that are loud. */
        private Optional<String> first(Stream<RegisteredChannel> told, String how) {
            return told.filter(RegisteredChannel::isOwn)
                    .filter(around.loud())
                    .min((one, other) -> Boolean.compare(
                            one.failingSince().isPresent(), other.failingSince().isPresent()))
                    .map(channel -> quoted(channel) + " " + how + "." + failing(channel));
        }

        /** As the outbox has it: where none that are named is active, all others are told. */
        private Stream<RegisteredChannel> heard(Optional<List<UUID>> named) {
            var active = around.channels().stream()
                    .filter(RegisteredChannel::isActive)
                    .toList();
            return named
                    .map(ids -> active.stream()
                            .filter(channel -> ids.contains(channel.id()))
                            .toList())
                    .filter(some -> !some.isEmpty())
                    .orElse(active.stream().filter(RegisteredChannel::isOwn).toList())
                    .stream();
        }

        private String failing(RegisteredChannel channel) {
            return channel.failingSince()
                    .map(since -> " But nothing has arrived there since " + shown(since, around) + ".")
                    .orElse("");
        }

        private String quietHours() {
            return rule.quietHours().isPresent() ? " Quiet hours do not hold back what is critical." : "";
        }

        private String unheard() {
            var quiet = heard(level.channels().or(rule::channels))
                    .filter(RegisteredChannel::isOwn)
                    .map(Ladder::quoted)
                    .collect(Collectors.joining(", "));
            return "Nothing that it tells you makes a sound that wakes you: "
                    + quiet + " may be silent at night."
                    + buddy() + sleeping()
                    + " Add a channel that rings, or say of one that does that it is loud.";
        }

        private String buddy() {
            return rule.escalation().stream()
                    .flatMap(step -> heard(Optional.of(step.channels()))
                            .filter(channel -> !channel.isOwn())
                            .filter(around.loud())
                            .flatMap(channel -> channel.buddy().stream())
                            .map(name -> " Only " + name + " is rung, when nobody has acknowledged it for "
                                    + Readable.duration(step.after()) + "."))
                    .findFirst()
                    .orElse("");
        }

        /** What would wake its owner if it were active. */
        private String sleeping() {
            return around.channels().stream()
                    .filter(channel -> !channel.isActive() && channel.isOwn())
                    .filter(around.loud())
                    .findFirst()
                    .map(channel -> " %s is loud, but %s."
                            .formatted(
                                    quoted(channel),
                                    channel.state() == RegisteredChannel.State.DISABLED ? "disabled" : "not proven"))
                    .orElse("");
        }

        private static String quoted(RegisteredChannel channel) {
            return "\"" + channel.name() + "\"";
        }
    }
}
