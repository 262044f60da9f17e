package dev.plimsoll.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.plimsoll.rule.Severity;
import dev.plimsoll.unit.Ids;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class FairnessTest {
    private static final Rooms ANY = new Rooms(Map.of(), 1_000);

    @Inject
    DeliveryFixture given;

    @Inject
    Claims claims;

    @Inject
    Dispatch dispatch;

    @Inject
    @DataSource("owner")
    AgroalDataSource owner;

    private final TestReceiver receiver = new TestReceiver();
    private final TestReceiver other = new TestReceiver();

    @BeforeEach
    void nothingElseIsDue() {
        given.clear();
    }

    @AfterEach
    void close() throws SQLException {
        receiver.close();
        other.close();
        refuseNothing();
    }

    @Test
    void oneNoticeOfAnAccountDoesNotWaitForTheManyThatAnotherHadBefore() {
        var busy = given.account();
        given.webhook(busy, receiver.url());
        put(busy, Severity.WARNING, 2_000);
        var late = given.account();
        given.webhook(late, receiver.url());
        put(late, Severity.WARNING, 1);

        var claimed = given.now(claims.take(10, ANY));

        assertThat(claimed).hasSize(10);
        assertThat(claimed).extracting(Claim::account).contains(late);
    }

    @Test
    void oneChannelOfAnAccountDoesNotWaitForAnotherOfIt() {
        var account = given.account();
        var busy = given.webhook(account, receiver.url());
        put(account, Severity.WARNING, 500);
        given.webhook(account, receiver.url());
        put(account, Severity.WARNING, 1);

        var claimed = given.now(claims.take(10, ANY));

        assertThat(claimed.stream().filter(claim -> !claim.target().channel().equals(busy.id())))
                .hasSize(1);
    }

    @Test
    void whatIsMoreUrgentGoesFirstHoweverLateItCame() {
        var calm = given.account();
        given.webhook(calm, receiver.url());
        put(calm, Severity.INFO, 50);
        put(calm, Severity.WARNING, 50);
        var urgent = given.account();
        given.webhook(urgent, receiver.url());
        put(urgent, Severity.CRITICAL, 20);

        var claimed = given.now(claims.take(30, ANY));

        assertThat(claimed.stream().map(Claim::severity).toList())
                .isEqualTo(Stream.of(Severity.CRITICAL, Severity.WARNING)
                        .flatMap(severity -> IntStream.range(0, severity == Severity.CRITICAL ? 20 : 10)
                                .mapToObj(nth -> severity))
                        .toList());
    }

    @Test
    void everyChannelHasItsTurnBeforeAnyHasItsSecond() {
        var accounts = IntStream.range(0, 12).mapToObj(nth -> accountWith(3)).toList();

        var firsts = Stream.of(5, 5, 2)
                .flatMap(free -> given.now(claims.take(free, ANY)).stream())
                .map(Claim::account)
                .toList();
        var rest = given.now(claims.take(100, ANY));

        assertThat(firsts).containsExactlyInAnyOrderElementsOf(accounts);
        assertThat(rest).hasSize(24);
    }

    @Test
    void aHostGetsNoMoreThanItHasRoomForHoweverManyChannelsLeadThere() {
        IntStream.range(0, 30).forEach(nth -> accountWith(1));
        var elsewhere = given.account();
        given.webhook(elsewhere, other.url());
        put(elsewhere, Severity.WARNING, 1);

        var claimed = given.now(claims.take(100, new Rooms(Map.of(), 4)));

        assertThat(claimed).hasSize(5);
        assertThat(claimed).extracting(Claim::account).contains(elsewhere);
    }

    @Test
    void manyChannelsOfOneHostThatHangsTakeFourSlotsInAll() {
        var proceed = new CountDownLatch(1);
        receiver.answering((request, number) -> {
            proceed.await();
            return TestReceiver.Answer.of(200);
        });
        IntStream.range(0, 40).forEach(nth -> accountWith(1));
        var hanging = dispatch.round().subscribeAsCompletionStage();
        await().until(() -> receiver.received().size() == 4);
        var neighbour = given.account();
        given.webhook(neighbour, other.url());
        put(neighbour, Severity.WARNING, 1);

        var second = dispatch.round().subscribeAsCompletionStage();
        await().until(() -> other.received().size() == 1);

        assertThat(receiver.received()).hasSize(4);
        proceed.countDown();
        hanging.join();
        second.join();
        given.now(dispatch.round());
        assertThat(given.sql("select from queue")).isEmpty();
    }

    @Test
    void whatACourierLeftBehindIsTakenWhenItsLeaseIsOver() {
        accountWith(3);
        var first = given.now(claims.take(10, ANY));
        given.now(claims.wake(10));
        assertThat(given.now(claims.take(10, ANY))).isEmpty();

        given.sql("update queue set leased_until = now() - interval '1 millisecond'");
        given.now(claims.wake(10));
        var again = given.now(claims.take(10, ANY));

        assertThat(again)
                .extracting(Claim::delivery)
                .containsExactlyInAnyOrderElementsOf(
                        first.stream().map(Claim::delivery).toList());
        assertThat(again).extracting(Claim::number).containsOnly(2);
    }

    @Test
    void whatWasClaimedIsSentThoughTheDatabaseRefusesToClaimMore() throws SQLException {
        var account = given.account();
        given.webhook(account, receiver.url());
        put(account, Severity.CRITICAL, 2);
        put(account, Severity.WARNING, 2);
        asOwner("""
                create function refuse() returns trigger language plpgsql as $$
                begin
                    raise exception using errcode = '53100', message = 'could not extend file';
                end $$""");
        asOwner(
                "create trigger refusing before update on queue for each row when (new.priority = 1) execute function refuse()");

        var claimed = given.now(claims.take(10, ANY));
        refuseNothing();

        assertThat(claimed).extracting(Claim::severity).containsExactly(Severity.CRITICAL, Severity.CRITICAL);
        assertThat(given.now(claims.take(10, ANY))).extracting(Claim::severity).containsOnly(Severity.WARNING);
    }

    private void refuseNothing() throws SQLException {
        asOwner("drop function if exists refuse cascade");
    }

    private void asOwner(String sql) throws SQLException {
        try (var connection = owner.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private UUID accountWith(int notices) {
        var account = given.account();
        given.webhook(account, receiver.url());
        put(account, Severity.WARNING, notices);
        return account;
    }

    private void put(UUID account, Severity severity, int count) {
        given.put(IntStream.range(0, count)
                .mapToObj(nth -> new Notice(
                        Ids.next(),
                        account,
                        Optional.empty(),
                        Optional.empty(),
                        "alert.firing",
                        severity,
                        DeliveryFixture.AT,
                        Optional.empty(),
                        "{\"text\":\"look\"}",
                        "look"))
                .toArray(Notice[]::new));
    }
}
