package dev.plimsoll.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PromQlTest {
    private static final Exposition EXPORTED = Exposition.of("""
            # HELP plimsoll_lease_held
            plimsoll_lease_held 1.0
            plimsoll_positions{judgement="judged"} 3
            plimsoll_positions{judgement="unknown"} 0
            """);

    @Test
    void whatIsExportedIsNoStranger() {
        assertThat(strangers("sum by (judgement) (plimsoll_positions{job=~\"$job\", judgement=\"judged\"})"))
                .isEmpty();
        assertThat(strangers("sum(plimsoll_lease_held) by (pod) < 1")).isEmpty();
    }

    @Test
    void aMetricThatIsNotIsNamed() {
        assertThat(strangers("max(plimsoll_lease_helt)")).containsExactly("there is no metric plimsoll_lease_helt");
    }

    @Test
    void aLabelOrValueThatIsNotIsNamed() {
        assertThat(strangers("plimsoll_positions{kind=~\"a|b\"}"))
                .containsExactly("no series of plimsoll_positions has kind=~\"a|b\"");
        assertThat(strangers("plimsoll_positions{judgement=\"blind\"}"))
                .containsExactly("no series of plimsoll_positions has judgement=\"blind\"");
        assertThat(strangers("sum by (kind) (plimsoll_positions)"))
                .containsExactly("no metric of [plimsoll_positions] has the label kind");
    }

    private static List<String> strangers(String expression) {
        return new PromQl(expression).strangersTo(EXPORTED);
    }
}
