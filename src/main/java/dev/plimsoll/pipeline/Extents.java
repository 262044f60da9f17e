package dev.plimsoll.pipeline;

import dev.plimsoll.risk.Cause;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What cannot be judged in one tick, over all accounts.
 *
 * @param all     one for each cause that blinds anything
 * @param holders accounts with a position, blind or not
 * @param since   no patience begins earlier
 * @param at      the tick's instant
 */
record Extents(List<Extent> all, int holders, Instant since, Instant at) {
    Extents {
        all = List.copyOf(all);
    }

    static Extents of(Memory memory, Blackouts blackouts, Instant since, Instant at) {
        var holders = memory.book().census().holders();
        Map<Cause, Extent> byCause = new TreeMap<>(Cause.BY_TEXT);
        memory.sight().accounts().stream()
                .map(account -> ofAccount(List.copyOf(memory.sight().of(account).values()), blackouts, holders))
                .forEach(found -> found.forEach((cause, extent) -> byCause.merge(cause, extent, Extent::and)));
        return new Extents(List.copyOf(byCause.values()), holders, since, at);
    }

    private static Map<Cause, Extent> ofAccount(List<Lost> lost, Blackouts blackouts, int holders) {
        return lost.stream()
                .filter(one -> !blackouts.isSeen(one))
                .flatMap(one ->
                        blackouts.causes(one).stream().map(cause -> new Extent(cause, 1, holders, 1, one.since())))
                .collect(Collectors.toMap(Extent::cause, extent -> extent, Extent::andOfSameAccount));
    }

    Extent of(Cause cause) {
        Optional<Extent> known =
                all.stream().filter(extent -> extent.cause().equals(cause)).findFirst();
        return known.orElseGet(() -> new Extent(cause, 0, holders, 0, at));
    }
}
