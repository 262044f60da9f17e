package dev.plimsoll.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.plimsoll.account.LoginStore;
import dev.plimsoll.account.Tenant;
import dev.plimsoll.api.AlertRows;
import dev.plimsoll.browser.Browser;
import dev.plimsoll.delivery.OneClickLinks;
import dev.plimsoll.delivery.OneClickLinks.Click;
import dev.plimsoll.delivery.OneClickLinks.Doing;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages as a browser takes them: with their script, their style and under their policy. */
@QuarkusTest
@TestProfile(WatchProfile.class)
class PagesInABrowserTest {
    @TempDir
    Path folder;

    @TestHTTPResource("")
    String home;

    @Inject
    Stage stage;

    @Inject
    DrillFixture database;

    @Inject
    Tenant tenant;

    @Inject
    LoginStore logins;

    @Inject
    OneClickLinks links;

    @Inject
    @ReactiveDataSource("engine")
    Pool engine;

    private Borrower ada;
    private Browser browser;

    @BeforeEach
    void open() throws Exception {
        var chromium = Browser.installed();
        if (chromium.isEmpty()) {
            System.out.println(
                    "PagesInABrowserTest is SKIPPED: no chromium on the PATH, so no page was tried in a browser");
        }
        assumeTrue(chromium.isPresent(), "no chromium on the PATH");
        stage.begin();
        ada = Borrower.signsUp().withoutRules();
        ada.borrows("1900");
        ada.rulesHealthFactor("1.25", "1.26");
        stage.tick();
        browser = new Browser(chromium.get(), folder);
    }

    @AfterEach
    void close() throws InterruptedException {
        if (browser != null) {
            browser.close();
            stage.end();
        }
    }

    @Test
    void theyShowWhatTheyShouldAndNothingIsForbiddenOrGoesWrong() throws Throwable {
        theMarketIsShownAndKeptUpToDate();
        aLinkInAMailDoesSomethingOnlyWhenItsButtonIsPressed();
        whoFollowsTheLinkFromTheChatSeesTheirLoansUntilTheySignOut();
        assertThat(browser.complaints()).isEmpty();

        browser.open(home + "me");
        assertThat(browser.text()).contains("You are not signed in.");
    }

    private void theMarketIsShownAndKeptUpToDate() {
        browser.open(home + "market");

        assertThat(browser.text()).contains("ETH", "3,000");
        await().until(() ->
                browser.evaluate("document.getElementById('live').textContent").equals("Live"));
        stage.ether("2900");
        stage.tickAfter(Duration.ofSeconds(10));
        await().until(() -> browser.text().contains("2,900"));
    }

    private void whoFollowsTheLinkFromTheChatSeesTheirLoansUntilTheySignOut() {
        var whose = UUID.fromString(ada.account());
        var secret = tenant.sql(whose, tx -> logins.offer(tx, whose)).await().atMost(Duration.ofSeconds(60));

        browser.open(home + "login/" + secret.text());
        browser.presses("Sign in", "/me");
        assertThat(browser.text()).contains("ETH loan", "health factor 1.22", "critical since");
        assertThat(browser.evaluate("document.querySelector('.card .state').className"))
                .isEqualTo("state silent");
        browser.presses("Sign out", "/market");
    }

    private void aLinkInAMailDoesSomethingOnlyWhenItsButtonIsPressed() throws Throwable {
        var account = UUID.fromString(ada.account());
        var channel = UUID.fromString(database.rows("""
                insert into channel (id, account_id, name, kind, state, settings_sealed, settings_shown)
                values (gen_random_uuid(), '%s', 'mail', 'email', 'active', '', '{}')
                returning id::text""".formatted(account)).getFirst());
        var alert = AlertRows.write(engine, account, UUID.randomUUID(), "firing");
        var path = "/api/v1/l/" + links.token(new Click(account, channel, alert, Doing.ACKNOWLEDGE));

        browser.open(home + path.substring(1));
        assertThat(browser.text()).contains("ETH loan: warn me is firing.");
        assertThat(acknowledged(alert)).isEqualTo("no");
        browser.presses("Acknowledge", path);

        assertThat(browser.text()).contains("is acknowledged");
        assertThat(acknowledged(alert)).isEqualTo("yes");
    }

    private String acknowledged(UUID alert) {
        return database.rows("select case when acknowledged_at is null then 'no' else 'yes' end from alert where id = '"
                        + alert + "'")
                .getFirst();
    }
}
