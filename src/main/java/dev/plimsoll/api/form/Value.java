package dev.plimsoll.api.form;

import java.util.Optional;

/** One value of a request and where it stands. A {@link Reader} takes it or says what is wrong with it. */
public final class Value {
    private final Json json;
    private final Pointer pointer;
    private final Faults faults;

    Value(Json json, Pointer pointer, Faults faults) {
        this.json = json;
        this.pointer = pointer;
        this.faults = faults;
    }

    Json json() {
        return json;
    }

    Pointer pointer() {
        return pointer;
    }

    Faults faults() {
        return faults;
    }

    Value item(int index, Json item) {
        return new Value(item, pointer.item(index), faults);
    }

    Value field(String name, Json field) {
        return new Value(field, pointer.field(name), faults);
    }

    /** Refuses this value. The sentence must not repeat what the client sent, unless it is known to be harmless. */
    public <T> Optional<T> refuse(String detail) {
        faults.add(detail, pointer);
        return Optional.empty();
    }

    <T> Optional<T> expected(String what) {
        return refuse("Expected " + what + ", got " + json.kind() + ".");
    }
}
