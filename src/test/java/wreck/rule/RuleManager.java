package wreck.rule;

/** A name that says nothing. */
final class RuleManager {}
