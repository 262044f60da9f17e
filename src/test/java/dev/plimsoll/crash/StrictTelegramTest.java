package dev.plimsoll.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three packaged replicas and more to say than Telegram takes at once: 30 messages a second, one a second in a chat, 20 a
 * minute in a group.
 */
class StrictTelegramTest {
    private static final long SEED = 20261121;
    private static final int LOANS = 8;
    private static final int CHATS = 40;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private Fleet fleet;

    @BeforeEach
    void begin() throws IOException, GeneralSecurityException, InterruptedException, SQLException {
        fleet = new Fleet(folder, SEED, Network.loopback(), Optional.empty(), Phones.withLimits(folder));
        fleet.begin(1, LOANS);
        try (var sql = fleet.postgres().superuser()) {
            var account = account(sql);
            for (var chat = 0; chat < CHATS; chat++) {
                fleet.phones().link(sql, account);
            }
            fleet.phones().linkGroup(sql, account);
        }
    }

    @AfterEach
    void end() throws InterruptedException {
        fleet.close();
    }

    @Test
    void theyKeepToItsLimitsTogetherAndLoseNothing() throws Exception {
        fleet.fall();
        fleet.awaitAll("firing", 1, LOANS);
        fleet.awaitNumber(0, "select count(*) from delivery where state = 'pending'");
        fleet.rise();
        fleet.awaitAll("resolved", 1, LOANS);

        var reckoning = fleet.reckon(List.of());
        var calls = fleet.phones().telegram().calls().stream()
                .filter(call -> !call.method().equals("getUpdates"))
                .toList();
        var refused = calls.stream().filter(call -> call.status() == 429).count();

        System.out.printf("strict Telegram: calls=%d refused=%d %s%n", calls.size(), refused, reckoning);
        assertThat(reckoning.lost()).isEmpty();
        assertThat(reckoning.unexcused()).isEmpty();
        try (var sql = fleet.postgres().superuser()) {
            assertThat(fleet.phones().outOfOrder(sql)).isEmpty();
        }
        assertThat(refused)
                .as("what left evenly may arrive unevenly; sent as it comes, two of five are refused")
                .isLessThan(calls.size() / 4);
    }

    private static UUID account(Connection sql) throws SQLException {
        try (var statement = sql.createStatement();
                var row = statement.executeQuery("select id from account")) {
            row.next();
            return row.getObject(1, UUID.class);
        }
    }
}
