package dev.plimsoll.delivery;

import dev.plimsoll.delivery.Tried.ChannelClosed;
import dev.plimsoll.delivery.Tried.Dropped;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** One attempt for each message: where a channel groups, what waits of the group is one message with what was claimed. */
final class Attempts {
    /** Between the end of an attempt and its record. */
    static final Duration TO_RECORD = Duration.ofSeconds(2);

    /** So many have a line of their own in one message that can still be read; more are several messages. */
    private static final int MOST_TOGETHER = 40;

    private static final Duration DATABASE_TIMEOUT = Duration.ofSeconds(5);

    private final Claims claims;
    private final Caller caller;
    private final DeliveryConfig config;

    Attempts(Claims claims, Caller caller, DeliveryConfig config) {
        this.claims = claims;
        this.caller = caller;
        this.config = config;
    }

    /** What becomes one message of what was claimed, by channel and group; in their order. */
    static List<List<Claim>> together(List<Claim> claimed) {
        var messages = new LinkedHashMap<Object, List<Claim>>();
        for (var claim : claimed) {
            var key = claim.group()
                    .<Object>map(group -> List.of(claim.target().channel(), group))
                    .orElse(claim.delivery());
            messages.computeIfAbsent(key, some -> new ArrayList<>()).add(claim);
        }
        return messages.values().stream().flatMap(Attempts::readable).toList();
    }

    private static Stream<List<Claim>> readable(List<Claim> group) {
        return IntStream.iterate(0, from -> from < group.size(), from -> from + MOST_TOGETHER)
                .mapToObj(from -> List.copyOf(group.subList(from, Math.min(group.size(), from + MOST_TOGETHER))));
    }

    /**
     * Never fails.
     *
     * @return how it ended, of these and of those that went with them
     */
    Uni<List<Tried>> make(List<Claim> claimed) {
        return gathered(claimed).chain(this::ended).map(Attempts::withOneSlot);
    }

    private Uni<List<Claim>> gathered(List<Claim> claimed) {
        var first = claimed.getFirst();
        return first.group().isEmpty() || claimed.size() >= MOST_TOGETHER
                ? Uni.createFrom().item(claimed)
                : claims.companions(first, MOST_TOGETHER - claimed.size())
                        .ifNoItem()
                        .after(DATABASE_TIMEOUT)
                        .fail()
                        .onFailure()
                        .invoke(failure -> Log.warnf(
                                "group not gathered, it goes in several messages: first=%s why=%s",
                                first.delivery(), failure.getClass().getSimpleName()))
                        .onFailure()
                        .recoverWithItem(List.of())
                        .map(more ->
                                Stream.concat(claimed.stream(), more.stream()).toList());
    }

    private Uni<List<Tried>> ended(List<Claim> together) {
        var first = together.getFirst();
        if (!isInTime(first, config)) {
            return all(together, new Dropped());
        }
        return first.target().isActive() ? caller.call(together) : all(together, new ChannelClosed());
    }

    /** Whether enough of its lease is left to call somebody, and to record it. */
    static boolean isInTime(Claim claim, DeliveryConfig config) {
        var left = config.lease().minusNanos(System.nanoTime() - claim.claimed());
        return left.compareTo(config.timeout().plus(TO_RECORD)) >= 0;
    }

    private static Uni<List<Tried>> all(List<Claim> together, Tried.Ending ending) {
        return Uni.createFrom()
                .item(together.stream().map(claim -> new Tried(claim, ending)).toList());
    }

    private static List<Tried> withOneSlot(List<Tried> all) {
        return IntStream.range(0, all.size())
                .mapToObj(i -> new Tried(all.get(i).claim(), all.get(i).ending(), i == all.size() - 1))
                .toList();
    }
}
