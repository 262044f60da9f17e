package dev.plimsoll.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.delivery.ChatFixture;
import dev.plimsoll.delivery.telegram.GaugeBoard;
import dev.plimsoll.market.LatestMarket;
import dev.plimsoll.position.PositionFeedStore;
import dev.plimsoll.risk.Given;
import dev.plimsoll.telegram.Shown;
import dev.plimsoll.telegram.TelegramProfile;
import dev.plimsoll.telegram.TelegramServer;
import dev.plimsoll.telegram.TelegramUser;
import dev.plimsoll.unit.AssetRegistry;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The message that is pinned in a chat. */
@QuarkusTest
@TestProfile(TelegramProfile.class)
class GaugeTest {
    private static final Instant AT = Instant.parse("2026-11-20T03:12:00Z");

    @Inject
    @ReactiveDataSource("engine")
    Pool engine;

    @Inject
    ChatFixture chats;

    @Inject
    GaugeBoard board;

    @Inject
    PositionFeedStore positions;

    @Inject
    AssetRegistry assets;

    @Inject
    PipelineConfig config;

    private TelegramServer telegram;
    private TelegramUser ada;
    private Borrower borrower;

    @BeforeEach
    void aChatAndTwoLoans() {
        run("delete from account");
        telegram = chats.server();
        ada = telegram.person("Ada");
        borrower = Borrower.signsUp();
        run("update account set timezone = 'Europe/Berlin'");
        borrower.borrows("1500");
        borrower.borrows("2000");
        chats.chat(UUID.fromString(borrower.account()), ada);
    }

    @AfterEach
    void close() {
        telegram.close();
    }

    @Test
    void itIsPinnedWithoutASoundAndSaysTheLowestHealthFactorAndWhenItWasSeen() {
        look(AT, AT, "ETH 3000", "USDC 1");

        assertThat(ada.pinned()).hasValueSatisfying(gauge -> {
            assertThat(gauge.text()).isEqualTo("🟠 Health factor 1.20 lowest: ETH loan\n2 positions, as of 04:12");
            assertThat(gauge.silent()).isTrue();
        });
    }

    @Test
    void whoDeletesTheChannelOrTheAccountLeavesNothingPinned() {
        look(AT, AT, "ETH 3000", "USDC 1");
        var channel = borrower.reads("/channels").getString("items[0].id");

        borrower.deletes("/channels/" + channel);
        var afterTheChannel = said();
        chats.chat(UUID.fromString(borrower.account()), ada);
        look(AT, AT, "ETH 3000", "USDC 1");
        var before = said();
        borrower.deletes("/account");

        assertThat(afterTheChannel).isEmpty();
        assertThat(before).hasSize(1);
        assertThat(said()).isEmpty();
    }

    @Test
    void whatChangesIsAnEditAtTheNextLook() {
        look(AT, AT, "ETH 3000", "USDC 1");

        look(AT.plusSeconds(60), AT.plusSeconds(60), "ETH 2600", "USDC 1");

        assertThat(said()).singleElement().satisfies(gauge -> {
            assertThat(gauge.text()).isEqualTo("🔴 Health factor 1.04 lowest: ETH loan\n2 positions, as of 04:13");
            assertThat(gauge.edits()).isEqualTo(1);
        });
    }

    @Test
    void whereOnlyTimePassesItIsEditedEveryFiveMinutes() {
        look(AT, AT, "ETH 3000", "USDC 1");

        look(AT.plusSeconds(60), AT.plusSeconds(60), "ETH 3001", "USDC 1");
        assertThat(said().getFirst().edits()).isZero();
        run("update gauge set said_at = said_at - interval '5 minutes'");
        look(AT.plusSeconds(300), AT.plusSeconds(300), "ETH 3001", "USDC 1");

        assertThat(said())
                .singleElement()
                .satisfies(gauge -> assertThat(gauge.text()).endsWith("as of 04:17"));
    }

    @Test
    void blindnessStandsAboveEverything() {
        look(AT, AT, "ETH 3000", "USDC 1");

        look(AT, AT.plusSeconds(540), "ETH 3000", "USDC 1");

        assertThat(said().getFirst().text())
                .isEqualTo("⛔ I cannot see: no prices for 9 min\n🟠 Health factor 1.20 lowest: ETH loan\n"
                        + "2 positions, as of 04:12");
        assertThat(said().getFirst().isBold("I cannot see")).isTrue();
    }

