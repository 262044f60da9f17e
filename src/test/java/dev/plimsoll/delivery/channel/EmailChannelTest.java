package dev.plimsoll.delivery.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.api.SparingProfile;
import dev.plimsoll.delivery.Channel;
import dev.plimsoll.delivery.Message;
import dev.plimsoll.delivery.Receiver;
import dev.plimsoll.delivery.Settings;
import dev.plimsoll.delivery.mail.Letter;
import dev.plimsoll.rule.Severity;
import dev.plimsoll.unit.Ids;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The words of mails; how they are sent is in {@code PostmanTest}, how they are read in {@code EmailTest}. */
@QuarkusTest
@TestProfile(SparingProfile.class)
class EmailChannelTest extends WordsContract {
    private static final int MAX_BYTES = 100_000; // Gmail cuts off what is longer

    @Inject
    EmailChannel email;

    @Override
    Channel channel() {
        return email;
    }

    @Override
    Receiver receiver(int port) {
        return new Receiver(
                Ids.next(), Ids.next(), "email", new Settings(Map.of("address", TOKEN + "@example.org")), List.of());
    }

    /** Of the text; in the HTML the same must stand. */
    @Override
    String shown(String body) {
        var letter = Letter.of(body);
        assertThat(seen(letter.html()))
                .contains(letter.text().lines().findFirst().orElseThrow());
        return letter.text();
    }

    private static String seen(String html) {
        return html.replaceAll("<[^>]*>", "")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&amp;", "&");
    }

    @Override
    void assertFits(String body) {
        assertThat(Letter.of(body).html().getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(MAX_BYTES);
    }

    @Test
    void theTextReadsAsALetter() {
        var letter = letter(Messages.critical(Ids.next(), "alert.firing"));

        assertThat(letter.subject()).isEqualTo("ETH loan (warn me)");
        assertThat(letter.text()).isEqualTo("""
                        Critical: ETH loan (warn me)

                        ETH loan is at health factor 1.08.

                        Liquidation costs 500 USD.

                        What to do: Repay 3,604 USDC.

                        Health factor: 1.08

                        --\s
                        Plimsoll warns people before their leveraged positions are liquidated.
                        """);
    }

    @Test
    void everyMailOfAnAlertNamesTheFirstOne() {
        var to = receiver(1);
        var alert = Ids.next();
        var first = Letter.of(email.body(to, Messages.critical(alert, "alert.firing")));
        var later = Letter.of(email.body(to, Messages.critical(alert, "alert.repeated")));
        var elsewhere = Letter.of(email.body(receiver(1), Messages.critical(alert, "alert.firing")));

        assertThat(later.thread()).contains(first.messageId());
        assertThat(later.messageId()).isNotEqualTo(first.messageId());
        assertThat(elsewhere.messageId()).isNotEqualTo(first.messageId());
    }

    @Test
    void onlyWhatIsCriticalNewsIsUrgent() {
        var alert = Ids.next();

        assertThat(letter(Messages.critical(alert, "alert.worsened")).urgent()).isTrue();
        assertThat(letter(Messages.critical(alert, "alert.resolved")).urgent()).isFalse();
        assertThat(letter(Messages.of(alert, "alert.firing", Severity.WARNING, "It is near."))
                        .urgent())
                .isFalse();
    }

    @Test
    void whereNobodyCanReachUsTheCodeConfirmsAndThereIsNothingToClick() {
        var data = new JsonObject().put("code", "c0de").put("text", "Post the code to /verify.");

        var letter = letter(Messages.plain("channel.verification", Severity.INFO, data));

        assertThat(letter.text())
                .contains("The code is c0de. Post the code to /verify.")
                .doesNotContain("http");
        assertThat(letter.html()).contains("The code is c0de.").doesNotContain("<a ");
    }

    private Letter letter(Message message) {
        return Letter.of(email.body(receiver(1), message));
    }
}
