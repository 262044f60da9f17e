package dev.plimsoll.delivery.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.delivery.telegram.Answer.Done;
import dev.plimsoll.delivery.telegram.Answer.Failed;
import dev.plimsoll.delivery.telegram.Answer.Later;
import dev.plimsoll.delivery.telegram.Answer.Misconfigured;
import dev.plimsoll.delivery.telegram.Answer.Missing;
import dev.plimsoll.delivery.telegram.Answer.Moved;
import dev.plimsoll.delivery.telegram.Answer.Refused;
import dev.plimsoll.delivery.telegram.Answer.Unchanged;
import dev.plimsoll.delivery.telegram.Answer.Unreachable;
import dev.plimsoll.delivery.telegram.CallbackData.Acknowledge;
import dev.plimsoll.delivery.telegram.Keyboard.Press;
import dev.plimsoll.telegram.TelegramServer;
import dev.plimsoll.telegram.TelegramUser;
import dev.plimsoll.unit.Ids;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class BotApiTest {
    @Inject
    Telegrams telegrams;

    private TelegramServer telegram;
    private BotApi bot;
    private TelegramUser ada;

    @BeforeEach
    void start() {
        telegram = TelegramServer.withoutLimits();
        bot = telegrams.bot(telegram);
        ada = telegram.person("Ada");
        ada.writes("/start");
    }

    @AfterEach
    void stop() {
        telegram.close();
    }

    private static <T> T now(Uni<T> work) {
        return work.await().atMost(Duration.ofSeconds(60));
    }

    private Place hers() {
        return Place.chat(ada.id());
    }

    private long sent(Post post) {
        assertThat(now(bot.send(post))).isInstanceOf(Done.class);
        return ada.sees().getLast().id();
    }

    @Test
    void aMessageReadsAsItWasWritten() {
        var text = RichText.bold("ETH <loan> & _*[co]").plus(" is at 1.05, \"quoted\" 🦀");

        now(bot.send(Post.of(hers(), text)));

        assertThat(ada.sees().getLast().text()).isEqualTo("ETH <loan> & _*[co] is at 1.05, \"quoted\" 🦀");
        assertThat(ada.sees().getLast().isBold("ETH <loan> & _*[co]")).isTrue();
    }

    @Test
    void whatCannotBeReadAsMarkupIsSentAsItIs() {
        telegram.fails("sendMessage", 400, "Bad Request: can't parse entities: Unsupported start tag \"x\"");

        var answer = now(bot.send(Post.of(hers(), RichText.bold("Ada & Bob"))));

        assertThat(answer).isInstanceOf(Refused.class);
        assertThat(telegram.calls("sendMessage"))
                .extracting(call -> call.body().getString("text"))
                .containsExactly("<b>Ada &amp; Bob</b>", "Ada & Bob");
        assertThat(telegram.calls("sendMessage").getLast().body().containsKey("parse_mode"))
                .isFalse();
    }

    @Test
    void aMessageIsChangedWithItsButtonsAndOnceIsEnough() {
        var alert = Ids.next();
        var buttons = Keyboard.row(new Press("Acknowledge", new Acknowledge(alert)));
        var message = sent(Post.of(hers(), RichText.plain("1.09")).with(buttons));

        var changed = now(bot.edit(message, Post.of(hers(), RichText.plain("1.04"))));
        var again = now(bot.edit(message, Post.of(hers(), RichText.plain("1.04"))));

        assertThat(changed).isEqualTo(new Done<>(message));
        assertThat(again).isEqualTo(new Unchanged<>());
        assertThat(ada.sees().getLast().text()).isEqualTo("1.04");
        assertThat(ada.sees().getLast().labels()).isEmpty();
    }

    @Test
    void aReplyToWhatIsGoneIsSentAllTheSame() {
        var message = sent(Post.of(hers(), RichText.plain("fired")));
        now(bot.delete(hers(), message, Precedence.USUAL));

        var answer = now(bot.send(Post.of(hers(), RichText.plain("resolved")).inReplyTo(message)));

        assertThat(answer).isInstanceOf(Done.class);
        assertThat(now(bot.edit(message, Post.of(hers(), RichText.plain("x"))))).isInstanceOf(Missing.class);
        assertThat(now(bot.pin(hers(), message, Precedence.LAST))).isInstanceOf(Missing.class);
    }

    @Test
    void aGaugeIsPinnedWithoutASound() {
        var gauge = sent(Post.of(hers(), RichText.plain("lowest 1.42")).silently());

        var answer = now(bot.pin(hers(), gauge, Precedence.LAST));

        assertThat(answer).isEqualTo(new Done<>(true));
        assertThat(ada.pinned())
                .hasValueSatisfying(pinned -> assertThat(pinned.silent()).isTrue());
        assertThat(telegram.calls("pinChatMessage").getLast().body().getBoolean("disable_notification"))
                .isTrue();
    }

    @Test
    void whoBlockedTheBotIsReachedNoMore() {
        ada.blocks();

        var answer = now(bot.send(Post.of(hers(), RichText.plain("1.04"))));

        assertThat(answer).isEqualTo(new Unreachable<>(403, "the person blocked the bot"));
    }

    @Test
    void aChatThatNobodyKnowsIsReachedNoMore() {
        var stranger = telegram.person("Eve");

        assertThat(now(bot.send(Post.of(Place.chat(1234), RichText.plain("x")))))
                .isEqualTo(new Unreachable<>(400, "Telegram knows no such chat"));
        assertThat(now(bot.send(Post.of(Place.chat(stranger.id()), RichText.plain("x")))))
                .isEqualTo(new Unreachable<>(403, "the person never started the bot"));
    }

    @Test
    void aGroupThatMovedSaysWhere() {
        var group = telegram.group("Desk", ada);
        var moved = group.migrates();

        var answer = now(bot.send(Post.of(Place.chat(group.id()), RichText.plain("1.04"))));

        assertThat(answer).isEqualTo(new Moved<>(moved.id()));
    }

    @Test
    void aTopicThatIsGoneIsReachedNoMore() {
        var forum = telegram.forum("Desk", ada);
        var topic = forum.topic();
        var place = new Place(forum.id(), Optional.of(topic));
        now(bot.send(Post.of(place, RichText.plain("here"))));
        forum.closes(topic);

        var answer = now(bot.send(Post.of(place, RichText.plain("there"))));

        assertThat(forum.sees()).extracting(message -> message.topic()).containsExactly(Optional.of(topic));
        assertThat(answer).isEqualTo(new Unreachable<>(400, "the topic was deleted"));
    }

    @Test
    void aPressIsAnsweredOnce() {
        sent(Post.of(hers(), RichText.plain("fired"))
                .with(Keyboard.row(new Press("Acknowledge", new Acknowledge(Ids.next())))));
        var press = ada.presses(ada.sees().getLast(), "Acknowledge");

        assertThat(now(bot.answer(press, "n".repeat(500), false))).isEqualTo(new Done<>(true));
        assertThat(now(bot.answer(press, "", false)))
                .isEqualTo(new Refused<>(400, "the button was pressed too long ago", false));
    }

    @Test
    void theMenuIsTold() {
        now(bot.menu(List.of(new Command("status", "How near your loans are"), new Command("help", "What I can do"))));

        assertThat(telegram.commands()).containsExactly("status", "help");
    }

    @Test
    void theBotIsAskedWhoItIsOnce() {
        var me = now(bot.me());
        now(bot.me());

        assertThat(((Done<Bot>) me).value().start("abc"))
                .isEqualTo(URI.create("https://t.me/plimsoll_test_bot?start=abc"));
        assertThat(telegram.calls("getMe")).hasSize(1);
    }

    @Test
    void aPauseThatTelegramAsksForIsKeptFromOneSecondToAnHour() {
        assertThat(pause(7)).isEqualTo(Duration.ofSeconds(7));
        assertThat(pause(0)).isEqualTo(Duration.ofSeconds(1));
        assertThat(pause(-5)).isEqualTo(Duration.ofSeconds(1));
        assertThat(pause(1_000_000)).isEqualTo(Duration.ofHours(1));
    }

    private Duration pause(int retryAfter) {
        telegram.fails(
                "getMe",
                429,
                new JsonObject()
                        .put("error_code", 429)
                        .put("description", "Too Many Requests: retry after " + retryAfter)
                        .put("parameters", new JsonObject().put("retry_after", retryAfter)));
        return ((Later<Bot>) now(bot.me())).pause();
    }

    @Test
    void whatIsNoAnswerOfTelegramsMayHaveArrived() {
        telegram.fails("sendMessage", 502, "Bad Gateway");
        assertThat(now(bot.send(Post.of(hers(), RichText.plain("x")))))
                .isEqualTo(new Failed<>(Optional.of(502), "Telegram answered 502"));

        telegram.close();
        assertThat(now(bot.send(Post.of(hers(), RichText.plain("x"))))).isInstanceOf(Failed.class);
    }

    @Test
    void aWrongTokenIsTheOperatorsAffair() {
        var wrong = telegrams.bot(new Telegrams.Setup(
                URI.create(telegram.url()), Optional.of("123:wrong-but-of-the-right-form-0123456789"), 1_000, false));

        assertThat(now(wrong.me())).isInstanceOf(Misconfigured.class);
        assertThat(now(wrong.me()).toString()).doesNotContain("wrong-but");
    }

    @Test
    void withoutATokenThereIsNoTelegram() {
        var none = telegrams.bot(new Telegrams.Setup(URI.create(telegram.url()), Optional.empty(), 1_000, false));

        assertThat(none.unavailable()).hasValueSatisfying(why -> assertThat(why).contains("@BotFather"));
        assertThat(now(none.send(Post.of(hers(), RichText.plain("x"))))).isInstanceOf(Misconfigured.class);
        assertThat(bot.unavailable()).isEmpty();
    }
}
