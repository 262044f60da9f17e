package dev.plimsoll.api;

import dev.plimsoll.api.form.Form;
import dev.plimsoll.rule.Watches;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;

/** The ids of an account that a rule may refer to. Those of others are as unknown as those of nobody. */
record References(Set<UUID> positions, Set<UUID> channels) {
    References {
        positions = Set.copyOf(positions);
        channels = Set.copyOf(channels);
    }

    /** Why this cannot be watched; empty when it can. */
    Optional<String> refusal(Watches watches) {
        return watches instanceof Watches.OnePosition(var id) && !positions.contains(id)
                ? Optional.of("There is no such position in your account.")
                : Optional.empty();
    }

    void refuse(Form form, String pointer, List<UUID> ids) {
        IntStream.range(0, ids.size())
                .filter(i -> !channels.contains(ids.get(i)))
                .forEach(i -> form.refuseAt(pointer + "/" + i, "There is no such channel in your account."));
    }
}
