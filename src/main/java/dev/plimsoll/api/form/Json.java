package dev.plimsoll.api.form;

import java.util.List;
import java.util.Map;

/** A JSON value as it was written. A number stays text until a reader has bounded it. */
sealed interface Json {

    record Obj(Map<String, Json> fields) implements Json {}

    record Arr(List<Json> items) implements Json {}

    record Text(String value) implements Json {}

    record Num(String literal) implements Json {}

    record Flag(boolean value) implements Json {}

    record Null() implements Json {}

    /** What a user calls it: "a list". */
    default String kind() {
        return switch (this) {
            case Obj o -> "an object";
            case Arr a -> "a list";
            case Text t -> "a string";
            case Num n -> "a number";
            case Flag f -> "true or false";
            case Null n -> "null";
        };
    }
}
