package wreck.oracle;

import wreck.oracle.source.SomeExchange;

/** Refers to an adapter by its name. */
record NamesAnAdapter(SomeExchange exchange) {}
