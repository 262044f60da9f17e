package dev.plimsoll.delivery.channel;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The strings of a JSON value, one a line. */
final class Texts {
    private Texts() {}

    static String of(JsonObject json) {
        return of(json, part -> true);
    }

    /** @param shown objects of which it is false are left out with all they hold */
    static String of(JsonObject json, Predicate<JsonObject> shown) {
        return in(json, shown).collect(Collectors.joining("\n"));
    }

    private static Stream<String> in(Object json, Predicate<JsonObject> shown) {
        return switch (json) {
            case JsonObject object
            when shown.test(object) -> object.stream().flatMap(member -> in(member.getValue(), shown));
            case JsonArray array -> array.stream().flatMap(item -> in(item, shown));
            case String text -> Stream.of(text);
            case null, default -> Stream.of();
        };
    }
}
