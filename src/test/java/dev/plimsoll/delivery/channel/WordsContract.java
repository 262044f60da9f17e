package dev.plimsoll.delivery.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.delivery.Channel;
import dev.plimsoll.delivery.Receiver;
import dev.plimsoll.wire.FreePort;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every channel keeps to when it gives a message its form. */
abstract class WordsContract {
    static final String TOKEN = "T0KENof7heReceiver";

    abstract Channel channel();

    /** One that leads to this server, with {@link #TOKEN} as a secret in its address. */
    abstract Receiver receiver(int port);

    /** All that a person or program finds in such a body, as its receiver makes it out: unescaped, markup gone. */
    String shown(String body) {
        return Texts.of(new JsonObject(body));
    }

    /** Fails for what the receiver would refuse as too long. */
    void assertFits(String body) {
        assertThat(body.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(20_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!channel> & <b>bold</b> &amp;",
                "@everyone @here <@123> <#4>",
                "*bold* _italic_ ~gone~ `code` ```block``` ||spoiler||",
                "- # > [click](http://evil.example) ![x](y)",
                "\"quoted\" \\ back \\* ${jndi:ldap://x} %s {{x}}",
                "🚢 قرض الإيثر הלוואה 👩‍👩‍👧"
            })
    void whatUsersWriteIsShownAsTheyWroteIt(String name) {
        var receiver = receiver(FreePort.next());

        var body = channel().body(receiver, Messages.named(name));

        assertThat(shown(body)).contains(name);
        assertThat(body).doesNotContain(TOKEN);
    }

    @Test
    void theLongestMessageFits() {
        var receiver = receiver(FreePort.next());

        assertFits(channel().body(receiver, Messages.longest()));
    }

    @Test
    void everyEventCanBeTold() {
        var receiver = receiver(FreePort.next());

        assertThat(Messages.ofEveryType())
                .allSatisfy(message -> assertFits(channel().body(receiver, message)));
    }
}
