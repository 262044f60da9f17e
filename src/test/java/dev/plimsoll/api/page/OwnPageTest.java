package dev.plimsoll.api.page;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import dev.plimsoll.account.LoginStore;
import dev.plimsoll.account.Tenant;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What somebody sees who followed the link that the bot gave them. */
@QuarkusTest
class OwnPageTest {
    private static final String COOKIE = "__Host-plimsoll";

    @Inject
    LoginStore logins;

    @Inject
    Tenant tenant;

    @Inject
    @ReactiveDataSource("engine")
    Pool engine;

    private String account;
    private String key;

    @BeforeEach
    void adaHasALoan() {
        var ada = given().contentType(ContentType.JSON)
                .body("{\"name\":\"Ada <b>\"}")
                .post("/api/v1/accounts")
                .then()
                .statusCode(201)
                .extract()
                .jsonPath();
        account = ada.getString("id");
        key = ada.getString("apiKey");
        given().header("Authorization", "Bearer " + key)
                .contentType(ContentType.JSON)
                .body(
                        "{\"kind\":\"declared\",\"name\":\"<i>ETH</i> loan\",\"collateral\":[{\"asset\":\"ETH\",\"amount\":\"10\","
                                + "\"liquidationThreshold\":\"0.825\"}]}")
                .post("/api/v1/positions")
                .then()
                .statusCode(201);
    }

    @Test
    void theLinkSignsInWhenItsButtonIsPressed() {
        var link = link();

        given().get(link).then().statusCode(200).body(containsString("<button>Sign in</button>"));
        var signedIn = presses(link);

        assertThat(signedIn.statusCode()).isEqualTo(303);
        assertThat(signedIn.header("Location")).endsWith("/me");
        assertThat(signedIn.header("Set-Cookie"))
                .contains("HttpOnly")
                .contains("Secure")
                .contains("SameSite=Strict")
                .contains("Path=/");
        given().cookie(COOKIE, signedIn.cookie(COOKIE))
                .get("/me")
                .then()
                .statusCode(200)
                .body(allOf(
                        containsString("Ada &lt;b&gt;"),
                        containsString("&lt;i&gt;ETH&lt;/i&gt; loan"),
                        not(containsString("<i>ETH"))));
    }

    @Test
    void aLinkIsGoodOnce() {
        var link = link();
        presses(link);

        assertThat(presses(link).statusCode()).isEqualTo(410);
    }

    @Test
    void toLookAtALinkUsesNothingUp() {
        var link = link();
        given().get(link).then().statusCode(200);
        given().head(link);

        assertThat(presses(link).statusCode()).isEqualTo(303);
    }

    @Test
    void aLinkThatIsTooOldSignsNobodyIn() {
        var link = link();
        engine.query("update login_link set expires_at = now() where account_id = '" + account + "'")
                .execute()
                .await()
                .indefinitely();

        assertThat(presses(link).statusCode()).isEqualTo(410);
    }

    @Test
    void whoSignsOutIsOut() {
        var session = presses(link()).cookie(COOKIE);

        given().cookie(COOKIE, session)
                .redirects()
                .follow(false)
                .post("/logout")
                .then()
                .statusCode(303);

        given().cookie(COOKIE, session).get("/me").then().statusCode(401);
    }

    @Test
    void aSessionThatIsOverShowsNothing() {
        var session = presses(link()).cookie(COOKIE);
        engine.query("update web_session set expires_at = now() where account_id = '" + account + "'")
                .execute()
                .await()
                .indefinitely();

        given().cookie(COOKIE, session).get("/me").then().statusCode(401).body(containsString("/login"));
    }

    @Test
    void anotherSiteSignsNobodyIn() {
        var link = link();

        given().header("Sec-Fetch-Site", "cross-site").post(link).then().statusCode(403);

        assertThat(presses(link).statusCode()).isEqualTo(303);
    }

    @Test
    void anotherSiteSignsNobodyOut() {
        var session = presses(link()).cookie(COOKIE);

        var answer = given().header("Sec-Fetch-Site", "cross-site").post("/logout");

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.header("Set-Cookie")).isNull();
        given().cookie(COOKIE, session).get("/me").then().statusCode(200);
    }

    @Test
    void whoUnlinksAChatEndsWhatItsLinksOpened() {
        var session = presses(link()).cookie(COOKIE);
        var waiting = link();
        engine.query("""
                        with phone as (
                            insert into channel (id, account_id, name, kind, state, settings_sealed, settings_shown)
                            values (gen_random_uuid(), '%1$s', 'phone', 'telegram', 'active', '', '{}')
                            returning id)
                        insert into chat_link (channel_id, account_id, chat_hash, owner_hash)
                        select id, '%1$s', uuid_send(id), uuid_send(id) from phone""".formatted(account)).execute().await().indefinitely();

        engine.query("delete from channel where account_id = '" + account + "'")
                .execute()
                .await()
                .indefinitely();

        given().cookie(COOKIE, session).get("/me").then().statusCode(401);
        assertThat(presses(waiting).statusCode()).isEqualTo(410);
    }

    @Test
    void whatIsNoLinkOpensNothing() {
        given().get("/login/short").then().statusCode(404);
        given().post("/login/" + "A".repeat(43)).then().statusCode(410);
        given().get("/me").then().statusCode(401);
        given().cookie(COOKIE, "A".repeat(43)).get("/me").then().statusCode(401);
    }

    private String link() {
        var whose = UUID.fromString(account);
        return "/login/"
                + tenant.sql(whose, tx -> logins.offer(tx, whose))
                        .await()
                        .indefinitely()
                        .text();
    }

    private static Response presses(String link) {
        return given().redirects().follow(false).post(link);
    }
}
