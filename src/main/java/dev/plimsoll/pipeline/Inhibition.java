package dev.plimsoll.pipeline;

import dev.plimsoll.alert.AlertState.Phase;
import dev.plimsoll.delivery.Notice;
import dev.plimsoll.rule.Rule;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Keeps two rules on one position from saying the same thing twice: while a more severe alert on it fires to the same
 * channels, a milder one neither worsens nor repeats aloud. It still fires and resolves aloud, and its timeline says
 * what was muted and why.
 */
final class Inhibition {
    private static final Set<String> MUTED = Set.of("alert.worsened", "alert.repeated");

    private Inhibition() {}

    static List<Ruling> among(List<Ruling> rulings) {
        return rulings.stream().map(ruling -> inhibited(ruling, rulings)).toList();
    }

    private static Ruling inhibited(Ruling ruling, List<Ruling> all) {
        if (ruling.notices().isEmpty()
                || !ruling.notices().stream().map(Notice::type).allMatch(MUTED::contains)) {
            return ruling;
        }
        return all.stream()
                .filter(other -> speaksFor(other, ruling))
                .findFirst()
                .map(other -> ruling.mutedBecause("the rule '" + rule(other).name() + "' fires on the same position"))
                .orElse(ruling);
    }

    private static boolean speaksFor(Ruling other, Ruling milder) {
        var state = other.decided().state();
        return state.phase() == Phase.FIRING
                && state.severity().compareTo(milder.decided().state().severity()) > 0
                && channels(rule(other)).equals(channels(rule(milder)));
    }

    private static Rule rule(Ruling ruling) {
        return ruling.decided().rule();
    }

    /** All that a rule's levels may go to; the empty set in it stands for every active channel. */
    private static Set<Set<UUID>> channels(Rule rule) {
        return rule.levels().stream()
                .map(level -> Set.copyOf(level.channels().or(rule::channels).orElse(List.of())))
                .collect(Collectors.toUnmodifiableSet());
    }
}
