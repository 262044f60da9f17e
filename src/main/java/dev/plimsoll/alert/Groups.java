package dev.plimsoll.alert;

import dev.plimsoll.alert.Routing.Route;
import dev.plimsoll.alert.Routing.Scene;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What may become one message: what waits for the same end of quiet hours, and what is many at once. */
final class Groups {
    /** So many notices of an account in one tick still go to a channel one by one. */
    private static final int FEW = 3;

    private Groups() {}

    static List<Route> among(Scene scene, List<Route> routes) {
        Map<Set<UUID>, Integer> counts = new HashMap<>();
        routes.forEach(route -> {
            if (route instanceof Route.Told(var channels, var notBefore, var group) && notBefore.isEmpty()) {
                counts.merge(Set.copyOf(channels.orElse(List.of())), 1, Integer::sum);
            }
        });
        return routes.stream().map(route -> grouped(scene, route, counts)).toList();
    }

    private static Route grouped(Scene scene, Route route, Map<Set<UUID>, Integer> counts) {
        return switch (route) {
            case Route.Suppressed suppressed -> suppressed;
            case Route.Told(var channels, var notBefore, var ignored) ->
                new Route.Told(
                        channels,
                        notBefore,
                        notBefore
                                .map(end -> id(scene, "digest", end))
                                .or(() -> isMany(Set.copyOf(channels.orElse(List.of())), counts)
                                        ? Optional.of(id(scene, "burst", scene.at()))
                                        : Optional.empty()));
        };
    }

    /** Some channel gets more than a few. No channels stand for every one. */
    private static boolean isMany(Set<UUID> channels, Map<Set<UUID>, Integer> counts) {
        return channels.isEmpty()
                ? counts.values().stream().mapToInt(Integer::intValue).sum() > FEW
                : channels.stream().anyMatch(channel -> count(channel, counts) > FEW);
    }

    private static int count(UUID channel, Map<Set<UUID>, Integer> counts) {
        return counts.entrySet().stream()
                .filter(entry -> entry.getKey().isEmpty() || entry.getKey().contains(channel))
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    /** The same however often a tick is begun anew. */
    private static UUID id(Scene scene, String what, Instant when) {
        return UUID.nameUUIDFromBytes((scene.account() + " " + what + " " + when).getBytes(StandardCharsets.UTF_8));
    }
}
