package dev.plimsoll.api.stream;

import dev.plimsoll.alert.AlertNewsStore.Step;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How far a client has heard of its own alerts.
 *
 * <p>Transactions commit out of order, so what was told of those from the horizon on is remembered and read again.
 *
 * @param xid  the horizon: of all transactions before it everything was told
 * @param told the steps told from the horizon on
 */
record Progress(long xid, Set<Name> told) {
    private static final Pattern ID = Pattern.compile("\\d{1,15}-(\\d{1,18})");

    /** Nothing to tell. */
    static final Progress NONE = new Progress(0, Set.of());

    Progress {
        told = Set.copyOf(told);
    }

    /** A step of an alert. */
    record Name(UUID alert, int sequence) {
        static Name of(Step step) {
            return new Name(step.alert(), step.sequence());
        }
    }

    /** From now on, or from where an id of an earlier connection says. An id that we never gave says nothing. */
    static Progress from(long now, Optional<String> lastEventId) {
        var earlier = lastEventId.map(ID::matcher).filter(id -> id.matches()).map(id -> Long.parseLong(id.group(1)));
        var since = earlier.filter(xid -> xid > 0 && xid < now).orElse(now);
        return new Progress(since, Set.of());
    }

    /** Those of the steps that were not told yet, in their order. */
    List<Step> untold(List<Step> steps) {
        return steps.stream()
                .filter(step -> step.xid() >= xid && !told.contains(Name.of(step)))
                .toList();
    }

    /**
     * After some of the untold were told.
     *
     * @param steps all that was read
     * @param done  the steps told now
     * @param next  the horizon of the reading
     */
    Progress after(List<Step> steps, List<Step> done, long next) {
        var all = new HashSet<>(told);
        done.stream().map(Name::of).forEach(all::add);
        var first = steps.stream()
                .filter(step -> step.xid() >= xid && !all.contains(Name.of(step)))
                .mapToLong(Step::xid)
                .min();
        var horizon = first.isPresent() ? Math.min(first.getAsLong(), next) : next;
        var kept = steps.stream()
                .filter(step -> step.xid() >= horizon && all.contains(Name.of(step)))
                .map(Name::of)
                .collect(Collectors.toSet());
        return new Progress(horizon, kept);
    }
}
