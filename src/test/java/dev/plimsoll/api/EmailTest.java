package dev.plimsoll.api;

import static io.quarkus.vertx.VertxContextSupport.subscribeAndAwait;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.plimsoll.delivery.Notice;
import dev.plimsoll.delivery.Outbox;
import dev.plimsoll.rule.Severity;
import dev.plimsoll.unit.Ids;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From the registration of an address to its end, read in the mailbox as a mail program reads it. */
@QuarkusTest
@TestProfile(PagersProfile.class)
class EmailTest {
    private static GreenMail mailbox;

    @Inject
    @ReactiveDataSource("engine")
    Pool engine;

    @Inject
    Outbox outbox;

    private Customer ada;

    /** Nobody else's: every test has its own. */
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
    void signUp() throws Throwable {
        ada = Customer.signUp(engine);
        address = "ada." + ada.account() + "@example.org";
    }

    @Test
    void toLookAtTheLinkInTheMailConfirmsNothing() throws Exception {
        var registered = register();
        var link = link(text(mail(1)), "Confirm this address");

        anybody()
                .get(link)
                .then()
                .statusCode(200)
                .contentType("text/html")
                .body(containsString("<button>Yes, send them</button>"));

        registered
                .then()
                .statusCode(201)
                .body("state", equalTo("unverified"))
                .body("address", equalTo("a…@example.org"))
                .body("verification", containsString("A mail is on its way"));
        assertThat(state(registered)).isEqualTo("unverified");
        assertThat(mail(1).getSubject()).isEqualTo("Confirm this address for alerts of Plimsoll");
        assertThat(mail(1).getHeader("List-Unsubscribe")).isNull();
    }

    @Test
    void whoeverConfirmsInTheMailGetsAlerts() throws Exception {
        var registered = register();
        var link = link(text(mail(1)), "Confirm this address");

        anybody().post(link).then().statusCode(200).body(containsString("Confirmed"));
        anybody().post(link).then().statusCode(200).body(containsString("Alerts are sent to this address"));

        assertThat(state(registered)).isEqualTo("active");
        ada.asks().post("/channels/" + registered.path("id") + "/test").then().body("outcome", equalTo("delivered"));
        assertThat(mail(2).getSubject()).isEqualTo("Test of Plimsoll");
    }

    @Test
    void whoSignsUpWithAnAddressGetsAlertsThereOnceTheyConfirmed() throws Exception {
        var signedUp = given().basePath("/api/v1")
                .header("Authorization", "Bearer the-operators-own-key")
                .contentType("application/json")
                .body("{\"name\":\"Ada\",\"email\":\"" + address + "\"}")
                .post("/accounts");
        var link = link(text(mail(1)), "Confirm this address");
        var before = channel(signedUp);
        anybody().post(link).then().statusCode(200).body(containsString("Confirmed"));

        signedUp.then().statusCode(201).body("verification", containsString("A mail is on its way"));
        before.then()
                .body("id", equalTo(signedUp.path("emailChannel")))
                .body("name", equalTo("E-mail"))
                .body("address", equalTo("a…@example.org"))
                .body("state", equalTo("unverified"));
        channel(signedUp).then().body("state", equalTo("active"));
    }

    private static Response channel(Response signedUp) {
        return given().basePath("/api/v1")
                .header("Authorization", "Bearer " + signedUp.path("apiKey"))
                .get("/channels/" + signedUp.path("emailChannel"));
    }

    @Test
    void onlyTheLinkInTheLastMailConfirms() throws Exception {
        var registered = register();
        var first = link(text(mail(1)), "Confirm this address");
        ada.asks()
                .post("/channels/" + registered.path("id") + "/verification")
                .then()
                .statusCode(200);
        var last = link(text(mail(2)), "Confirm this address");

        anybody().post(first).then().statusCode(409).body("detail", containsString("a later mail was sent"));
        anybody()
                .accept("text/html,application/xhtml+xml,*/*;q=0.8")
                .post(first)
                .then()
                .statusCode(409)
                .contentType("text/html")
                .body(containsString("a later mail was sent"));
        assertThat(state(registered)).isEqualTo("unverified");
        anybody().post(last).then().statusCode(200);
        assertThat(state(registered)).isEqualTo("active");
    }

