package dev.plimsoll.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plimsoll.unit.Ids;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What the items of a bundle stand for among what the account has: by key, else by name, the oldest first.
 *
 * @param found by the word an item is called, its key or else its name
 * @param ids   of all there will be, by word
 * @param rest  what no item stands for
 */
record Matching<N>(Map<String, N> found, Map<String, UUID> ids, List<N> rest) {

    /** How things of a kind are told apart. */
    record Kind<N>(Function<N, UUID> id, Function<N, Optional<String>> key, Function<N, String> name) {

        /** What a bundle calls it. */
        String word(N one) {
            return key.apply(one).orElseGet(() -> name.apply(one));
        }
    }

    /** @param section of the bundle; where it is no list everything stays, and can be referred to */
    static <N> Matching<N> of(JsonNode section, List<N> all, Kind<N> kind) {
        var found = new LinkedHashMap<String, N>();
        var ids = new LinkedHashMap<String, UUID>();
        var rest = new ArrayList<>(all);
        if (section.isArray()) {
            section.forEach(item -> match(item, rest, kind).ifPresent(one -> {
                rest.remove(one);
                found.put(word(item), one);
            }));
            section.forEach(item -> ids.computeIfAbsent(
                    word(item),
                    word -> Optional.ofNullable(found.get(word)).map(kind.id()).orElseGet(Ids::next)));
        } else {
            all.forEach(one -> ids.putIfAbsent(kind.word(one), kind.id().apply(one)));
        }
        return new Matching<>(found, ids, rest);
    }

    static String word(JsonNode item) {
        return item.path("key").asText(item.path("name").asText());
    }

    private static <N> Optional<N> match(JsonNode item, List<N> all, Kind<N> kind) {
        var key = item.path("key");
        var name = item.path("name").asText();
        Predicate<N> called = one -> kind.name().apply(one).equals(name);
        Predicate<N> keyless = one -> kind.key().apply(one).isEmpty();
        if (key.isTextual()) {
            return first(
                            all,
                            one -> kind.key()
                                    .apply(one)
                                    .filter(key.asText()::equals)
                                    .isPresent())
                    .or(() -> first(all, one -> kind.id().apply(one).toString().equals(key.asText())))
                    .or(() -> first(all, called.and(keyless)));
        }
        return first(all, called.and(keyless)).or(() -> first(all, called));
    }

    private static <N> Optional<N> first(List<N> all, Predicate<N> which) {
        return all.stream().filter(which).findFirst();
    }

    /** What an item stands for now; empty for what is new. */
    Optional<N> now(Optional<String> key, String name) {
        return Optional.ofNullable(found.get(key.orElse(name)));
    }

    /** Which id it has, or will have. */
    UUID id(Optional<String> key, String name) {
        return ids.get(key.orElse(name));
    }
}
