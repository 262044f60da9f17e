package dev.plimsoll.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.delivery.Claim.Origin;
import dev.plimsoll.delivery.Claim.Target;
import dev.plimsoll.delivery.Tried.Broken;
import dev.plimsoll.delivery.Tried.Dropped;
import dev.plimsoll.rule.Severity;
import dev.plimsoll.unit.Ids;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Messages that fail by an error of ours, and those beside them. */
@QuarkusTest
class PoisonTest {
    @Inject
    DeliveryFixture given;

    @Inject
    Dispatch dispatch;

    @Inject
    Caller caller;

    @Inject
    DeliveryConfig config;

    private final TestReceiver well = new TestReceiver();
    private UUID account;
    private UUID channel;

    @BeforeEach
    void aChannel() {
        given.clear();
        account = given.account();
        channel = given.webhook(account, well.url()).id();
    }

    @AfterEach
    void close() {
        well.close();
    }

    @Test
    void oneRowThatCannotBeReadHoldsUpNoOther() {
        var first = given.notice(account, given.alert(account), 1, "alert.firing");
        given.put(first, given.notice(account, given.alert(account), 2, "alert.firing"));
        given.sql("update notice set severity = 'dire' where id = $1", first.id());

        given.now(dispatch.round());

        assertThat(well.received()).extracting(TestReceiver.Received::text).containsExactly("alert.firing number 2");
        assertThat(given.sql("select from queue where leased_until > now()")).hasSize(1);
    }

    @Test
    void aChannelOfAKindThatOnlyTheNextReleaseKnowsIsLeftToItWhileOneReplacesTheOther() {
        given.sql("update channel set kind = 'pigeon' where id = $1", channel);
        given.put(given.notice(account, given.alert(account), 1, "alert.firing"));

        for (int i = 0; i < 4; i++) {
            given.now(dispatch.round());
            given.everythingIsDue();
        }

        assertThat(delivery().getString("state")).isEqualTo("pending");
        assertThat(delivery().getString("reason"))
                .isEqualTo("this release of Plimsoll knows no channel of the kind pigeon");
        assertThat(given.sql("select from queue where tries = 0 and rest_until > now() + interval '15 seconds'"))
                .hasSize(1);
    }

    @Test
    void hoursLaterAChannelOfAnUnknownKindIsParked() {
        given.sql("update channel set kind = 'pigeon' where id = $1", channel);
        given.put(given.notice(account, given.alert(account), 1, "alert.firing"));
        given.sql("update delivery set created_at = now() - interval '4 hours'");

        for (int i = 0; i < 3; i++) {
            given.now(dispatch.round());
            given.everythingIsDue();
        }

        assertThat(delivery().getString("reason"))
                .isEqualTo("parked after 3 tries: this release of Plimsoll knows no channel of the kind pigeon");
    }

    @Test
    void whatIsTriedAloneAfterItFailedTogetherIsTriedOnlyWhileEnoughOfItsLeaseIsLeft() {
        var late = config.lease().minus(config.timeout());

        var tried = given.now(caller.call(List.of(sealedForSomebodyElse(Duration.ZERO), sealedForSomebodyElse(late))));

        assertThat(tried).extracting(Tried::ending).hasExactlyElementsOfTypes(Broken.class, Dropped.class);
    }

    /** @param before how long ago it was claimed */
    private Claim sealedForSomebodyElse(Duration before) {
        var delivery = Ids.next();
        return new Claim(
                delivery,
                1,
                0,
                account,
                Optional.empty(),
                Optional.of(account),
                ZoneOffset.UTC,
                Severity.CRITICAL,
                new Message(delivery, "alert.firing", Severity.CRITICAL, DeliveryFixture.AT, "{}", List.of()),
                Frozen.NOT_YET,
                new Target(
                        channel,
                        "ops",
                        "webhook",
                        "active",
                        "localhost",
                        false,
                        new byte[] {1},
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()),
                Origin.plain(DeliveryFixture.AT),
                DeliveryFixture.AT,
                System.nanoTime() - before.toNanos());
    }

    private Row delivery() {
        return given.sql("select * from delivery where channel_id = $1", channel)
                .getFirst();
    }
}
