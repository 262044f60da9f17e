package wreck.elsewhere;

/** Stands in no package of the flow. */
final class Stranger {}
