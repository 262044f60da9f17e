package dev.plimsoll.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.delivery.DeliveryFixture.Hook;
import dev.plimsoll.delivery.TestReceiver.Answer;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ChannelHealthTest {
    @Inject
    DeliveryFixture given;

    @Inject
    Dispatch dispatch;

    @Inject
    Stragglers stragglers;

    private final TestReceiver ill = new TestReceiver().answering(503);
    private final TestReceiver well = new TestReceiver();
    private UUID account;
    private Hook hook;

    @BeforeEach
    void aChannelThatTakesNothingAndAnother() {
        given.clear();
        account = given.account();
        hook = given.webhook(account, ill.url());
        given.webhook(account, well.url());
    }

    @AfterEach
    void close() {
        ill.close();
        well.close();
    }

    @Test
    void aChannelIsFailingFromTheFirstAttemptThatFailsUntilOneArrives() {
        send();
        var since = channel().getOffsetDateTime("failing_since");
        given.everythingIsDue();
        round();
        var later = channel().getOffsetDateTime("failing_since");
        ill.answering(200);
        given.everythingIsDue();
        round();

        assertThat(since).isNotNull();
        assertThat(later).isEqualTo(since);
        assertThat(channel().getOffsetDateTime("failing_since")).isNull();
    }

    @Test
    void afterHalfOfFiveDaysItsOwnerIsWarnedElsewhereOnce() {
        send();
        failingFor("61 hours");

        send();
        send();
        round();

        assertThat(channel().getString("state")).isEqualTo("active");
        assertThat(told("channel.failing"))
                .singleElement()
                .satisfies(text -> assertThat(text)
                        .startsWith("Channel ops takes nothing: nothing has arrived there since ")
                        .contains("(the receiver answered 503). It will be disabled on ")
                        .doesNotContain("TOKEN"));
    }

    @Test
    void afterFiveDaysWithoutOneSuccessItIsDisabledAndItsOwnerHearsThatElsewhereWithAllThatWaited() {
        send();
        send();
        send();
        failingFor("121 hours");
        given.sql("update channel set failing_warned = true where id = $1", hook.id());
        given.sql("update queue set due_at = now() where delivery_id in (select delivery_id from queue limit 1)");

        round();
        round();

        assertThat(channel().getString("state")).isEqualTo("disabled");
        assertThat(channel().getString("disabled_reason"))
                .startsWith("nothing has arrived there since ")
                .endsWith("(the receiver answered 503)");
        assertThat(told("channel.disabled"))
                .singleElement()
                .satisfies(text -> assertThat(text).endsWith("Not delivered there: 3."));
        assertThat(given.sql("select reason from delivery where channel_id = $1", hook.id()))
                .hasSize(3)
                .allSatisfy(row -> assertThat(row.getString("reason")).startsWith("the channel was disabled: nothing"));
        assertThat(given.sql("select from queue where channel_id = $1", hook.id()))
                .isEmpty();
    }

    @Test
    void itIsDisabledOnlyAfterItsOwnerWasWarned() {
        send();
        failingFor("121 hours");
        given.everythingIsDue();
        round();
        var warned = channel().getString("state");
        given.everythingIsDue();
        round();
        round();

        assertThat(warned).isEqualTo("active");
        assertThat(told("channel.failing"))
                .singleElement()
                .satisfies(text ->
                        assertThat(text).contains("It will be disabled at the next attempt unless something arrives"));
        assertThat(channel().getString("state")).isEqualTo("disabled");
    }

    @Test
    void oneFailedAttemptAfterALongSilenceBeginsTheFiveDaysAnew() {
        send();
        failingFor("30 days");
        given.sql("update channel set failing_warned = true where id = $1", hook.id());
        given.sql("update attempt set at = now() - interval '30 days'");
        given.sql(
                "update delivery set state = 'failed', slot = null, done_at = now() - interval '25 days'"
                        + " where channel_id = $1",
                hook.id());
        given.sql("delete from queue");

        send();
        round();

        assertThat(channel().getString("state")).isEqualTo("active");
        assertThat(channel().getBoolean("failing_warned")).isFalse();
        assertThat(given.sql(
                        "select from channel where id = $1 and failing_since > now() - interval '1 minute'", hook.id()))
                .hasSize(1);
        assertThat(told("channel.failing")).isEmpty();
    }

    @Test
    void onlyFailuresDisableNotThatNothingWasSent() {
        failingFor("30 days");
        ill.answering(200);

        send();

        assertThat(channel().getString("state")).isEqualTo("active");
        assertThat(channel().getOffsetDateTime("failing_since")).isNull();
    }

    @Test
    void aSuccessBetweenTheFailuresBeginsTheFiveDaysAnew() {
        send();
        failingFor("121 hours");
        given.sql(
                "update delivery set state = 'delivered', slot = null, done_at = now() - interval '1 hour' where channel_id = $1",
                hook.id());
        given.sql("delete from queue");

        send();

        assertThat(channel().getString("state")).isEqualTo("active");
        assertThat(given.sql(
                        "select from channel where id = $1 and failing_since > now() - interval '1 minute'", hook.id()))
                .hasSize(1);
    }

    @Test
    void withTheChannelThatIsGoneEndsWhatWaitsForIt() {
        send();
        send();
        ill.answering(410);

        send();
        round();

        assertThat(told("channel.disabled"))
                .singleElement()
                .satisfies(text -> assertThat(text)
                        .isEqualTo(
                                "Channel ops was disabled: the receiver answered 410 Gone. Not delivered there: 3."));
        assertThat(given.sql("select from delivery where channel_id = $1 and state = 'failed'", hook.id()))
                .hasSize(3);
    }

    @Test
    void whatWaitsForAChannelThatIsGoneIsCountedAtOnceAndEndedInParts() {
        waiting(ClosedChannels.MOST + 100);
        ill.answering(410);

        send();
        round();
        var left = given.sql("select from queue").size();
        given.now(stragglers.round());

        assertThat(told("channel.disabled"))
                .singleElement()
                .satisfies(text -> assertThat(text).endsWith(" Not delivered there: 2101."));
        assertThat(left).isEqualTo(100);
        assertThat(given.sql("select from queue")).isEmpty();
        assertThat(given.sql("select from delivery where channel_id = $1 and state = 'failed'", hook.id()))
                .hasSize(2_101);
    }

    /** Tried in vain, and due again in an hour. */
    private void waiting(int messages) {
        given.sql("""
                with told as (
                    insert into notice (id, account_id, type, severity, at, data)
                    select gen_random_uuid(), $1, 'alert.firing', 'warning', now(), '{"text":"look"}'
                    from generate_series(1, $3)
                    returning id),
                sent as (
                    insert into delivery (id, account_id, notice_id, channel_id, slot)
                    select gen_random_uuid(), $1, id, $2, 'open'
                    from told
                    returning id)
                insert into queue (delivery_id, channel_id, priority, due_at)
                select id, $2, 1, now() + interval '1 hour'
                from sent""", account, hook.id(), messages);
    }

    @Test
    void aMessageThatWeCannotWriteIsParkedAfterThreeTriesAndToldElsewhereWhileOthersFlow() {
        given.sql("update channel set settings_sealed = $1 where id = $2", Buffer.buffer("?"), hook.id());

        send();
        for (int i = 0; i < 2; i++) {
            given.everythingIsDue();
            round();
        }
        round();

        var parked = given.sql("select * from delivery where channel_id = $1", hook.id())
                .getFirst();
        assertThat(parked.getString("state")).isEqualTo("failed");
        assertThat(parked.getString("reason"))
                .isEqualTo("parked after 3 tries: what is sealed for this channel does not open with the master key"
                        + " of this installation");
        assertThat(given.sql("select detail from attempt where delivery_id = $1", parked.getUUID("id")))
                .hasSize(3);
        assertThat(told("delivery.failed")).hasSize(1);
        assertThat(told("alert.firing")).hasSize(1);
        assertThat(channel().getOffsetDateTime("failing_since")).isNull();
    }

    @Test
    void whoAsksToWaitIsFailingToo() {
        ill.answering((request, number) -> Answer.of(429, "Retry-After", "30"));

        send();

        assertThat(channel().getOffsetDateTime("failing_since")).isNotNull();
    }

    private void send() {
        given.put(given.notice(account, given.alert(account), 1, "alert.firing"));
        round();
    }

    private void round() {
        given.now(dispatch.round());
    }

    /** And tried an hour ago, where it was at all. */
    private void failingFor(String interval) {
        given.sql("update attempt set at = now() - interval '1 hour'");
        given.sql(
                "update channel set failing_since = now() - cast('" + interval + "' as interval) where id = $1",
                hook.id());
    }

    private Row channel() {
        return given.sql("select * from channel where id = $1", hook.id()).getFirst();
    }

    private List<String> told(String type) {
        return well.received().stream()
                .filter(received -> received.json().getString("type").equals(type))
                .map(TestReceiver.Received::text)
                .toList();
    }
}
