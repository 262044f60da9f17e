package dev.plimsoll.pipeline;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * All that a tick looks at of one account: what is told of it is decided together.
 *
 * @param things each found when it is asked for
 */
record Case(UUID account, List<Thing> things) {

    /** @param id of the position or rule */
    record Thing(UUID id, Supplier<Finding> found) {}

    /** One case for each account. */
    static final class File {
        private static final int FIRST_PART = 64;
        private static final int SMALLER_PARTS = 8;

        private final Map<UUID, List<Thing>> byAccount = new LinkedHashMap<>();

        void add(UUID account, UUID id, Supplier<Finding> found) {
            byAccount.computeIfAbsent(account, any -> new ArrayList<>()).add(new Thing(id, found));
        }

        /** In parts of about so many things, the first ones smaller so that they leave at once; cut between accounts. */
        List<List<Case>> parts(int size) {
            var parts = new ArrayList<List<Case>>();
            var part = new ArrayList<Case>();
            var things = 0;
            for (var entry : byAccount.entrySet()) {
                part.add(new Case(entry.getKey(), entry.getValue()));
                things += entry.getValue().size();
                if (things >= Math.min(size, FIRST_PART << 2 * Math.min(parts.size(), SMALLER_PARTS))) {
                    parts.add(List.copyOf(part));
                    part.clear();
                    things = 0;
                }
            }
            parts.add(List.copyOf(part));
            return parts;
        }
    }
}
