package dev.plimsoll.book;

import dev.plimsoll.market.MarketSnapshot;
import dev.plimsoll.position.Position;
import dev.plimsoll.rule.Rule;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/** The rules on positions of which a band of health factors does not say all. */
final class BandlessRules {
    private final SkewRules skews = new SkewRules();
    private final DropRules drops = new DropRules();

    void put(Rule rule) {
        skews.put(rule);
        drops.put(rule);
    }

    void remove(Rule rule) {
        skews.remove(rule);
        drops.remove(rule);
    }

    /**
     * The positions to be looked at in this tick, whether or not they are within their bands.
     *
     * @param owned the positions of an account
     */
    Stream<UUID> positions(MarketSnapshot market, Instant now, Places places, Function<UUID, List<UUID>> owned) {
        var old = skews.old(market).stream()
                .flatMap(some -> places.standingOn(some).stream())
                .filter(skews::watch)
                .map(Position::id);
        return Stream.concat(old, drops.unsure(now).stream().flatMap(account -> owned.apply(account).stream()));
    }
}
