package dev.plimsoll.book;

import dev.plimsoll.rule.AssetReadings;
import dev.plimsoll.rule.Condition;
import dev.plimsoll.rule.Rule;
import dev.plimsoll.unit.Asset;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The rules on assets. What they ask is measured once a tick for each distinct condition; of each rule only its band is
 * compared with that, however many rules ask the same.
 */
final class AssetPairs {
    private final Map<Condition.OnAsset, Group> groups = new LinkedHashMap<>();
    private final Map<UUID, Condition.OnAsset> conditions = new HashMap<>();

    /** All rules that ask one condition, and what the last tick saw of it. */
    private static final class Group {
        private final Map<UUID, Pair> pairs = new LinkedHashMap<>();
        private Sighted seen = Sighted.NOTHING;
    }

    /** @param unreadable it was settled while nothing could be measured */
    private record Pair(Selection.OfAsset selected, AssetBand band, boolean unreadable) {

        static Pair open(Condition.OnAsset condition, Rule rule) {
            return new Pair(new Selection.OfAsset(condition, rule), AssetBand.NOWHERE, false);
        }

        boolean holds(Sighted seen, Instant now) {
            return seen.unreadable()
                    ? unreadable && now.isBefore(band.plain().due())
                    : !unreadable && seen.isWithin(band, now);
        }
    }

    void put(Rule rule, Condition.OnAsset condition) {
        remove(rule.id());
        conditions.put(rule.id(), condition);
        groups.computeIfAbsent(condition, it -> new Group()).pairs.put(rule.id(), Pair.open(condition, rule));
    }

    void remove(UUID rule) {
        group(rule).ifPresent(group -> {
            group.pairs.remove(rule);
            if (group.pairs.isEmpty()) {
                groups.remove(conditions.get(rule));
            }
        });
        conditions.remove(rule);
    }

    /** What was selected before cannot be settled any more. */
    void touch(UUID rule) {
        group(rule)
                .ifPresent(group -> group.pairs.computeIfPresent(
                        rule,
                        (id, pair) -> Pair.open(
                                pair.selected().condition(), pair.selected().rule())));
    }

    List<Selection.OfAsset> select(AssetReadings readings, Instant now) {
        List<Selection.OfAsset> selected = new ArrayList<>();
        groups.forEach((condition, group) -> {
            group.seen = Sighted.of(readings.of(condition));
            for (var pair : group.pairs.values()) {
                if (!pair.holds(group.seen, now)) {
                    selected.add(pair.selected());
                }
            }
        });
        return List.copyOf(selected);
    }

    /** Where nothing could be measured, only time can change it until something can. */
    void settle(Selection.OfAsset judged, AssetBand band) {
        group(judged.rule().id())
                .ifPresent(group -> group.pairs.computeIfPresent(
                        judged.rule().id(),
                        (id, pair) ->
                                pair.selected() == judged ? new Pair(judged, band, group.seen.unreadable()) : pair));
    }

    Set<Asset> assets() {
        return groups.keySet().stream().map(Condition.OnAsset::asset).collect(Collectors.toUnmodifiableSet());
    }

    private Optional<Group> group(UUID rule) {
        return Optional.ofNullable(conditions.get(rule)).map(groups::get);
    }
}
