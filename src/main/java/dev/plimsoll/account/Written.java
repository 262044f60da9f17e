package dev.plimsoll.account;

/** What became of a write to something an account owns. */
public sealed interface Written<T> {

    /** @param value as it is stored now */
    record Done<T>(T value) implements Written<T> {}

    /** Another one of the account carries this key. */
    record KeyTaken<T>() implements Written<T> {}

    /** @param limit how many the account may have; it has them */
    record QuotaReached<T>(int limit) implements Written<T> {}

    /** The account has none with this id. */
    record Missing<T>() implements Written<T> {}
}
