package dev.plimsoll.market;

import dev.plimsoll.market.Consensus.Voice;
import dev.plimsoll.market.Past.Mark;
import dev.plimsoll.market.Past.Place;
import dev.plimsoll.oracle.Feed;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.AssetInfo;
import dev.plimsoll.unit.Tick;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes of a judged tick what the next one needs to know. What is no longer asked is forgotten. */
final class Remembering {
    private final Set<Place> places;
    private final Rates rates;

    Remembering(List<AssetInfo> assets, List<Feed> feeds, Tolerance tolerance) {
        this.places = feeds.stream()
                .flatMap(feed -> assets.stream().map(info -> new Place(feed.source(), info.asset())))
                .collect(Collectors.toUnmodifiableSet());
        this.rates = new Rates(assets, tolerance);
    }

    Past after(Tick tick, Map<Asset, Consensus> priced, Map<Place, Mark> standing, Past before) {
        return new Past(
                before.sightings(),
                asked(standing),
                asked(heard(tick, priced, before)),
                rates.after(tick, priced, before),
                before.volatility());
    }

    private <T> Map<Place, T> asked(Map<Place, T> all) {
        return all.entrySet().stream()
                .filter(entry -> places.contains(entry.getKey()))
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Map<Place, Instant> heard(Tick tick, Map<Asset, Consensus> priced, Past before) {
        var heard = new HashMap<>(before.heard());
        priced.values()
                .forEach(consensus -> consensus.voices().stream()
                        .filter(Remembering::isGood)
                        .forEach(voice -> heard.put(
                                new Place(voice.source(), consensus.asset()),
                                tick.at().minus(voice.age().orElseThrow()))));
        return heard;
    }

    /** A number that is no price of this asset is as bad as none. */
    private static boolean isGood(Voice voice) {
        return voice.quoted().isPresent() && !voice.unused().equals(Optional.of(Screening.OUT_OF_BOUNDS));
    }
}
