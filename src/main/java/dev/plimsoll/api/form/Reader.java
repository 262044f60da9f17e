package dev.plimsoll.api.form;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** Takes one value of a request: the typed value, or empty after having said what is wrong with it. */
@FunctionalInterface
public interface Reader<T> {

    Optional<T> read(Value value);

    default <R> Reader<R> map(Function<? super T, ? extends R> change) {
        return value -> read(value).map(change);
    }

    /** Refuses what does not pass, with a sentence: "must be positive". */
    default Reader<T> where(Predicate<? super T> passes, String otherwise) {
        return value -> read(value).flatMap(read -> passes.test(read) ? Optional.of(read) : value.refuse(otherwise));
    }

    /** A further step that may itself find nothing: an asset of a symbol. */
    default <R> Reader<R> find(Function<? super T, Optional<R>> step, Function<? super T, String> otherwise) {
        return value -> read(value).flatMap(read -> step.apply(read).or(() -> value.refuse(otherwise.apply(read))));
    }
}
