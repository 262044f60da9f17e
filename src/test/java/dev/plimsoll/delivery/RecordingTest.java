package dev.plimsoll.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A database that takes no new rows, as when its disk is full. */
@QuarkusTest
class RecordingTest {
    @Inject
    DeliveryFixture given;

    @Inject
    Dispatch dispatch;

    @Inject
    @DataSource("owner")
    AgroalDataSource owner;

    private final TestReceiver receiver = new TestReceiver();
    private UUID account;

    @BeforeEach
    void aFullDisk() throws SQLException {
        given.clear();
        account = given.account();
        asOwner("create sequence refusals");
        asOwner("""
                create function refuse() returns trigger language plpgsql security definer as $$
                begin
                    perform nextval('refusals');
                    raise exception using errcode = '53100', message = 'could not extend file';
                end $$""");
        asOwner("create trigger disk_full before insert on attempt for each row execute function refuse()");
    }

    @AfterEach
    void space() throws SQLException {
        receiver.close();
        asOwner("drop trigger if exists disk_full on attempt");
        asOwner("drop function refuse");
        asOwner("drop sequence refusals");
    }

    @Test
    void whatArrivedWhileNothingCouldBeWrittenIsRecordedAfterwardsAndNotSentAgain() throws SQLException {
        given.webhook(account, receiver.url());
        given.put(given.notice(account, given.alert(account), 1, "alert.firing"));
        var round = dispatch.round().subscribeAsCompletionStage();
        await().until(() -> refusals() >= 1);

        given.sql("update queue set leased_until = now()");
        var before = refusals();
        await().until(() -> refusals() >= before + 2);
        var leased = given.sql("select from queue where leased_until > now()");
        asOwner("drop trigger disk_full on attempt");
        await().until(round::isDone);

        assertThat(leased).hasSize(1);
        assertThat(receiver.received()).hasSize(1);
        assertThat(given.deliveries(account))
                .extracting(row -> row.getString("state"))
                .containsExactly("delivered");
        assertThat(given.attempts(account)).hasSize(1);
    }

    private long refusals() throws SQLException {
        try (var connection = owner.getConnection();
                var statement = connection.createStatement();
                var row =
                        statement.executeQuery("select case when is_called then last_value else 0 end from refusals")) {
            row.next();
            return row.getLong(1);
        }
    }

    private void asOwner(String sql) throws SQLException {
        try (var connection = owner.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
