package dev.plimsoll.ops.check;

/** What one look at the installation found. */
public sealed interface Finding {

    /** What was looked at, in a word or two. */
    String subject();

    record Fine(String subject, String fact) implements Finding {}

    /** Something that is not as it should be, but costs no alert by itself; the sentence says what to do. */
    record Weak(String subject, String sentence) implements Finding {}

    /** Something the operator must mend; the sentence says what is wrong and what to do. */
    record Fault(String subject, String sentence) implements Finding {}
}
