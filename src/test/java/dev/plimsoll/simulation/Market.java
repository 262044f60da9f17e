package dev.plimsoll.simulation;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** How the positions stand, in thousandths of a health factor. It wanders about the limits until it is calm. */
final class Market {
    private static final int EVERY = 6_000;

    private final World world;
    private final Map<UUID, Integer> healthFactors = new HashMap<>();

    Market(World world) {
        this.world = world;
    }

    void list(UUID position) {
        healthFactors.put(position, 1_300);
        move(position);
    }

    private void move(UUID position) {
        if (!world.isCalm()) {
            var next = world.dice().nextInt(960, 1_320);
            healthFactors.put(position, next);
            world.say(() -> "position %d stands at %d".formatted(position.getLeastSignificantBits(), next));
            world.after(world.dice().nextInt(EVERY / 3, 3 * EVERY), () -> move(position));
        }
    }

    int healthFactor(UUID position) {
        return healthFactors.get(position);
    }
}
