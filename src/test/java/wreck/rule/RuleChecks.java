package wreck.rule;

import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;

/** Its name ends in none that the house runs, and one of its tests is switched off. */
class RuleChecks {
    @Test
    @Disabled("to be seen by the law")
    void isNeverRun() {}
}
