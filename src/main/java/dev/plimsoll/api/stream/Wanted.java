package dev.plimsoll.api.stream;

import dev.plimsoll.api.Problems;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.AssetRegistry;
import dev.plimsoll.unit.Printable;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which events a client asked for.
 *
 * @param assets of market events; empty means all
 */
record Wanted(Optional<Set<Asset>> assets, Set<EventKind> events) {
    Wanted {
        assets = assets.map(Set::copyOf);
        events = Set.copyOf(events);
    }

    /** From the query's parameters, both lists with commas. */
    static Wanted of(Optional<String> assets, Optional<String> events, boolean hasKey, AssetRegistry registry) {
        var chosen = assets.map(
                list -> words(list).map(name -> asset(name, registry)).collect(Collectors.toSet()));
        var kinds = events.map(
                        list -> words(list).map(word -> kind(word, hasKey)).collect(Collectors.toSet()))
                .orElseGet(() -> EnumSet.allOf(EventKind.class));
        return new Wanted(chosen, kinds);
    }

    boolean has(Asset asset) {
        return assets.map(chosen -> chosen.contains(asset)).orElse(true);
    }

    boolean has(EventKind kind) {
        return events.contains(kind);
    }

    private static Stream<String> words(String list) {
        return Arrays.stream(list.split(",")).map(String::strip);
    }

    private static Asset asset(String name, AssetRegistry registry) {
        return registry.find(name)
                .orElseThrow(() -> Problems.malformed("'assets' names '" + Printable.shortened(name)
                        + "', which we do not know. GET /api/v1/market/assets lists those we know."));
    }

    private static EventKind kind(String word, boolean hasKey) {
        var kind = Arrays.stream(EventKind.values())
                .filter(known -> known.word().equals(word))
                .findFirst()
                .orElseThrow(() -> Problems.malformed("'events' names '" + Printable.shortened(word) + "'; there are "
                        + Arrays.stream(EventKind.values()).map(EventKind::word).collect(Collectors.joining(", "))
                        + "."));
        if (kind.needsKey() && !hasKey) {
            throw Problems.malformed("Events of kind '" + kind.word()
                    + "' are your own: send your API key as 'Authorization: Bearer plm_…'.");
        }
        return kind;
    }
}
