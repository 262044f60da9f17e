package dev.plimsoll.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class BacklogTest {
    private static final Duration A_MINUTE = Duration.ofSeconds(60);

    @Inject
    DeliveryFixture given;

    @Inject
    Backlog backlog;

    @Inject
    Dispatch dispatch;

    private final TestReceiver receiver = new TestReceiver();
    private UUID account;

    @BeforeEach
    void anUrgentMessageThatNobodyHasSentForAMinute() {
        given.clear();
        account = given.account();
        given.webhook(account, receiver.url());
        given.put(given.notice(account, given.alert(account), 1, "alert.firing"));
        given.sql("update queue set due_at = now() - interval '61 seconds'");
    }

    @AfterEach
    void close() {
        receiver.close();
    }

    @Test
    void whatNoCourierTookIsCounted() {
        assertThat(given.now(backlog.oldestUrgentUnsent())).isGreaterThan(A_MINUTE);
    }

    @Test
    void whatWasTriedIsNot() {
        receiver.answering(503);

        given.now(dispatch.round());
        given.sql("update queue set due_at = now() - interval '61 seconds'");

        assertThat(given.now(backlog.oldestUrgentUnsent())).isZero();
    }

    @Test
    void whatWaitsForAReceiverThatIsIllIsItsOwnersTrouble() {
        given.sql("update channel set failing_since = now()");

        assertThat(given.now(backlog.oldestUrgentUnsent())).isZero();
    }

    @Test
    void theAgeOfWhatHasWaitedLongestIsMeasured() {
        given.sql("update delivery set created_at = now() - interval '1 hour'");
        given.put(given.notice(account, given.alert(account), 1, "alert.firing"));
        var waiting = given.now(backlog.oldestUnsent());

        given.now(dispatch.round());

        assertThat(waiting).isBetween(Duration.ofHours(1), Duration.ofMinutes(70));
        assertThat(given.now(backlog.oldestUnsent())).isZero();
    }
}
