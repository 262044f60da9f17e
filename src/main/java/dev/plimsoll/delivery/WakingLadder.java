package dev.plimsoll.delivery;

import dev.plimsoll.alert.Readable;
import dev.plimsoll.rule.Level;
import dev.plimsoll.rule.Rule;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who is told of a rule's critical level, one step after the other. */
record WakingLadder(Rule rule, Level level, Waking.Around around) {

    Waking waking() {
        var active =
                around.channels().stream().filter(RegisteredChannel::isActive).toList();
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
        var active =
                around.channels().stream().filter(RegisteredChannel::isActive).toList();
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
                .map(since -> " But nothing has arrived there since " + Waking.shown(since, around) + ".")
                .orElse("");
    }

    private String quietHours() {
        return rule.quietHours().isPresent() ? " Quiet hours do not hold back what is critical." : "";
    }

    private String unheard() {
        var quiet = heard(level.channels().or(rule::channels))
                .filter(RegisteredChannel::isOwn)
                .map(WakingLadder::quoted)
                .collect(Collectors.joining(", "));
        return quiet + " may be silent at night, and nothing louder is told."
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
