package dev.plimsoll.market;

import dev.plimsoll.market.MarketSnapshot.Sighting;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.AssetInfo.Anchor;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the market remembers from tick to tick, immutable. It is kept with the snapshot, so that a restart or a take-over
 * believes nothing that the watch before it knew better.
 *
 * @param sightings  the last bounded price of every asset that ever had one
 * @param standing   where the value of a source without a time of its own was first seen
 * @param heard      when the last good quote was made, by the source's own time where it has one
 * @param rates      of staked assets to their anchors, as the market last said
 * @param volatility the standard deviation of a minute's return as a plain ratio, where it could be measured
 */
public record Past(
        Map<Asset, Sighting> sightings,
        Map<Place, Mark> standing,
        Map<Place, Instant> heard,
        Map<Asset, Rate> rates,
        Map<Asset, BigDecimal> volatility) {
    public static final Past NOTHING = new Past(Map.of(), Map.of(), Map.of(), Map.of(), Map.of());

    public Past {
        sightings = Map.copyOf(sightings);
        standing = Map.copyOf(standing);
        heard = Map.copyOf(heard);
        rates = Map.copyOf(rates);
        volatility = Map.copyOf(volatility);
    }

    /** Where a source speaks of an asset. */
    public record Place(String source, Asset asset) {}

    /**
     * @param value    as the source gives it
     * @param relation its price in US dollars over the median of the others when the value was first seen beside others
     * @param still    the others moved away from it; it stays stale until it says something else or they are all but back
     */
    public record Mark(BigDecimal value, Optional<BigDecimal> relation, boolean still) {
        boolean isOf(BigDecimal other) {
            return value.compareTo(other) == 0;
        }
    }

    /**
     * How many anchors an asset is worth.
     *
     * @param from what the asset file said when the learning began; with another the learning begins anew
     */
    public record Rate(BigDecimal value, Instant at, BigDecimal from) {}

    /** How long ago the last good quote was made; never negative. */
    Optional<Duration> silence(Place place, Instant now) {
        return Optional.ofNullable(heard.get(place))
                .map(at -> at.isBefore(now) ? Duration.between(at, now) : Duration.ZERO);
    }

    /** How many anchors the asset is worth by the last that is known: learnt, or else what the asset file says. */
    public BigDecimal rate(Asset asset, Anchor anchor) {
        return learnt(asset, anchor).map(Rate::value).orElse(anchor.rate());
    }

    Optional<Rate> learnt(Asset asset, Anchor anchor) {
        return Optional.ofNullable(rates.get(asset)).filter(rate -> rate.from().compareTo(anchor.rate()) == 0);
    }

    public Optional<BigDecimal> volatility(Asset asset) {
        return Optional.ofNullable(volatility.get(asset));
    }

    /** The same past after these were seen. */
    Past seeing(Map<Asset, Sighting> now) {
        var merged = new HashMap<>(sightings);
        merged.putAll(now);
        return new Past(merged, standing, heard, rates, volatility);
    }

    /** The same past with what was measured anew; of an asset that could not be measured the earlier figure stands. */
    Past with(Map<Asset, BigDecimal> measured) {
        var merged = new HashMap<>(volatility);
        merged.putAll(measured);
        return new Past(sightings, standing, heard, rates, merged);
    }
}
