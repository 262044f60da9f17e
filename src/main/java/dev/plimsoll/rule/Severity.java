package dev.plimsoll.rule;

/** How urgent a level is, the mildest first. */
public enum Severity {
    INFO,
    WARNING,
    CRITICAL
}
