package wreck.oracle.source;

/** An adapter. */
public final class SomeExchange {}
