package dev.plimsoll.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One page of a list.
 *
 * @param next the cursor for {@code after}; empty, written as null, when there is no more
 */
public record Page<T>(List<T> items, @JsonInclude Optional<String> next) {
    public Page {
        items = List.copyOf(items);
    }

    public <R> Page<R> map(Function<? super T, R> item) {
        return new Page<>(items.stream().map(item).toList(), next);
    }
}
