package dev.plimsoll.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.plimsoll.pipeline.DrillFixture;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Another person's mailbox, from the question whether they agree until they leave. */
@QuarkusTest
@TestProfile(PagersProfile.class)
class BuddyByMailTest {
    @Inject
    @ReactiveDataSource("engine")
    Pool engine;

    @Inject
    DrillFixture drills;

    private GreenMail mailbox;
    private Hook own;
    private Customer ada;
    private String address;

    @BeforeEach
    void adaIsToldByAProgram() throws Throwable {
        mailbox = new GreenMail(new ServerSetup(PagersProfile.MAIL, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mailbox.start();
        own = new Hook();
        ada = Customer.signUp(engine);
        address = "bob." + ada.account() + "@example.org";
        created("/channels", "{\"kind\":\"webhook\",\"name\":\"ops\",\"url\":\"" + own.url() + "\"}");
    }

    @AfterEach
    void close() {
        mailbox.stop();
        own.close();
    }

    @Test
    void theyReadWhatIsAskedAndAgreeByTheLink() throws Exception {
        var bobs = invited();
        var question = EmailTest.text(mail(1));
        var link = EmailTest.link(question, "Confirm this address");

        given().get(link).then().statusCode(200).body(containsString("Ada asks you, Bob, to be their buddy"));
        var before = state(bobs);
        given().post(link).then().statusCode(200).body(containsString("Thank you."));

        assertThat(question)
                .contains("Ada asks you, Bob, to be their buddy: whom we tell when an alert of theirs has rung")
                .contains("leave at any time");
        assertThat(before).as("to look agrees to nothing").isEqualTo("unverified");
        assertThat(state(bobs)).isEqualTo("active");
    }

    @Test
    void aDrillReachesThemLastAndTheyAcknowledgeItAndLeaveByLinks() throws Exception {
        var bobs = invited();
        given().post(EmailTest.link(EmailTest.text(mail(1)), "Confirm this address"))
                .then()
                .statusCode(200);
        var drill = drillReaches(bobs);
        var rung = EmailTest.text(mail(2));

        given().post(EmailTest.link(rung, "Acknowledge")).then().statusCode(200);
        drills.round();
        var over = EmailTest.text(mail(3));
        given().post(EmailTest.link(rung, "To leave").replaceFirst("\\.$", ""))
                .then()
                .statusCode(200)
                .body(containsString("You have left."));

        assertThat(rung).contains("This is a drill, and nothing is wrong").doesNotContain("Snooze");
        ada.asks().get("/drills/" + drill).then().body("state", equalTo("acknowledged"));
        assertThat(over).contains("The wake-up drill of Ada is over; nothing was wrong. Thank you.");
        assertThat(state(bobs)).isEqualTo("disabled");
        await().until(() -> !own.received("channel.disabled").isEmpty());
        assertThat(own.received("channel.disabled").getFirst().text()).contains("Bob does not want to be your buddy");
    }

    private String drillReaches(String bobs) {
        created("/rules", """
                {"name":"low","escalation":[{"after":"PT5M","channels":["%s"]}],
                 "condition":{"type":"health-factor"},"levels":[{"severity":"critical","below":"1.05"}]}""".formatted(bobs));
        var drill = created("/drills", "{}");
        drills.round();
        await().until(() -> !own.received("drill.firing").isEmpty());
        drills.passes(Duration.ofMinutes(5));
        drills.round();
        return drill;
    }

    private String invited() {
        return created(
                "/channels",
                "{\"kind\":\"email\",\"name\":\"Bob's\",\"address\":\"" + address + "\",\"buddy\":{\"name\":\"Bob\"}}");
    }

    private String created(String path, String body) {
        return ada.sends(body).post(path).then().statusCode(201).extract().path("id");
    }

    private String state(String channel) {
        return ada.asks().get("/channels/" + channel).path("state");
    }

    /** The one of this number that arrived at Bob's. */
    private MimeMessage mail(int number) {
        await().until(() -> arrived().size() >= number);
        return arrived().get(number - 1);
    }

    private List<MimeMessage> arrived() {
        return Arrays.stream(mailbox.getReceivedMessages())
                .filter(mail -> address.equals(to(mail)))
                .toList();
    }

    private static String to(MimeMessage mail) {
        try {
            return mail.getRecipients(RecipientType.TO)[0].toString();
        } catch (MessagingException e) {
            throw new AssertionError(e);
        }
    }
}