    @Test
    void theCodeInTheMailConfirmsAsWell() throws Exception {
        var registered = register();
        var code = Pattern.compile("The code is (\\S+?)\\.").matcher(text(mail(1)));
        assertThat(code.find()).isTrue();

        ada.sends("{\"code\":\"" + code.group(1) + "\"}")
                .post("/channels/" + registered.path("id") + "/verify")
                .then()
                .statusCode(200)
                .body("state", equalTo("active"));
    }

    @Test
    void anAlertIsOneThread() throws Throwable {
        active();
        var alert = AlertRows.write(engine, ada.account(), Ids.next(), "firing");
        tell(alert, 1, "alert.firing", "ETH loan");
        var first = mail(2);
        tell(alert, 2, "alert.worsened", "ETH loan");
        var second = mail(3);
        tell(alert, 3, "alert.resolved", "ETH loan");
        var third = mail(4);

        assertThat(List.of(first, second, third))
                .extracting(MimeMessage::getSubject)
                .containsOnly("ETH loan (warn me)");
        assertThat(first.getHeader("In-Reply-To")).isNull();
        assertThat(List.of(second, third)).allSatisfy(later -> {
            assertThat(later.getHeader("In-Reply-To")).containsExactly(first.getMessageID());
            assertThat(later.getHeader("References")).containsExactly(first.getMessageID());
        });
        assertThat(List.of(first, second, third))
                .extracting(MimeMessage::getMessageID)
                .doesNotHaveDuplicates();
        assertThat(text(second)).startsWith("Worse, critical: ETH loan (warn me)");
        assertThat(text(third)).startsWith("Resolved: ETH loan (warn me)");
    }

    @Test
    void aMailSaysThatAMachineWroteItAndWhatIsUrgent() throws Throwable {
        active();
        var alert = AlertRows.write(engine, ada.account(), Ids.next(), "firing");
        tell(alert, 1, "alert.firing", "ETH loan");

        var mail = mail(2);

        assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(mail.getHeader("X-Auto-Response-Suppress")).containsExactly("All");
        assertThat(mail.getHeader("Importance")).containsExactly("high");
        assertThat(mail.getMessageID()).matches("<[0-9a-f.-]+@plimsoll\\.example>");
        assertThat(mail.getSentDate()).isNotNull();
        var from = (InternetAddress) mail.getFrom()[0];
        assertThat(from.getAddress()).isEqualTo("alerts@plimsoll.example");
        assertThat(from.getPersonal()).isEqualTo("Plimsoll \"⚓\" Wacht");
    }

    @Test
    void anAlertIsAcknowledgedFromTheMail() throws Throwable {
        active();
        var alert = AlertRows.write(engine, ada.account(), Ids.next(), "firing");
        tell(alert, 1, "alert.firing", "ETH loan");

        anybody().post(link(text(mail(2)), "Acknowledge")).then().statusCode(200);

        assertThat(ada.asks().get("/alerts/" + alert).<String>path("acknowledgedAt"))
                .isNotNull();
    }

    @Test
    void oneClickUnsubscribesWithoutALogInAndALookDoesNot() throws Throwable {
        var registered = active();
        ada.asks().post("/channels/" + registered.path("id") + "/test");
        var mail = mail(2);
        var link = mail.getHeader("List-Unsubscribe")[0].replaceAll("[<>]", "");

        anybody()
                .get(URI.create(link).getPath())
                .then()
                .statusCode(200)
                .body(containsString("<button>Unsubscribe</button>"));
        assertThat(state(registered)).isEqualTo("active");
        anybody()
                .contentType("application/x-www-form-urlencoded")
                .body("List-Unsubscribe=One-Click")
                .post(URI.create(link).getPath())
                .then()
                .statusCode(200)
                .body(containsString("It was the last way to reach the owner"));

        assertThat(link).startsWith("https://plimsoll.example/api/v1/l/");
        assertThat(mail.getHeader("List-Unsubscribe-Post")).containsExactly("List-Unsubscribe=One-Click");
        ada.asks()
                .get("/channels/" + registered.path("id"))
                .then()
                .body("state", equalTo("disabled"))
                .body("disabledReason", containsString("unsubscribed"));
        anybody().get(URI.create(link).getPath()).then().statusCode(200).body(not(containsString("<button>")));
    }

