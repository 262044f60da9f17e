package dev.plimsoll.pipeline;

import dev.plimsoll.risk.Cause;
import dev.plimsoll.risk.Health;
import dev.plimsoll.unit.Asset;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A position that cannot be judged, or could not a short while ago.
 *
 * @param spot     why, when it was last looked at
 * @param since    the first tick at which it could not be judged
 * @param seen     the first tick at which it was judged again; empty while it is not
 * @param distance to liquidation in percent by the last prices that could be believed; empty when it never was judged
 * @param prices   the middles of those prices, in US dollars
 * @param health   the figures by those prices; empty after a restart until it is looked at
 * @param told     by rule: under which cause a message named it
 */
record Lost(
        Blindspot spot,
        Instant since,
        Optional<Instant> seen,
        Optional<BigDecimal> distance,
        Map<Asset, BigDecimal> prices,
        Optional<Health> health,
        Map<UUID, Cause> told) {
    Lost {
        prices = Map.copyOf(prices);
        told = Map.copyOf(told);
    }

    /** It is blind still, or again after a short sight. */
    Lost again(Blindspot newer) {
        return new Lost(newer, since, Optional.empty(), distance, prices, health, told);
    }

    Lost seenAt(Instant tick) {
        return new Lost(spot, since, seen.or(() -> Optional.of(tick)), distance, prices, health, told);
    }

    /** Its figures were unknown until now; what is remembered of the distance is older and truer. */
    Lost knowing(Optional<Health> figures) {
        var known = distance.or(() -> figures.map(it -> it.distance().low()));
        return new Lost(spot, since, seen, known, prices, figures, told);
    }

    /** Its owner has changed it: what it looked like is no more, that it is blind is not. */
    Lost changed() {
        return new Lost(spot, since, seen, Optional.empty(), prices, Optional.empty(), told);
    }

    /** Its patience begins no earlier than {@code start}; and no later than now, where the clock was set back. */
    Lost between(Instant start, Instant now) {
        var begun = start.isAfter(since) ? start : since;
        return new Lost(
                spot,
                begun.isAfter(now) ? now : begun,
                seen.map(it -> it.isAfter(now) ? now : it),
                distance,
                prices,
                health,
                told);
    }

    Lost toldOf(UUID rule, Cause cause) {
        var more = new HashMap<>(told);
        more.put(rule, cause);
        return new Lost(spot, since, seen, distance, prices, health, more);
    }

    /** The same position, as another rule's alert remembers it. */
    Lost and(Lost other) {
        var more = new HashMap<>(told);
        more.putAll(other.told);
        return new Lost(spot, since.isBefore(other.since) ? since : other.since, seen, distance, prices, health, more);
    }
}
