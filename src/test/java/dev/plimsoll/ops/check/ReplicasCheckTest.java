package dev.plimsoll.ops.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReplicasCheckTest {

    @Test
    void oneAloneNeedsToShareNothing() {
        assertThat(new ReplicasCheck(false, false).fault(1)).isEmpty();
    }

    @Test
    void severalThatShareWhatTheyMustAreFine() {
        assertThat(new ReplicasCheck(true, true).fault(3)).isEmpty();
    }

    @Test
    void anotherThatNobodyDeclaredIsSaidWithWhatIsMissing() {
        assertThat(new ReplicasCheck(false, true).fault(2).orElseThrow())
                .startsWith("2 replicas run on this database")
                .contains("plimsoll.api.public-url")
                .doesNotContain("plimsoll.ops.redis-url");
        assertThat(new ReplicasCheck(false, false).fault(2).orElseThrow())
                .contains("plimsoll.api.public-url", "plimsoll.ops.redis-url");
    }
}