    @Test
    void aMultipartPostUnsubscribesToo() throws Throwable {
        var registered = active();
        ada.asks().post("/channels/" + registered.path("id") + "/test");
        var link = mail(2).getHeader("List-Unsubscribe")[0].replaceAll("[<>]", "");

        anybody()
                .multiPart("List-Unsubscribe", "One-Click")
                .post(URI.create(link).getPath())
                .then()
                .statusCode(200);

        assertThat(state(registered)).isEqualTo("disabled");
    }

    @Test
    void whoeverUnsubscribesIsToldOnTheOtherChannels() throws Throwable {
        try (var hook = new Hook()) {
            ada.sends("{\"kind\":\"webhook\",\"name\":\"ops\",\"url\":\"" + hook.url() + "\"}")
                    .post("/channels")
                    .then()
                    .body("state", equalTo("active"));
            var registered = active();
            ada.asks().post("/channels/" + registered.path("id") + "/test");
            var link = mail(2).getHeader("List-Unsubscribe")[0].replaceAll("[<>]", "");

            anybody().post(URI.create(link).getPath()).then().statusCode(200).body(not(containsString("last way")));

            await().until(() -> !hook.received("channel.disabled").isEmpty());
            assertThat(hook.received("channel.disabled").getFirst().text()).contains("unsubscribed");
        }
    }

