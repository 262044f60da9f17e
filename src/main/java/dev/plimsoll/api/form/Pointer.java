package dev.plimsoll.api.form;

import dev.plimsoll.unit.Printable;

/** A place in a JSON value, as RFC 6901 writes it: {@code /collateral/0/amount}. */
record Pointer(String text) {
    static final Pointer ROOT = new Pointer("");
    private static final int MAX_CHARACTERS = 300;

    Pointer field(String name) {
        return step(Printable.shortened(name).replace("~", "~0").replace("/", "~1"));
    }

    Pointer item(int index) {
        return step(Integer.toString(index));
    }

    /** Below a place that is already too long to be shown, everything is shown as that place. */
    private Pointer step(String token) {
        return text.length() > MAX_CHARACTERS ? this : new Pointer(text + "/" + token);
    }
}
