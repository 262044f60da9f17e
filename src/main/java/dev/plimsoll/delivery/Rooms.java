package dev.plimsoll.delivery;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * How many deliveries each host may still get.
 *
 * @param known of those that are under way or were of late
 * @param usual of any other
 */
record Rooms(Map<String, Integer> known, int usual) {
    Rooms {
        known = Map.copyOf(known);
    }

    int of(String host) {
        return known.getOrDefault(host, usual);
    }

    /** How many hosts get nothing. */
    int full() {
        return (int) known.values().stream().filter(room -> room <= 0).count();
    }

    /** What is left when these got one each. */
    Rooms without(Collection<String> hosts) {
        var left = new HashMap<>(known);
        hosts.forEach(host -> left.put(host, left.getOrDefault(host, usual) - 1));
        return new Rooms(left, usual);
    }
}
