package dev.plimsoll.risk;

import java.util.Optional;
import java.util.function.Supplier;

/** A figure that costs something and is asked for by many: computed when it is first wanted. Safe for use by several threads. */
final class Once<T> {
    private final Supplier<T> figure;
    private volatile Optional<T> known = Optional.empty();

    /** @param figure always the same; two threads may compute it side by side */
    Once(Supplier<T> figure) {
        this.figure = figure;
    }

    T get() {
        if (known.isEmpty()) {
            known = Optional.of(figure.get());
        }
        return known.get();
    }
}
