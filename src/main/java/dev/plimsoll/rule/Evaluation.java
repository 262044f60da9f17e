package dev.plimsoll.rule;

/** What a level says of a reading: only what holds at both ends of the prices is said. */
public sealed interface Evaluation {

    record Breached() implements Evaluation {}

    record Clear() implements Evaluation {}

    /** Neither fires nor resolves. */
    record Unknown(String why) implements Evaluation {}
}
