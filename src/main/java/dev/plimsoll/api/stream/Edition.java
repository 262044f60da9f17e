package dev.plimsoll.api.stream;

import dev.plimsoll.market.Consensus;
import dev.plimsoll.market.ConsensusJson;
import dev.plimsoll.market.MarketSnapshot;
import dev.plimsoll.unit.Asset;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** One market as it is told: each text is made once, however many hear it. Not thread-safe: one event loop tells it. */
final class Edition {
    private final Instant at;
    private final SortedMap<Asset, String> texts;
    private final SortedMap<Asset, String> changed;
    private final Map<Optional<Set<Asset>>, Frame> wholes = new HashMap<>();
    private final Map<Optional<Set<Asset>>, Frame> changes = new HashMap<>();

    private Edition(Instant at, SortedMap<Asset, String> texts, Map<Asset, String> before) {
        this.at = at;
        this.texts = texts;
        this.changed = new TreeMap<>(texts);
        changed.entrySet().removeIf(told -> told.getValue().equals(before.get(told.getKey())));
    }

    /** @param before what was told last, where anything was */
    static Edition of(MarketSnapshot market, Optional<Edition> before) {
        var texts = new TreeMap<Asset, String>();
        market.assets().forEach((asset, consensus) -> texts.put(asset, text(consensus)));
        return new Edition(
                market.tick().at(), texts, before.map(known -> known.texts).orElseGet(TreeMap::new));
    }

    private static String text(Consensus consensus) {
        var json = ConsensusJson.write(consensus);
        json.remove("sources");
        return json.encode();
    }

    Frame whole(Wanted wanted) {
        return wholes.computeIfAbsent(wanted.assets(), chosen -> frame(true, texts, wanted));
    }

    /** Without an asset where nothing changed: that the prices still stand is news too. */
    Frame change(Wanted wanted) {
        return changes.computeIfAbsent(wanted.assets(), chosen -> frame(false, changed, wanted));
    }

    private Frame frame(boolean whole, SortedMap<Asset, String> told, Wanted wanted) {
        var assets = told.entrySet().stream()
                .filter(text -> wanted.has(text.getKey()))
                .map(Map.Entry::getValue)
                .collect(Collectors.joining(",", "[", "]"));
        return Frame.of(
                EventKind.MARKET, at, "{\"asOf\":\"" + at + "\",\"whole\":" + whole + ",\"assets\":" + assets + "}");
    }
}
