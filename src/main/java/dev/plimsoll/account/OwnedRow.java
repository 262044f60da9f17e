package dev.plimsoll.account;

/** A row that an account owns. */
public interface OwnedRow<T> {

    /** What the row stands for. */
    T value();
}
