package dev.plimsoll.pipeline;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.crash.PriceServer;
import dev.plimsoll.delivery.ChatFixture;
import dev.plimsoll.market.LatestMarket;
import dev.plimsoll.pipeline.digest.Digests;
import dev.plimsoll.telegram.Shown;
import dev.plimsoll.telegram.TelegramServer;
import dev.plimsoll.telegram.TelegramUser;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What somebody reads in their chat, from the first word to the digest at the end of the evening. */
@QuarkusTest
@TestProfile(WatchProfile.class)
class FirstEveningTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration INTERVAL = Duration.ofSeconds(10);

    @Inject
    HandClock clock;

    @Inject
    Replica.Maker replicas;

    @Inject
    LatestMarket latest;

    @Inject
    Digests digests;

    @Inject
    ChatFixture chats;

    @Inject
    @ReactiveDataSource("engine")
    Pool engine;

    private PriceServer prices;
    private Replica replica;
    private TelegramServer telegram;
    private TelegramUser ada;
    private int read;

    @BeforeEach
    void sevenInTheEveningInBerlin() throws IOException {
        List.of("telegram_update", "telegram_turn", "telegram_bot", "chat_link", "conversation", "account")
                .forEach(table -> rows("delete from " + table)); // of another test's bot, too
        rows("delete from snapshot");
        rows("delete from price");
        rows("update lease set holder = 'nobody', until = '-infinity', judged_until = null");
        clock.set(Instant.parse("2026-12-01T18:00:00Z"));
        prices = new PriceServer(WatchProfile.PORT, clock);
        prices.set("ETH", "3000");
        prices.set("USDC", "1");
        replica = replicas.make();
        replica.tick();
        telegram = chats.server();
        ada = telegram.person("Ada");
    }

    @AfterEach
    void close() {
        replica.release();
        telegram.close();
        prices.close();
    }

    @Test
    void fromTheFirstWordToTheDigest() {
        signsUp();
        declaresHerLoan();
        isWarnedAndAcknowledges();
        isToldThatItGetsWorse();
        repays();
        hearsThatItIsOver();
        readsTheDigest();
    }

    private void signsUp() {
        writes("/start");
        reads("""
                I watch leveraged crypto positions and tell you in time before one is liquidated: how far it is, at which price, \
                and what to do. I never need a private key or a seed phrase; never send me one.

                Shall I make an account for you?""");

        presses("Create my account");
        reads("""
                Your account is ready.

                Next, tell me what to watch: /watch asks for collateral and debt, step by step.""");

        writes("/timezone Berlin");
        reads("Times are told in Europe/Berlin from now on. There it is 19:00.");
    }

    private void declaresHerLoan() {
        writes("/watch");
        reads("What secures the loan? Send an amount and an asset, such as 10 ETH.");
        writes("10 ETH");
        reads("At which share of its value is ETH liquidated?");
        presses("82.5 %");
        reads("What do you owe against it? Send an amount and an asset, such as 12k USDC.");
        writes("18k USDC");
        reads("""
                10 ETH (liquidation threshold 82.5 %)
                against a debt of 18,000 USDC

                ETH loan is at health factor 1.37. ETH must fall 27.2 % to 2,181.82 USD to be liquidated.

                Shall I watch it?""");
        presses("Watch it");
        reads("I watch it from now on. ETH loan is at health factor 1.37.");
        rows("update position set created_at = '2026-12-01T18:00:00Z'"); // the database goes by a clock of its own
    }

    private void isWarnedAndAcknowledges() {
        aMinuteAt("2500");
        var warning = reads("""
                🟠 Warning: ETH loan
                ETH loan is at health factor 1.14. ETH must fall 12.7 % to 2,181.82 USD to be liquidated. Liquidation would cost \
                about 1,800 USD (assuming a bonus of 10 % on the whole debt).
                Cheapest: repay 4,250.00 USDC to be at 1.50. Or: add 3.0910 ETH.""");
        assertThat(warning.silent()).isFalse();

        presses("Acknowledge");
        aMinuteAt("2500");
        chats.edit();
        var edited = reads("👀 Acknowledged 19:01, by Ada\n\n🟠 Warning: ETH loan");
        assertThat(edited.id()).isEqualTo(warning.id());
    }

    private void isToldThatItGetsWorse() {
        aMinuteAt("2250");
        var critical = reads("""
                🔴 Critical: ETH loan
                ETH loan is at health factor 1.03. ETH must fall 3.0 % to 2,181.82 USD, or USDC must rise 3.1 % to 1.0312 USD to be \
                liquidated.""");
        assertThat(critical.silent()).isFalse();
    }

    private void repays() {
        presses("I repaid");
        reads("How much did you repay on ETH loan? Advised: 5,625");
        presses(ada.sees().getLast().labels().getFirst());
        reads("Counted: 5,625 USDC. Health factor now 1.50.");
    }

    private void hearsThatItIsOver() {
        for (var minute = 0; minute < 6; minute++) {
            aMinuteAt("2250");
        }

        for (var alert = 0; alert < 2; alert++) {
            reads("""
                    ✅ Resolved: ETH loan
                    Resolved after a repayment: ETH loan is at health factor 1.50. ETH must fall 33.3 % to 1,500.00 USD to be \
                    liquidated.""");
        }
        chats.edit();
        reads("✅ Resolved 19:");
        reads("✅ Resolved 19:");
    }

    private void readsTheDigest() {
        writes("/key");
        var key = reads("plm_").text().replaceAll("(?s).*(plm_\\S+).*", "$1");
        given().header("Authorization", "Bearer " + key)
                .contentType(ContentType.JSON)
                .body("{\"kind\":\"daily\",\"at\":\"19:12\"}")
                .post("/api/v1/digests")
                .then()
                .statusCode(201);

        while (clock.instant().isBefore(Instant.parse("2026-12-01T18:12:00Z"))) {
            tick();
        }
        now(digests.round(latest.snapshot().orElseThrow(), clock.instant()));
        chats.send();

        var digest = reads("""
                🔵 Your day
                Lowest health factor now: 1.50 (ETH loan).""");
        assertThat(digest.text())
                .contains("Alerts: 2, none still fires: critical on ETH loan, Tue 1 Dec, 19:02 for 6 min;"
                        + " warning on ETH loan, Tue 1 Dec, 19:00 for 8 min.")
                .doesNotContain("Not seen");
        assertThat(digest.silent()).isTrue();
    }

    private void writes(String words) {
        ada.writes(words);
        chats.hear();
    }

    /** The last message that has such a button. */
    private void presses(String label) {
        var message = ada.sees().reversed().stream()
                .filter(one -> one.labels().contains(label))
                .findFirst()
                .orElseThrow();
        ada.presses(message, label);
        chats.hear();
    }

    private void aMinuteAt(String ether) {
        prices.set("ETH", ether);
        for (var i = 0; i < 6; i++) {
            tick();
        }
    }

    private void tick() {
        clock.advance(INTERVAL);
        replica.tick();
        chats.send();
    }

    /** The next that the bot said, or edited. */
    private Shown reads(String words) {
        var said = ada.heard();
        assertThat(said).as("the bot should say: " + words).hasSizeGreaterThan(read);
        var next = said.get(read++);
        assertThat(next.text()).contains(words);
        return next;
    }

    private RowSet<Row> rows(String sql) {
        return now(engine.query(sql).execute());
    }

    private static <T> T now(Uni<T> work) {
        return work.await().atMost(PATIENCE);
    }
}
