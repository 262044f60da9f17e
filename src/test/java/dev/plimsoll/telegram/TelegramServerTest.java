package dev.plimsoll.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The server is as strict as Telegram: what it lets through, Telegram does. */
class TelegramServerTest {
    private final HttpClient client = HttpClient.newHttpClient();
    private TelegramServer telegram;
    private TelegramUser ada;

    @BeforeEach
    void start() {
        telegram = TelegramServer.withoutLimits();
        ada = telegram.person("Ada");
        ada.writes("/start");
    }

    @AfterEach
    void stop() {
        telegram.close();
        client.close();
    }

    private JsonObject call(String method, JsonObject body) throws IOException, InterruptedException {
        return call(TelegramServer.TOKEN, method, body);
    }

    private JsonObject call(String token, String method, JsonObject body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(telegram.url() + "/bot" + token + "/" + method))
                .POST(HttpRequest.BodyPublishers.ofString(body.encode()))
                .build();
        var answer = client.send(request, BodyHandlers.ofString());
        var json = new JsonObject(answer.body());
        assertThat(answer.statusCode()).isEqualTo(json.getInteger("error_code", 200));
        return json;
    }

    private String refusal(JsonObject message) throws IOException, InterruptedException {
        return call("sendMessage", message.put("chat_id", ada.id())).getString("description");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            <b>open                | Can't find end tag corresponding to start tag "b"
            <x>what</x>            | Unsupported start tag "x" at byte offset 0
            é<script>              | Unsupported start tag "script" at byte offset 2
            <b><i>a</b></i>        | Unmatched end tag at byte offset 7, expected "</i>", found "</b>"
            a</b>                  | Unexpected end tag at byte offset 1
            1 < 2                  | Unclosed start tag at byte offset 2
            """)
    void markupThatIsWrongIsRefused(String html, String why) throws IOException, InterruptedException {
        assertThat(refusal(new JsonObject().put("text", html).put("parse_mode", "HTML")))
                .isEqualTo("Bad Request: can't parse entities: " + why);
    }

    @Test
    void markupThatIsRightReadsWithoutIt() {
        assertThat(Read.html("<b>a</b> &lt;b&gt; &amp;amp; &copy; &#128640; <a href=\"https://x.example\">x</a>"))
                .isEqualTo("a <b> &amp; &copy; 🚀 x");
    }

    @Test
    void aMessageHasFrom1To4096UnitsOfText() throws IOException, InterruptedException {
        assertThat(refusal(new JsonObject().put("text", " \n"))).isEqualTo("Bad Request: message text is empty");
        assertThat(refusal(new JsonObject().put("text", "🦀".repeat(2_049))))
                .isEqualTo("Bad Request: message is too long");
        assertThat(refusal(new JsonObject()
                        .put("text", "<b>" + "🦀".repeat(2_048) + "</b>")
                        .put("parse_mode", "HTML")))
                .isNull();
    }

    @Test
    void aButtonSaysFrom1To64Bytes() throws IOException, InterruptedException {
        assertThat(refusal(withButton("x".repeat(65)))).isEqualTo("Bad Request: BUTTON_DATA_INVALID");
        assertThat(refusal(withButton(""))).isEqualTo("Bad Request: BUTTON_DATA_INVALID");
        assertThat(refusal(withButton("é".repeat(32)))).isNull();
    }

    private static JsonObject withButton(String data) {
        return new JsonObject("""
                {"text":"a","reply_markup":{"inline_keyboard":[[{"text":"press","callback_data":"%s"}]]}}""".formatted(data));
    }

    @Test
    void aReplyToNothingIsRefusedUnlessItMayBe() throws IOException, InterruptedException {
        assertThat(refusal(new JsonObject("{\"text\":\"a\",\"reply_parameters\":{\"message_id\":99}}")))
                .isEqualTo("Bad Request: message to be replied not found");
        assertThat(
                        refusal(
                                new JsonObject(
                                        "{\"text\":\"a\",\"reply_parameters\":{\"message_id\":99,\"allow_sending_without_reply\":true}}")))
                .isNull();
    }

    @Test
    void nobodyElsesTokenIsKnown() throws IOException, InterruptedException {
        assertThat(call("1:other", "getMe", new JsonObject()).getInteger("error_code"))
                .isEqualTo(401);
        assertThat(call("sendPigeon", new JsonObject()).getInteger("error_code"))
                .isEqualTo(404);
    }

    @Test
    void whatTheBotAskedForNextIsAllThatIsLeft() throws IOException, InterruptedException {
        ada.writes("two");
        var first = call("getUpdates", new JsonObject()).getJsonArray("result");
        var next = first.getJsonObject(0).getLong("update_id") + 1;

        var second = call("getUpdates", new JsonObject().put("offset", next)).getJsonArray("result");

        assertThat(first).hasSize(2);
        assertThat(second).hasSize(1);
        assertThat(telegram.waitingUpdates()).isEqualTo(1);
    }

    @Test
    void whoTalksToTheBotInAGroupSaysSo() throws IOException, InterruptedException {
        var group = telegram.group("Desk", ada);
        call("sendMessage", new JsonObject().put("chat_id", group.id()).put("text", "amount?"));
        var before = telegram.waitingUpdates();

        group.hears(ada, "just talking");
        assertThat(telegram.waitingUpdates()).isEqualTo(before);

        group.hears(ada, "/status@plimsoll_test_bot");
        group.hears(ada, group.heard().getLast(), "5");
        assertThat(telegram.waitingUpdates()).isEqualTo(before + 2);
    }

    @Test
    void aChatTakesAShortBurstAGroupTwentyAMinuteAndAllThirtyASecond() {
        var nanos = new AtomicLong();
        var limits = new ServerLimits(nanos::get);

        assertThat(taken(limits, 10, turn -> 5)).isEqualTo(3);
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(60));
        assertThat(taken(limits, 40, turn -> 100 + turn)).isEqualTo(30);
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(60));
        var inAMinute = IntStream.range(0, 60)
                .filter(second -> {
                    nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(990));
                    return limits.refuse(-7).isEmpty();
                })
                .count();
        assertThat(inAMinute).isEqualTo(20);
    }

    private static long taken(ServerLimits limits, int calls, IntUnaryOperator chat) {
        return IntStream.range(0, calls)
                .filter(turn -> limits.refuse(chat.applyAsInt(turn)).isEmpty())
                .count();
    }

    @Test
    void tooMuchIsAnsweredWithAPause() throws IOException, InterruptedException {
        try (var strict = TelegramServer.start()) {
            var bob = strict.person("Bob");
            var group = strict.group("Desk", bob);
            var request = HttpRequest.newBuilder(
                            URI.create(strict.url() + "/bot" + TelegramServer.TOKEN + "/sendMessage"))
                    .POST(HttpRequest.BodyPublishers.ofString(new JsonObject()
                            .put("chat_id", group.id())
                            .put("text", "x")
                            .encode()))
                    .build();
            var answer = client.send(request, BodyHandlers.ofString());
            while (answer.statusCode() == 200) {
                answer = client.send(request, BodyHandlers.ofString());
            }

            assertThat(answer.statusCode()).isEqualTo(429);
            var pause =
                    new JsonObject(answer.body()).getJsonObject("parameters").getInteger("retry_after");
            assertThat(pause).isPositive();
            assertThat(answer.headers().firstValue("Retry-After")).contains(pause.toString());
        }
    }

    @Test
    void aButtonThatIsNotThereCannotBePressed() throws IOException, InterruptedException {
        call("sendMessage", withButton("a").put("chat_id", ada.id()));

        assertThatThrownBy(() -> ada.presses(ada.sees().getLast(), "other")).hasMessageContaining("no button");
    }
}
