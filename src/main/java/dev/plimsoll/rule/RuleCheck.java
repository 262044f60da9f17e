package dev.plimsoll.rule;

import java.util.List;

/** Whether a rule makes sense; what does not is said in sentences. */
public final class RuleCheck {
    private RuleCheck() {}

    /**
     * @param detail  a sentence the user can act on
     * @param pointer where, as a JSON pointer into the request: {@code /levels/0/clearAbove}
     */
    public record Fault(String detail, String pointer) {}

    /** All faults at once; empty when it is fine. */
    public static List<Fault> faults(Watches watches, Condition condition, List<Level> levels) {
        throw new UnsupportedOperationException("not written yet");
    }
}
