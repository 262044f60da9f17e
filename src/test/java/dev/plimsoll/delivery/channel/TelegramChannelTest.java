package dev.plimsoll.delivery.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.api.SparingProfile;
import dev.plimsoll.delivery.Channel;
import dev.plimsoll.delivery.Channel.Parcel;
import dev.plimsoll.delivery.ChannelMoves;
import dev.plimsoll.delivery.Message;
import dev.plimsoll.delivery.Outcome;
import dev.plimsoll.delivery.Outcome.Delivered;
import dev.plimsoll.delivery.Outcome.Refused;
import dev.plimsoll.delivery.Outcome.Retry;
import dev.plimsoll.delivery.Receiver;
import dev.plimsoll.delivery.Threads;
import dev.plimsoll.delivery.channel.LocalService.Answer;
import dev.plimsoll.delivery.telegram.ChatAddress;
import dev.plimsoll.delivery.telegram.ChatAddress.Kind;
import dev.plimsoll.delivery.telegram.GaugeBoard;
import dev.plimsoll.delivery.telegram.RichText;
import dev.plimsoll.delivery.telegram.Story;
import dev.plimsoll.delivery.telegram.Telegrams;
import dev.plimsoll.delivery.telegram.Told;
import dev.plimsoll.telegram.Shown;
import dev.plimsoll.telegram.TelegramServer;
import dev.plimsoll.telegram.TelegramUser;
import dev.plimsoll.unit.Ids;
import dev.plimsoll.wire.RawServer;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Telegram says with JSON, not with the status, what became of a message. */
@QuarkusTest
@TestProfile(SparingProfile.class)
class TelegramChannelTest extends ChannelContract {
    private static final long CHAT = 815_001_234_567L;
    private static final String BOT_TOKEN = "7000000001:" + TOKEN + "0123456789abcdefg";
    private static final String TAKEN = "{\"ok\":true,\"result\":{\"message_id\":7}}";
    private static final Message FIRING = Messages.critical(Ids.next(), "alert.firing");

    @Inject
    Telegrams telegrams;

    @Inject
    Threads threads;

    @Inject
    ChannelMoves moves;

    @Inject
    GaugeBoard gauges;

    private Channel telegram;

    /** What Telegram asks of one bot holds for no other. */
    private static int bots = 100;

    @BeforeEach
    @AfterEach
    void nobodyWaits() {
        telegrams.forgetLimits();
    }

    @Override
    Channel channel() {
        return telegram;
    }

    @Override
    Receiver receiver(int port) {
        telegram = channel(URI.create("http://127.0.0.1:" + port), BOT_TOKEN + bots++);
        return receiver(new ChatAddress(CHAT, Optional.empty(), Kind.PRIVATE, "Ada"));
    }

    private Channel channel(URI url, String token) {
        return new TelegramChannel(telegrams.bot(url, token), threads, moves, gauges, Duration.ofSeconds(3));
    }

    private static Receiver receiver(ChatAddress chat) {
        return new Receiver(Ids.next(), Ids.next(), "telegram", chat.settings(), List.of());
    }

    @Override
    List<Answer> lost() {
        return List.of(
                refusal(403, "Forbidden: bot was blocked by the user"),
                refusal(403, "Forbidden: user is deactivated"),
                refusal(403, "Forbidden: bot was kicked from the supergroup chat"),
                refusal(400, "Bad Request: chat not found"),
                refusal(400, "Bad Request: message thread not found"));
    }

    @Override
    List<Answer> refused() {
        return List.of(
                refusal(400, "Bad Request: message is too long"), refusal(400, "Bad Request: message text is empty"));
    }

    @Override
    String shown(String body) {
        return Told.of(body).text().plain();
    }

    @Override
    void assertFits(String body) {
        super.assertFits(body);
        assertThat(Story.of(List.of(Told.of(body)))
                        .text()
                        .cut(RichText.MAX_LENGTH)
                        .length())
                .isBetween(1, RichText.MAX_LENGTH);
    }

