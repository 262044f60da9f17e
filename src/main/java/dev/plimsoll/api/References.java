package dev.plimsoll.api;

import dev.plimsoll.api.form.Form;
import dev.plimsoll.delivery.RegisteredChannel;
import dev.plimsoll.rule.Watches;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The ids of an account that a rule may refer to. Those of others are as unknown as those of nobody. */
record References(Set<UUID> positions, Set<UUID> channels, Set<UUID> buddies) {
    References {
        buddies = Set.copyOf(buddies);
        positions = Set.copyOf(positions);
        channels = Set.copyOf(channels);
    }

    static References of(Set<UUID> positions, List<RegisteredChannel> channels) {
        return new References(positions, ids(channels, channel -> true), ids(channels, channel -> !channel.isOwn()));
    }

    private static Set<UUID> ids(List<RegisteredChannel> channels, Predicate<RegisteredChannel> which) {
        return channels.stream().filter(which).map(RegisteredChannel::id).collect(Collectors.toSet());
    }

    /** Why this cannot be watched; empty when it can. */
    Optional<String> refusal(Watches watches) {
        return watches instanceof Watches.OnePosition(var id) && !positions.contains(id)
                ? Optional.of("There is no such position in your account.")
                : Optional.empty();
    }

    /** Refuses those of others, and of its own those that lead to another person. */
    void refuse(Form form, String pointer, List<UUID> ids) {
        refuseStrange(form, pointer, ids);
        IntStream.range(0, ids.size())
                .filter(i -> buddies.contains(ids.get(i)))
                .forEach(i -> form.refuseAt(
                        pointer + "/" + i,
                        "This channel is another person's: only the last step of the escalation may tell a buddy."));
    }

    /** Refuses those of others. */
    void refuseStrange(Form form, String pointer, List<UUID> ids) {
        IntStream.range(0, ids.size())
                .filter(i -> !channels.contains(ids.get(i)))
                .forEach(i -> form.refuseAt(pointer + "/" + i, "There is no such channel in your account."));
    }
}