    @Test
    void whatCannotBeJudgedIsSaid() {
        look(AT, AT, "USDC 1");

        assertThat(said().getFirst().text()).startsWith("⛔ I cannot judge 2 of 2: no believable price of ETH");
    }

    @Test
    void oneThatItsReaderDeletedComesBack() {
        look(AT, AT, "ETH 3000", "USDC 1");
        telegram.fails("editMessageText", 400, "Bad Request: message to edit not found");
        look(AT.plusSeconds(60), AT.plusSeconds(60), "ETH 2600", "USDC 1");
        telegram.recovers();

        look(AT.plusSeconds(120), AT.plusSeconds(120), "ETH 2600", "USDC 1");

        assertThat(said()).hasSize(2);
        assertThat(ada.pinned().orElseThrow().text())
                .startsWith("🔴 Health factor 1.04")
                .endsWith("as of 04:14");
    }

    @Test
    void aGroupThatLetsTheBotNotPinHasOneAllTheSame() {
        var group = telegram.group("Treasury", ada);
        group.letsPin(false);
        chats.chat(UUID.fromString(borrower.account()), group);

        look(AT, AT, "ETH 3000", "USDC 1");
        look(AT.plusSeconds(60), AT.plusSeconds(60), "ETH 2600", "USDC 1");

        assertThat(group.pinned()).isEmpty();
        assertThat(group.sees().stream().filter(Shown::byBot).toList())
                .singleElement()
                .satisfies(gauge -> assertThat(gauge.text()).startsWith("🔴 Health factor 1.04"));
    }

    @Test
    void oneThatIsSwitchedOffGoesAwayAndComesBackWhenItIsSwitchedOn() {
        look(AT, AT, "ETH 3000", "USDC 1");
        var channel = borrower.reads("/channels").getString("items[0].id");

        borrower.changes("/channels/" + channel, "{\"gauge\":\"off\"}");
        look(AT.plusSeconds(60), AT.plusSeconds(60), "ETH 2600", "USDC 1");
        look(AT.plusSeconds(60), AT.plusSeconds(60), "ETH 2600", "USDC 1");
        var off = said();
        borrower.changes("/channels/" + channel, "{\"gauge\":\"on\"}");
        look(AT.plusSeconds(120), AT.plusSeconds(120), "ETH 2600", "USDC 1");

        assertThat(off).isEmpty();
        assertThat(ada.pinned().orElseThrow().text()).startsWith("🔴 Health factor 1.04");
    }

    @Test
    void oneTooOldToBeDeletedSaysThatItIsOverAndIsUnpinned() {
        look(AT, AT, "ETH 3000", "USDC 1");
        var channel = borrower.reads("/channels").getString("items[0].id");
        telegram.fails("deleteMessage", 400, "Bad Request: message can't be deleted for everyone");

        borrower.changes("/channels/" + channel, "{\"gauge\":\"off\"}");
        look(AT.plusSeconds(60), AT.plusSeconds(60), "ETH 2600", "USDC 1");

        assertThat(said().getFirst().text()).isEqualTo("How you stand is no longer kept up to date here.");
        assertThat(ada.pinned()).isEmpty();
    }

    @Test
    void whoHasNothingToWatchHasNone() {
        run("delete from position");

        look(AT, AT, "ETH 3000", "USDC 1");

        assertThat(said()).isEmpty();
    }

    /** @param seen when the market was judged */
    private void look(Instant seen, Instant now, String... prices) {
        var latest = new LatestMarket();
        latest.offer(1, Given.marketAt(seen, prices));
        run("update gauge set due_at = now()");
        var round = new GaugeRound(board, positions, latest, assets, Clock.fixed(now, ZoneOffset.UTC), config);
        round.begin().chain(round::run).await().atMost(Duration.ofSeconds(60));
    }

    private List<Shown> said() {
        return ada.sees().stream().filter(Shown::byBot).toList();
    }

    private void run(String sql) {
        engine.query(sql).execute().await().atMost(Duration.ofSeconds(60));
    }
}
