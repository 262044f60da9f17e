package dev.plimsoll.api;

import static io.quarkus.vertx.VertxContextSupport.subscribeAndAwait;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import dev.plimsoll.delivery.recovery.RecoveryRound;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Somebody lost every API key and asks for a way back, as they and as strangers do. */
@QuarkusTest
@TestProfile(PagersProfile.class)
class RecoveryTest {
    private static final Pattern CODE = Pattern.compile("https://plimsoll\\.example/recover/([A-Za-z0-9_-]+)");
    private static GreenMail mailbox;

    @Inject
    @ReactiveDataSource("engine")
    Pool engine;

    @Inject
    RecoveryRound round;

    private Customer ada;
    private String address;

    @BeforeAll
    static void open() {
        mailbox = new GreenMail(new ServerSetup(PagersProfile.MAIL, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mailbox.start();
    }

    @AfterAll
    static void close() {
        mailbox.stop();
    }

    @BeforeEach
    void adaHasAProvenMailbox() throws Throwable {
        ada = Customer.signUp(engine);
        address = "Ada." + ada.account() + "@example.org";
        mailChannel("");
        sql("update channel set state = 'active', proof_hash = null where account_id = $1", ada.account());
        mailbox.purgeEmailFromAllMailboxes();
    }

    @Test
    void theCodeInTheMailMakesOneKeyOnce() throws Throwable {
        isSentTheWay(address.toLowerCase(Locale.ROOT)).then().statusCode(200);
        var code = code();

        var made = redeem(code, false).then().statusCode(200).extract().<String>path("apiKey");

        assertThat(account(made)).isEqualTo(ada.account().toString());
        assertThat(account(ada.key())).isEqualTo(ada.account().toString());
        redeem(code, false).then().statusCode(409).body("detail", containsString("was used"));
        assertThat(notices()).containsExactly("account.recovered");
    }

    @Test
    void allOtherKeysGoWhereThatIsWished() throws Throwable {
        isSentTheWay(address);

        redeem(code(), true).then().statusCode(200);

        ada.asks().get("/account").then().statusCode(401);
    }

    @Test
    void withAllOtherKeysGoesEveryOtherWayIn() throws Throwable {
        sql(
                "insert into chat_invitation (token_hash, account_id, expires_at)"
                        + " values (sha256('a link'), $1, now() + interval '10 minutes')",
                ada.account());
        isSentTheWay(address);

        redeem(code(), true).then().statusCode(200);

        assertThat(sql("select from chat_invitation where account_id = $1", ada.account()))
                .isZero();
    }

    @Test
    void aCodeInAMailboxThatTheChannelLeftIsNoLongerGood() throws Throwable {
        isSentTheWay(address);
        var code = code();

        sql("update channel set mail_hash = sha256('another mailbox') where account_id = $1", ada.account());
        sql("update channel set state = 'active' where account_id = $1", ada.account());

        redeem(code, false).then().statusCode(409);
    }

    @Test
    void whoAsksForAnAddressThatLeadsNowhereHearsTheSameAndNothingIsSent() throws Throwable {
        var known = isSentTheWay(address);
        var unknown = asksFor("nobody." + ada.account() + "@example.org");

        assertThat(unknown.statusCode()).isEqualTo(known.statusCode());
        assertThat(unknown.asString()).isEqualTo(known.asString());
        assertThat(mails()).hasSize(1);
    }

    @Test
    void neitherABuddysMailboxNorOneThatIsNotProvenNorTheAccountsOwnAddressSuffices() throws Throwable {
        sql("delete from channel where account_id = $1", ada.account());
        mailChannel("");
        mailChannel(",\"buddy\":{\"name\":\"Bob\"}");
        sql("update channel set state = 'active' where account_id = $1 and buddy is not null", ada.account());
        ada.sends("{\"email\":\"" + address + "\"}").patch("/account").then().statusCode(200);
        mailbox.purgeEmailFromAllMailboxes();

        asksFor(address).then().statusCode(200);

        assertThat(mails()).isEmpty();
    }

    @Test
    void anotherCodeTakesThePlaceOfTheLastAndAFourthInADayIsNotSent() throws Throwable {
        isSentTheWay(address);
        var first = code();
        isSentTheWay(address);
        isSentTheWay(address);
        asksFor(address);

        assertThat(mails()).hasSize(3);
        redeem(first, false).then().statusCode(409);
        redeem(code(), false).then().statusCode(200);
    }

    @Test
    void aCodeIsNoLongerGoodAfterAQuarterOfAnHourOrWhenItsChannelIsOff() throws Throwable {
        isSentTheWay(address);
        sql("update recovery set expires_at = now() where account_id = $1", ada.account());
        redeem(code(), false).then().statusCode(409);

        isSentTheWay(address);
        sql("update channel set state = 'disabled', disabled_reason = 'x' where account_id = $1", ada.account());
        redeem(code(), false).then().statusCode(409);
    }

    @Test
    void theOtherChannelsAreToldWhenSomebodyAsks() throws Throwable {
        ada.sends("{\"kind\":\"webhook\",\"name\":\"ops\",\"url\":\"http://127.0.0.1:9/hook\"}")
                .post("/channels");
        sql("update channel set state = 'active', proof_hash = null where account_id = $1", ada.account());

        isSentTheWay(address);

        assertThat(notices()).containsExactly("account.recovery-asked");
        assertThat(sql(
                        "select from delivery d join channel c on c.id = d.channel_id"
                                + " where d.account_id = $1 and c.kind = 'email'",
                        ada.account()))
                .isZero();
    }

    @Test
    void onThePageToOpenTheLinkMakesNothingAndTheButtonShowsTheKey() throws Throwable {
        given().get("/recover").then().statusCode(200).body(containsString("Send me a code"));
        given().contentType(ContentType.URLENC)
                .formParam("email", address)
                .post("/recover")
                .then()
                .statusCode(202)
                .body(containsString("on its way"));
        await().until(() -> !mails().isEmpty());
        var page = "/recover/" + code();

        given().get(page)
                .then()
                .statusCode(200)
                .body(containsString("Make a new API key"), not(containsString("plm_")));
        given().contentType(ContentType.URLENC)
                .header("Sec-Fetch-Site", "cross-site")
                .post(page)
                .then()
                .statusCode(403);
        given().contentType(ContentType.URLENC)
                .formParam("revokeOthers", "true")
                .post(page)
                .then()
                .statusCode(201)
                .body(containsString("plm_"))
                .header("Cache-Control", equalTo("no-store"))
                .header("Content-Security-Policy", containsString("default-src 'none'"));
        given().get(page).then().statusCode(410);
        ada.asks().get("/account").then().statusCode(401);
    }

    private void mailChannel(String more) {
        ada.sends("{\"kind\":\"email\",\"name\":\"me\",\"address\":\"" + address + "\"" + more + "}")
                .post("/channels")
                .then()
                .statusCode(201);
    }

    /** The application sends what it finds, too: the mail is there when this ends, whoever sent it. */
    private Response isSentTheWay(String email) throws Throwable {
        var before = mails().size();
        var answer = asksFor(email);
        await().until(() -> mails().size() > before);
        return answer;
    }

    private Response asksFor(String email) throws Throwable {
        var answer = given().basePath("/api/v1")
                .contentType(ContentType.JSON)
                .body("{\"email\":\"" + email + "\"}")
                .post("/recovery");
        subscribeAndAwait(round::round);
        return answer;
    }

    private Response redeem(String code, boolean alone) {
        return given().basePath("/api/v1")
                .contentType(ContentType.JSON)
                .body("{\"code\":\"" + code + "\",\"revokeOthers\":" + alone + "}")
                .post("/recovery/keys");
    }

    private static String account(String key) {
        return given().basePath("/api/v1")
                .header("Authorization", "Bearer " + key)
                .get("/account")
                .then()
                .statusCode(200)
                .extract()
                .path("id");
    }

    private static List<String> mails() {
        return Arrays.stream(mailbox.getReceivedMessages())
                .map(GreenMailUtil::getBody)
                .map(body -> body.replace("=\r\n", "").replace("=3D", "="))
                .filter(body -> CODE.matcher(body).find())
                .toList();
    }

    /** In the last mail. */
    private static String code() {
        var found = CODE.matcher(mails().getLast());
        assertThat(found.find()).isTrue();
        return found.group(1);
    }

    private List<String> notices() throws Throwable {
        return subscribeAndAwait(() -> engine.preparedQuery(
                                "select type from notice where account_id = $1 and type like 'account.%'")
                        .execute(Tuple.of(ada.account())))
                .stream()
                .map(row -> row.getString("type"))
                .toList();
    }

    private int sql(String statement, UUID account) throws Throwable {
        return subscribeAndAwait(() -> engine.preparedQuery(statement).execute(Tuple.of(account)))
                .rowCount();
    }
}
