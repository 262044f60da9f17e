package dev.plimsoll.account;

import java.util.function.Function;

/** What became of a write to something an account owns. */
public sealed interface Written<T> {

    /** The same outcome, told of something that follows from the value. */
    default <R> Written<R> map(Function<? super T, ? extends R> change) {
        return switch (this) {
            case Done<T>(var value) -> new Done<>(change.apply(value));
            case KeyTaken<T>() -> new KeyTaken<>();
            case QuotaReached<T>(var limit) -> new QuotaReached<>(limit);
            case Missing<T>() -> new Missing<>();
        };
    }

    /** @param value as it is stored now */
    record Done<T>(T value) implements Written<T> {}

    /** Another one of the account carries this key. */
    record KeyTaken<T>() implements Written<T> {}

    /** @param limit how many the account may have; it has them */
    record QuotaReached<T>(int limit) implements Written<T> {}

    /** The account has none with this id. */
    record Missing<T>() implements Written<T> {}
}
