package dev.plimsoll.simulation;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What happened in the life of a seed.
 *
 * @param broken what must never be, where it was
 * @param trace  everything, in order; empty where nothing is broken and nobody asked
 */
public record Story(long seed, Optional<String> broken, List<String> trace) {
    private static final Pattern THING = Pattern.compile("(alert|delivery|rule|transaction) \\d+");
    private static final Pattern FAULT =
            Pattern.compile("stands still|goes on|is killed|starts$|holds the watch|CUT|IDLE|DEADLOCK|LEASE_LOST");
    private static final int LONGEST = 60;

    public Story {
        trace = List.copyOf(trace);
    }

    public boolean isBroken() {
        return broken.isPresent();
    }

    /** The last of what concerns the things that broke, and the faults in between. */
    public List<String> gist() {
        var things = things(things(Set.copyOf(named(broken.orElse("")))));
        var told = trace.stream()
                .filter(line ->
                        FAULT.matcher(line).find() || named(line).stream().anyMatch(things::contains))
                .toList();
        return told.subList(Math.max(0, told.size() - LONGEST), told.size());
    }

    /** With those that stand in one line with them. */
    private Set<String> things(Set<String> known) {
        Set<String> all = new LinkedHashSet<>(known);
        trace.stream()
                .map(Story::named)
                .filter(named -> named.stream().anyMatch(known::contains))
                .forEach(all::addAll);
        return all;
    }

    private static List<String> named(String line) {
        return THING.matcher(line).results().map(MatchResult::group).toList();
    }
}
