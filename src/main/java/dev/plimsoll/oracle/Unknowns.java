package dev.plimsoll.oracle;

import dev.plimsoll.oracle.Answer.Quote;
import dev.plimsoll.oracle.Answer.Reason;
import dev.plimsoll.oracle.Answer.Silent;
import dev.plimsoll.unit.Asset;
import io.quarkus.logging.Log;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The assets whose identifier a source does not know: left out of its asks for an hour, so that nobody asks in vain for
 * ever.
 *
 * <p>One it has priced since the start counts as unknown only when it is missing three times in a row, and only for a
 * minute, because half an answer may leave it out too. Times are the tick's. Not thread-safe: its lane guards it.
 */
final class Unknowns {
    private static final Duration LEFT_OUT = Duration.ofHours(1);
    private static final Duration LEFT_OUT_WHERE_PRICED = Duration.ofMinutes(1);
    private static final int IN_A_ROW = 3;

    private final String source;
    private final Set<Asset> priced = new HashSet<>();
    private final Map<Asset, Integer> missing = new HashMap<>();
    private final SortedMap<Asset, Instant> since = new TreeMap<>();

    Unknowns(String source) {
        this.source = source;
    }

    /** What is left to ask for. A clock that went back does not prolong the hour. */
    Set<Asset> without(Set<Asset> assets, Instant now) {
        return assets.stream()
                .filter(asset -> Optional.ofNullable(since.get(asset))
                        .filter(at -> !now.isBefore(at) && now.isBefore(at.plus(rest(asset))))
                        .isEmpty())
                .collect(Collectors.toSet());
    }

    private Duration rest(Asset asset) {
        return priced.contains(asset) ? LEFT_OUT_WHERE_PRICED : LEFT_OUT;
    }

    /** Learns from an ask. One that brought no price at all tells of the source, and nothing of its identifiers. */
    void learn(Collection<Answer> answers, Instant at) {
        if (answers.stream().noneMatch(Quote.class::isInstance)) {
            return;
        }
        var before = List.copyOf(since.keySet());
        answers.forEach(answer -> learn(answer, at));
        report(before, List.copyOf(since.keySet()));
    }

    private void learn(Answer answer, Instant at) {
        switch (answer) {
            case Quote quote -> know(quote.asset());
            case Silent silent when silent.reason() == Reason.UNKNOWN_ASSET -> doubt(silent.asset(), at);
            case Silent other -> missing.remove(other.asset());
        }
    }

    private void know(Asset asset) {
        priced.add(asset);
        missing.remove(asset);
        since.remove(asset);
    }

    private void doubt(Asset asset, Instant at) {
        var times = missing.merge(asset, 1, Integer::sum);
        if (times >= IN_A_ROW || !priced.contains(asset)) {
            since.put(asset, at);
        }
    }

    private void report(List<Asset> before, List<Asset> after) {
        var found = after.stream().filter(asset -> !before.contains(asset)).toList();
        var known = before.stream().filter(asset -> !after.contains(asset)).toList();
        if (!found.isEmpty()) {
            Log.warnf("identifiers unknown to their source, left out for an hour: source=%s assets=%s", source, found);
        }
        if (!known.isEmpty()) {
            Log.infof("identifiers known again: source=%s assets=%s", source, known);
        }
    }

    /** In the order of their symbols. */
    List<Asset> assets() {
        return List.copyOf(since.keySet());
    }
}
