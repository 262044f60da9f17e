package dev.plimsoll.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.delivery.Outbox.Redelivery;
import dev.plimsoll.delivery.Outcome.Delivered;
import dev.plimsoll.delivery.Outcome.Retry;
import dev.plimsoll.delivery.Tried.Called;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A courier that stood still beyond its lease, and comes back with an answer. */
@QuarkusTest
class LateCourierTest {
    private static final Outcome ARRIVED = new Delivered(Optional.of(200), "delivered");
    private static final Outcome BROKEN = new Retry(Optional.of(503), "the receiver is broken", Optional.empty());

    @Inject
    DeliveryFixture given;

    @Inject
    Claims claims;

    @Inject
    Ledger ledger;

    private UUID account;
    private UUID alert;

    @BeforeEach
    void oneAlert() {
        given.clear();
        account = given.account();
        given.webhook(account, "https://hooks.example.org/a");
        alert = given.alert(account);
    }

    @Test
    void isNotBelievedAboutWhatAnotherCourierIsSending() {
        given.put(given.notice(account, alert, 1, "alert.firing"));
        var late = claim();
        leasesRunOut();
        claim();

        record(late, BROKEN);

        assertThat(isStillTheOthers()).isTrue();
    }

    /** What replaced it was delivered, then its owner had it sent again: it is another courier's now. */
    @Test
    void isNotBelievedAboutWhatWasReplacedAndIsSentAgain() {
        given.put(given.notice(account, alert, 1, "alert.firing"));
        var late = claim();
        leasesRunOut();
        given.put(given.notice(account, alert, 2, "alert.resolved"));
        record(claim(), ARRIVED);
        var again = given.inOutbox((outbox, tx) -> outbox.redeliver(tx, late.delivery()));
        var other = claim();

        record(late, BROKEN);

        assertThat(again).isEqualTo(Redelivery.QUEUED);
        assertThat(other.delivery()).isEqualTo(late.delivery());
        assertThat(other.number()).isGreaterThan(late.number());
        assertThat(isStillTheOthers()).isTrue();
    }

    private boolean isStillTheOthers() {
        return given.sql("select leased_until > now() and tries = 0 as leased from queue")
                .getFirst()
                .getBoolean("leased");
    }

    private Claim claim() {
        return given.now(claims.wake(100).chain(() -> claims.take(10, new Rooms(Map.of(), 10))))
                .getFirst();
    }

    private void record(Claim claim, Outcome outcome) {
        given.now(ledger.record(List.of(new Tried(claim, new Called(outcome, Optional.empty(), Duration.ZERO)))));
    }

    private void leasesRunOut() {
        given.sql("update queue set leased_until = now() - interval '1 second'");
    }
}
