package dev.plimsoll.account;

/** What became of the wish to revoke a key. */
public enum Revocation {
    DONE,
    /** The account has no such key. */
    MISSING,
    /** No other key of the account could make keys for good: without this one its owner would be locked out. */
    LAST
}