    @Override
    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 204})
    void a2xxIsDelivered(int status) {
        assertThat(answered(status, status == 204 ? "" : TAKEN))
                .isInstanceOf(status == 204 ? Retry.class : Delivered.class);
    }

    @Override
    @ParameterizedTest
    @ValueSource(ints = {400, 422, 500, 502, 503, 504, 599})
    void any4xxAnd5xxIsTriedAgain(int status) {
        assertThat(answered(status, "{}")).isInstanceOf(status == 400 ? Refused.class : Retry.class);
        assertThat(answered(status, "<html>")).isInstanceOf(Retry.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 404})
    void aBotThatTelegramDoesNotKnowIsTheOperatorsFaultAndNotTheUsers(int status) {
        var outcome = answered(status, "{\"ok\":false,\"error_code\":" + status + ",\"description\":\"Unauthorized\"}");

        assertThat(outcome).isInstanceOf(Retry.class);
        assertThat(outcome.why()).contains("plimsoll.delivery.telegram.token");
    }

    @Override
    @ParameterizedTest
    @ValueSource(ints = {429})
    void retryAfterIsHonouredWithinItsBounds(int status) {
        assertThat(pause(status, 90)).contains(Duration.ofSeconds(90));
        nobodyWaits();
        assertThat(pause(status, 999_999)).contains(Duration.ofHours(1));
        nobodyWaits();
        assertThat(pause(status, -7)).contains(Duration.ofSeconds(1));
    }

    @Override
    @Test
    void gone410IsForGood() {
        assertThat(answered(410, "{\"ok\":false}")).isInstanceOf(Retry.class);
    }

    @Override
    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void aRedirectIsAFailureAndIsNotFollowed(int status) {
        try (var inner = RawServer.saying("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")) {
            var location = "Location: http://127.0.0.1:" + inner.port() + "/\r\nContent-Length: 0\r\n";
            try (var server = RawServer.saying("HTTP/1.1 " + status + " Said\r\n" + location + "\r\n")) {
                assertThat(tell(receiver(server.port()), FIRING)).isInstanceOf(Retry.class);
            }
            assertThat(inner.connections()).isZero();
        }
    }

    @Override
    @Test
    void aReceiverThatHangsDribblesOrAlwaysSaysToGoOnIsTriedAgain() {
        try (var hangs = new RawServer(out -> Thread.sleep(60_000))) {
            assertThat(tell(receiver(hangs.port()), FIRING))
                    .isEqualTo(new Retry(Optional.empty(), "no complete answer within 3000 ms", Optional.empty()));
        }
    }

    @Override
    @Test
    void aHugeAnswerCountsByItsStatus() {
        try (var server = RawServer.saying("HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\n" + TAKEN)) {
            assertThat(tell(receiver(server.port()), FIRING)).isInstanceOf(Retry.class);
        }
    }

    @Override
    @ParameterizedTest
    @ValueSource(strings = {"{", "null", "[[[[[[", "{\"parameters\":1e999999999}", "<html>&"})
    void aGarbageBodyChangesNothing(String garbage) {
        assertThat(answered(429, garbage)).isInstanceOf(Retry.class);
        assertThat(answered(500, garbage)).isInstanceOf(Retry.class);
    }

    @Test
    void whereTheMarkupCannotBeReadItIsSaidWithout() {
        try (var server = TelegramServer.withoutLimits()) {
            var ada = server.person("Ada");
            ada.writes("/start");
            telegram = channel(URI.create(server.url()), TelegramServer.TOKEN);

            assertThat(tell(to(ada), Messages.named("<b>*_[`"))).isInstanceOf(Delivered.class);

            assertThat(ada.heard().getLast().text()).contains("<b>*_[` is at health factor 1.08.");
        }
    }

    @Test
    void whatToDoIsReadAtOnceAndTheFiguresAreFoldedBelow() {
        try (var server = TelegramServer.withoutLimits()) {
            var ada = server.person("Ada");
            ada.writes("/start");
            telegram = channel(URI.create(server.url()), TelegramServer.TOKEN);

            tell(to(ada), FIRING);

            var heard = ada.heard().getLast();
            assertThat(heard.text())
                    .isEqualTo("🔴 Critical: ETH loan (warn me)\n"
                            + "ETH loan is at health factor 1.08. Liquidation costs 500 USD.\n"
                            + "Repay 3,604 USDC.\n"
                            + "Health factor: 1.08");
            assertThat(heard.isFolded("Health factor: 1.08")).isTrue();
            assertThat(heard.isFolded("Repay")).isFalse();
            assertThat(heard.isBold("Repay 3,604 USDC.")).isTrue();
        }
    }

    @Test
    void goodNewsMakesNoSoundInQuietHoursByTheClockOnTheOwnersWall() {
        var resolved = Messages.critical(Ids.next(), "alert.resolved");
        var data = new JsonObject(resolved.data());
        data.getJsonObject("rule")
                .put("quietHours", new JsonObject().put("from", "11:00").put("to", "12:00"));
        var quiet = new Message(
                resolved.delivery(), resolved.type(), resolved.severity(), resolved.at(), data.encode(), List.of());
        telegram = channel(URI.create("http://127.0.0.1:1"), BOT_TOKEN);
        var here = receiver(new ChatAddress(5, Optional.empty(), Kind.PRIVATE, "Ada"));
        var berlin = new Receiver(
                here.channel(),
                here.account(),
                here.kind(),
                here.settings(),
                List.of(),
                ZoneId.of("Europe/Berlin"),
                Optional.empty());

        assertThat(Told.of(telegram.body(berlin, quiet)).quiet()).isTrue();
        assertThat(Told.of(telegram.body(here, quiet)).quiet()).isFalse();
        assertThat(Told.of(telegram.body(berlin, FIRING)).quiet()).isFalse();
    }

    @Test
    void othersInAGroupSeeNoWholeAddress() {
        var group = receiver(new ChatAddress(-5, Optional.empty(), Kind.GROUP, "Treasury"));
        var own = receiver(new ChatAddress(5, Optional.empty(), Kind.PRIVATE, "Ada"));
        var address = "0xd8dA6BF26964aF9D7eEd9e03E53415D37aA96045";
        telegram = channel(URI.create("http://127.0.0.1:1"), BOT_TOKEN);

        assertThat(telegram.body(group, Messages.named(address)))
                .contains("0xd8dA…6045")
                .doesNotContain(address);
        assertThat(telegram.body(own, Messages.named(address))).contains(address);
    }

    @Test
    void tenThousandStrangeNamesAllArriveAsTheyWereWritten() {
        try (var server = TelegramServer.withoutLimits()) {
            var ada = server.person("Ada");
            ada.writes("/start");
            telegram = channel(URI.create(server.url()), TelegramServer.TOKEN);
            var names = Names.random(10_000);

            for (var from = 0; from < names.size(); from += TOGETHER) {
                tell(to(ada), names.subList(from, from + TOGETHER));
            }

            var heard = ada.heard().stream().map(Shown::text).collect(Collectors.joining("\n"));
            var lines = heard.lines().collect(Collectors.toSet());
            assertThat(names.stream().filter(name -> !lines.contains(line(name))))
                    .isEmpty();
        }
    }

    private static String line(String name) {
        return "🔴 Critical: " + name + " (warn me) " + name + " is at health factor 1.08.";
    }

    private static final int TOGETHER = 20;

    private void tell(Receiver to, List<String> names) {
        var parcels = names.stream()
                .map(name -> new Parcel(Ids.next(), Instant.now(), telegram.body(to, Messages.named(name))))
                .toList();
        var outcome = telegram.send(to, parcels).await().atMost(Duration.ofSeconds(60));
        assertThat(outcome).isInstanceOf(Delivered.class);
    }

    private static Receiver to(TelegramUser person) {
        return receiver(new ChatAddress(person.id(), Optional.empty(), Kind.PRIVATE, "Ada"));
    }

    private Optional<Duration> pause(int status, int seconds) {
        var body = "{\"ok\":false,\"error_code\":429,\"description\":\"Too Many Requests: retry after " + seconds
                + "\",\"parameters\":{\"retry_after\":" + seconds + "}}";
        return ((Retry) answered(status, body)).notBefore();
    }

    private Outcome answered(int status, String body) {
        var length = body.getBytes(StandardCharsets.UTF_8).length;
        try (var server =
                RawServer.saying("HTTP/1.1 " + status + " Said\r\nContent-Length: " + length + "\r\n\r\n" + body)) {
            return tell(receiver(server.port()), FIRING);
        }
    }

    private Outcome tell(Receiver to, Message message) {
        var parcel = new Parcel(message.delivery(), Instant.now(), telegram.body(to, message));
        return telegram.send(to, parcel).await().atMost(Duration.ofSeconds(60));
    }

    private static Answer refusal(int status, String description) {
        return new Answer(
                status,
                Map.of(),
                "{\"ok\":false,\"error_code\":" + status + ",\"description\":\"" + description + "\"}");
    }

    /** What people call their loans. */
    private static final class Names {
        private static final List<String> PARTS = List.of(
                "<b>",
                "</b>",
                "&amp;",
                "&",
                "<",
                ">",
                "\"",
                "_",
                "*",
                "[",
                "](x)",
                "`",
                "~",
                "|",
                "\\",
                "🚢",
                "👩‍👩‍👧",
                "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
                "קרן",
                "قرض",
                "\u200b",
                "\u200d",
                "𝔘",
                "𠜎",
                "é",
                "ß",
                "A",
                "7",
                " ",
                "%s",
                "${x}",
                "@everyone",
                "/start");

        private Names() {}

        static List<String> random(int count) {
            var random = new Random(20_261_121);
            return IntStream.range(0, count).mapToObj(i -> name(random)).toList();
        }

        private static String name(Random random) {
            var parts = new ArrayList<String>();
            parts.add("x");
            for (var i = random.nextInt(1, 7); i > 0; i--) {
                parts.add(PARTS.get(random.nextInt(PARTS.size())));
            }
            parts.add("y");
            return String.join("", parts);
        }
    }
}