    @Test
    void anOldLinkEndsNothingThatGoesToANewAddress() throws Throwable {
        var registered = active();
        ada.asks().post("/channels/" + registered.path("id") + "/test");
        var link = mail(2).getHeader("List-Unsubscribe")[0].replaceAll("[<>]", "");
        var old = address;
        address = "new." + old;
        ada.sends("{\"address\":\"" + address + "\"}").patch("/channels/" + registered.path("id"));
        ada.asks().post("/channels/" + registered.path("id") + "/verification");
        anybody().post(link(text(mail(1)), "Confirm this address")).then().statusCode(200);

        anybody()
                .post(URI.create(link).getPath())
                .then()
                .statusCode(200)
                .body(containsString("Nothing is sent to this address"));

        assertThat(state(registered)).isEqualTo("active");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x\\r\\nBcc: eve@example.org",
                "ada@example.org\\r\\nBcc: eve@example.org",
                "ada@example.org, eve@example.org",
                "Ada <ada@example.org>",
                "ada@example.org (x)",
                "ada@[127.0.0.1]",
                "ada@localhost",
                "ada@127.0.0.1",
                "\\\"a b\\\"@example.org",
                "ада@example.org",
                "ada@straße.example",
                "ada@@example.org",
                "@example.org",
                "ada@exam\\u200bple.org"
            })
    void whatIsNoPlainAddressIsRefusedWithASentence(String written) {
        ada.sends("{\"kind\":\"email\",\"name\":\"me\",\"address\":\"" + written + "\"}")
                .post("/channels")
                .then()
                .statusCode(422)
                .body("errors[0].pointer", equalTo("/address"));
    }

    @Test
    void anAddressInAnotherScriptArrivesAndIsTheSameHoweverItIsWritten() throws Exception {
        var local = "ada." + ada.account();
        address = local + "@xn--bcher-kva.example";

        ada.sends("{\"kind\":\"email\",\"name\":\"me\",\"address\":\" " + local + "@BÜCHER.example \"}")
                .post("/channels")
                .then()
                .statusCode(201)
                .body("address", equalTo("a…@xn--bcher-kva.example"));

        assertThat(mail(1).getAllRecipients()).extracting(Object::toString).containsExactly(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x\r\nBcc: eve@example.org\r\n\r\nHello",
                "=?UTF-8?B?aGk=?= ETH",
                "🚢 قرض الإيثر הלוואה 👩‍👩‍👧",
                "<b>ETH</b> & <script>alert(1)</script> {mail.subject}",
                "\"quoted\" \\ back, comma; semi: colon @ at (brackets) ${x}",
                ".\r\n.\r\nMAIL FROM:<eve@example.org>",
                "a very long name of a position that somebody wrote down in full so that it needs more than one line of a header"
            })
    void namesArriveAsTheyWereWrittenAndNeverAsHeaders(String name) throws Throwable {
        active();
        var alert = AlertRows.write(engine, ada.account(), Ids.next(), "firing");
        tell(alert, 1, "alert.firing", name);

        var mail = mail(2);

        var oneLine = name.replaceAll("[\\r\\n]+", " ");
        assertThat(mail.getSubject()).isEqualTo(oneLine + " (warn me)");
        assertThat(mail.getHeader("Bcc")).isNull();
        assertThat(mail.getAllRecipients()).extracting(Object::toString).containsExactly(address);
        assertThat(text(mail).replace("\r\n", "\n")).contains(name.replace("\r\n", "\n"));
        assertThat(html(mail)).doesNotContain("<script", "<b>");
        assertThat(plain(html(mail)).replace("\r\n", "\n")).contains(name.replace("\r\n", "\n"));
    }

    @Test
    void aMailNeedsNothingFromElsewhere() throws Throwable {
        active();
        var alert = AlertRows.write(engine, ada.account(), Ids.next(), "firing");
        tell(alert, 1, "alert.firing", "ETH loan");

        assertThat(html(mail(2))).doesNotContain("<img", "<script", "src=", "@import", "url(", "<link");
    }

    private Response register() {
        var registered = ada.sends("{\"kind\":\"email\",\"name\":\"me\",\"address\":\"" + address + "\"}")
                .post("/channels");
        registered.then().statusCode(201);
        return registered;
    }

    private Response active() throws Exception {
        var registered = register();
        anybody().post(link(text(mail(1)), "Confirm this address")).then().statusCode(200);
        return registered;
    }

    private String state(Response registered) {
        return ada.asks().get("/channels/" + registered.path("id")).path("state");
    }

    private static RequestSpecification anybody() {
        return given();
    }

    /** The one of this number that arrived at the address. */
    private MimeMessage mail(int number) {
        await().until(() -> arrived().size() >= number);
        return arrived().get(number - 1);
    }

    private List<MimeMessage> arrived() {
        return Arrays.stream(mailbox.getReceivedMessages()).filter(this::isHere).toList();
    }

    private boolean isHere(MimeMessage mail) {
        try {
            return mail.getAllRecipients()[0].toString().equals(address);
        } catch (MessagingException e) {
            throw new AssertionError(e);
        }
    }

    static String text(MimeMessage mail) throws MessagingException, IOException {
        return part(mail, 0);
    }

    private static String html(MimeMessage mail) throws MessagingException, IOException {
        return part(mail, 1);
    }

    private static String part(MimeMessage mail, int number) throws MessagingException, IOException {
        var parts = (MimeMultipart) mail.getContent();
        assertThat(parts.getContentType()).startsWith("multipart/alternative");
        return (String) parts.getBodyPart(number).getContent();
    }

    private static String plain(String html) {
        return html.replaceAll("<[^>]*>", "")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&amp;", "&");
    }

    /** The path of a link in the text of a mail. */
    static String link(String text, String words) {
        return Optional.of(Pattern.compile(words + ": (https://\\S+)").matcher(text))
                .filter(Matcher::find)
                .map(found -> URI.create(found.group(1)).getPath())
                .orElseThrow(() -> new AssertionError("no link " + words + " in\n" + text));
    }

    private void tell(UUID alert, int sequence, String type, String position) throws Throwable {
        var data = new JsonObject()
                .put(
                        "alert",
                        new JsonObject()
                                .put("id", alert.toString())
                                .put(
                                        "subject",
                                        new JsonObject()
                                                .put("kind", "position")
                                                .put("id", Ids.next().toString()))
                                .put("episode", 1)
                                .put("sequence", sequence)
                                .put("reason", "crossed")
                                .put("startedAt", Instant.now().toString()))
                .put("rule", new JsonObject().put("id", Ids.next().toString()).put("name", "warn me"))
                .put(
                        "position",
                        new JsonObject().put("id", Ids.next().toString()).put("name", position))
                .put("text", position + " is near.");
        var notice = new Notice(
                Ids.next(),
                ada.account(),
                Optional.of(alert),
                Optional.of(sequence),
                type,
                Severity.CRITICAL,
                Instant.now(),
                Optional.empty(),
                data.encode(),
                position + " is near.");
        subscribeAndAwait(() -> engine.withTransaction(tx -> outbox.put(tx, List.of(notice))));
    }
}
