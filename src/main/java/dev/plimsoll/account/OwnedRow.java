package dev.plimsoll.account;

/** A row that an account owns. */
public interface OwnedRow<T> {

    /** Rises by one with every write. */
    long version();

    /** What the row stands for. */
    T value();
}
