package dev.plimsoll.delivery.telegram;

import static dev.plimsoll.delivery.telegram.Telegrams.now;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.plimsoll.delivery.telegram.Listening.NotOurs;
import dev.plimsoll.delivery.telegram.Listening.Stored;
import dev.plimsoll.delivery.telegram.Listening.Trouble;
import dev.plimsoll.delivery.telegram.Telegrams.Setup;
import dev.plimsoll.delivery.telegram.Update.Typed;
import dev.plimsoll.delivery.telegram.WebhookCalls.Taken;
import dev.plimsoll.telegram.TelegramServer;
import dev.plimsoll.telegram.TelegramUser;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ListeningTest {
    @Inject
    Telegrams telegrams;

    private final List<Update> handled = new CopyOnWriteArrayList<>();
    private TelegramServer telegram;
    private TelegramUser ada;

    @BeforeEach
    void start() {
        telegrams.clear();
        telegram = TelegramServer.withoutLimits();
        ada = telegram.person("Ada");
    }

    @AfterEach
    void stop() {
        telegram.close();
        telegrams.clear();
    }

    private Uni<Void> keep(Update update) {
        return Uni.createFrom().voidItem().invoke(() -> handled.add(update));
    }

    private Telegrams.Replica replica(Updates listener) {
        return telegrams.replica(Setup.of(telegram), listener);
    }

    private List<String> texts() {
        return handled.stream().map(update -> ((Typed) update).text()).toList();
    }

    private void leasesRunOut() {
        telegrams.sql("update telegram_turn set due_at = now()");
        telegrams.sql("update telegram_bot set until = '-infinity'");
    }

    @Test
    void whatPeopleWriteIsHandledOnceAndInOrder() {
        var replica = replica(this::keep);
        IntStream.range(0, 120).forEach(number -> ada.writes("line " + number));

        assertThat(List.of(replica.hears(), replica.hears(), replica.hears()))
                .containsExactly(new Stored(100, false), new Stored(20, false), new Stored(0, false));
        replica.acts();
        replica.acts();

        assertThat(texts())
                .containsExactlyElementsOf(IntStream.range(0, 120)
                        .mapToObj(number -> "line " + number)
                        .toList());
        assertThat(telegram.waitingUpdates()).isZero();
    }

    @Test
    void whatPeopleWroteCannotBeReadInTheDatabaseAndIsGoneOnceHandled() {
        var replica = replica(this::keep);
        ada.writes("abandon abandon ability");
        replica.hears();

        var row = telegrams.sql("select id, chat, sealed from telegram_update").getFirst();
        replica.acts();

        assertThat(row.getBuffer("sealed").toString()).doesNotContain("abandon");
        assertThat(row.getString("chat")).doesNotContain(Long.toString(ada.id()));
        assertThat(telegrams
                        .sql("select sealed from telegram_update")
                        .getFirst()
                        .getBuffer("sealed"))
                .isNull();
    }

    @Test
    void aProcessThatDiesBeforeItStoredAnythingLosesNothing() {
        ada.writes("hello");
        now(replica(this::keep).updates().fetch(0, 100, Duration.ZERO)); // and dies

        var next = replica(this::keep);
        next.hears();
        next.acts();

        assertThat(texts()).containsExactly("hello");
    }

    @Test
    void aProcessThatDiesBeforeTelegramKnowsWhatItStoredRepeatsNothing() {
        ada.writes("hello");
        var first = replica(this::keep);
        first.hears();
        first.acts(); // and dies: Telegram was not told yet
        telegrams.sql("update telegram_bot set next_update = null");
        leasesRunOut();

        var next = replica(this::keep);
        next.hears();
        next.acts();

        assertThat(texts()).containsExactly("hello");
    }

    @Test
    void chatsWhoseAnswersMustWaitKeepNoOtherChatWaiting() {
        var telegramGoesOn = new CompletableFuture<Void>();
        var replica = replica(update -> texts().size() < 20
                ? keep(update).chain(() -> later(() -> Uni.createFrom().completionStage(telegramGoesOn)))
                : keep(update));
        IntStream.range(0, 20).forEach(number -> telegram.person("Bob").writes("/help"));
        replica.hears();
        replica.acts();
        ada.writes("/status");
        replica.hears();
        replica.acts();

        await().until(() -> texts().contains("/status"));
        telegramGoesOn.complete(null);
        await().until(() -> telegrams.sql("select from telegram_turn").isEmpty());
        assertThat(texts()).as("none is handled again").hasSize(21);
    }

    @Test
    void anAnswerThatHadToWaitIsGivenBeforeWhatIsBehindItInTheChat() {
        var said = new CopyOnWriteArrayList<String>();
        var replica = replica(update -> {
            var text = ((Typed) update).text();
            said.add(text);
            return text.equals("/help")
                    ? later(() -> Uni.createFrom().voidItem().invoke(() -> said.add("its answer")))
                    : Uni.createFrom().voidItem();
        });
        ada.writes("/help");
        ada.writes("/status");

        replica.hears();
        replica.acts();

        await().until(() -> telegrams.sql("select from telegram_turn").isEmpty());
        assertThat(said).containsExactly("/help", "its answer", "/status");
    }

    private static Uni<Void> later(Supplier<Uni<Void>> answering) {
        return Uni.createFrom().failure(new NotYet(Duration.ofMillis(1), answering));
    }

    @Test
    void aProcessThatDiesBetweenTheHandlingAndItsNoteHandlesAgain() {
        ada.writes("status");
        var dying = replica(update -> keep(update).chain(() -> Uni.createFrom().nothing()));
        dying.hears();
        var killed = dying.handling().round().subscribe().with(done -> {});
        await().until(() -> handled.size() == 1);
        killed.cancel();
        leasesRunOut();

        replica(this::keep).acts();

        assertThat(texts()).containsExactly("status", "status");
    }

    @Test
    void whatIsNotedWithItsWorkIsDoneOnceHoweverTheProcessDies() {
        ada.writes("I repaid");
        var repaid = new AtomicInteger();
        var boxes = new ArrayList<Inbox>();
        Updates once = update -> telegrams.engine.withTransaction(tx -> boxes.getFirst()
                .settle(tx, update)
                .invoke(first -> repaid.addAndGet(first ? 1 : 0))
                .replaceWithVoid());
        var dying = replica(update -> once.handle(update)
                .chain(() -> keep(update))
                .chain(() -> Uni.createFrom().nothing()));
        boxes.add(dying.inbox());
        dying.hears();
        var killed = dying.handling().round().subscribe().with(done -> {});
        await().until(() -> handled.size() == 1);
        killed.cancel();
        leasesRunOut();

        replica(once).acts();
        var again = now(telegrams.engine.withTransaction(tx -> dying.inbox().settle(tx, handled.getFirst())));

        assertThat(repaid).hasValue(1);
        assertThat(again).isFalse();
        assertThat(telegrams.sql("select from telegram_turn")).isEmpty();
    }

    @Test
    void whoeverIsLeftWithoutAnAnswerByADeathIsAnsweredThoughNothingIsDoneAgain() {
        ada.writes("I repaid");
        var resumed = new CopyOnWriteArrayList<Update>();
        var boxes = new ArrayList<Inbox>();
        Updates settling = update -> telegrams
                .engine
                .withTransaction(tx -> boxes.getFirst().settle(tx, update))
                .chain(() -> keep(update))
                .chain(() -> Uni.createFrom().nothing());
        var dying = replica(settling);
        boxes.add(dying.inbox());
        dying.hears();
        var killed = dying.handling().round().subscribe().with(done -> {});
        await().until(() -> handled.size() == 1);
        killed.cancel();
        leasesRunOut();

        replica(new Updates() {
                    @Override
                    public Uni<Void> handle(Update update) {
                        return keep(update);
                    }

                    @Override
                    public Uni<Void> resume(Update update) {
                        return Uni.createFrom().voidItem().invoke(() -> resumed.add(update));
                    }
                })
                .acts();

        assertThat(texts()).containsExactly("I repaid");
        assertThat(resumed).hasSize(1);
    }

    @Test
    void soManyLongMessagesThatTheirAnswerIsRefusedAreHeardInSmallerParts() {
        IntStream.range(0, 100).forEach(number -> ada.writes("x".repeat(60_000)));
        var replica = replica(this::keep);

        assertThat(replica.hears()).isInstanceOf(Trouble.class);
        assertThat(replica.hears()).isEqualTo(new Stored(50, false));
    }

    @Test
    void oneReplicaAsksAndAnotherTakesOver() {
        var first = replica(this::keep);
        var second = replica(this::keep);
        ada.writes("one");

        assertThat(first.hears()).isEqualTo(new Stored(1, false));
        assertThat(second.hears()).isEqualTo(new NotOurs());
        now(first.listening().end());
        ada.writes("two");
        assertThat(second.hears()).isEqualTo(new Stored(1, false));
        assertThat(first.hears()).isEqualTo(new NotOurs());
        second.acts();

        assertThat(texts()).containsExactly("one", "two");
    }

    @Test
    void whoLostItsTurnWhileItWaitedMovesNothingOn() {
        var slow = replica(this::keep);
        var waits = slow.listening().round(Duration.ofSeconds(50)).subscribeAsCompletionStage();
        await().until(telegram::isPolled);
        telegrams.sql("update telegram_bot set holder = 'another', next_update = 7");

        ada.writes("late");

        assertThat(waits).succeedsWithin(Duration.ofSeconds(60)).isEqualTo(new NotOurs());
        assertThat(telegrams
                        .sql("select next_update from telegram_bot")
                        .getFirst()
                        .getLong("next_update"))
                .isEqualTo(7);
    }

    @Test
    void anotherProgramWithTheSameTokenIsToldToTheOperator() {
        var ours = replica(this::keep);
        var waits = ours.listening().round(Duration.ofSeconds(50)).subscribeAsCompletionStage();
        await().until(telegram::isPolled);

        now(replica(this::keep).updates().fetch(0, 1, Duration.ZERO));

        assertThat(waits).succeedsWithin(Duration.ofSeconds(60)).satisfies(heard -> {
            assertThat(heard).isInstanceOf(Trouble.class);
            assertThat(((Trouble) heard).why()).contains("another program asks with the same bot token");
        });
    }

    @Test
    void aWebhookThatSomebodyLeftThereIsTakenAway() {
        var setup = Setup.of(telegram);
        telegrams.replica(setup.called(), this::keep).hears();
        assertThat(telegram.isWebhookSet()).isTrue();
        leasesRunOut();
        ada.writes("hello");

        var heard = replica(this::keep).hears();

        assertThat(heard).isEqualTo(new Stored(1, false));
        assertThat(telegram.isWebhookSet()).isFalse();
    }

    @Test
    void withoutAnAnswerThePausesGrow() {
        var replica = replica(this::keep);
        telegram.fails("", 502, "Bad Gateway");

        var pauses = Stream.generate(replica::hears)
                .limit(7)
                .map(heard -> ((Trouble) heard).pause().toSeconds())
                .toList();
        telegram.recovers();

        assertThat(pauses).containsExactly(1L, 2L, 4L, 8L, 16L, 30L, 30L);
        assertThat(replica.hears()).isEqualTo(new Stored(0, false));
    }

    @Test
    void whatFailsThriceIsDroppedAndWhatIsBehindItFollows() {
        ada.writes("bad");
        ada.writes("good");
        var replica = replica(update -> keep(update).invoke(() -> {
            if (((Typed) update).text().equals("bad")) {
                throw new IllegalStateException("as the test wants it");
            }
        }));
        replica.hears();

        IntStream.range(0, 4).forEach(round -> {
            replica.acts();
            leasesRunOut();
        });

        assertThat(texts()).containsExactly("bad", "bad", "bad", "good");
    }

    @Test
    void aChatThatHangsKeepsNoOtherWaiting() {
        var bob = telegram.person("Bob");
        ada.writes("hangs");
        var release = new CompletableFuture<Void>();
        var replica = replica(update -> keep(update)
                .chain(() -> ((Typed) update).text().equals("hangs")
                        ? Uni.createFrom().completionStage(release)
                        : Uni.createFrom().voidItem()));
        replica.hears();
        var hanging = replica.handling().round().subscribeAsCompletionStage();
        await().until(() -> handled.size() == 1);
        bob.writes("quick");
        ada.writes("waits");
        replica.hears();

        replica.acts();
        assertThat(texts()).containsExactly("hangs", "quick");

        release.complete(null);
        assertThat(hanging).succeedsWithin(Duration.ofSeconds(60));
        assertThat(texts()).containsExactly("hangs", "quick", "waits");
    }

    @Test
    void tenThousandAtOnceAreHandledOnceAndInOrder() {
        var people = IntStream.range(0, 100)
                .mapToObj(number -> telegram.person("p" + number))
                .toList();
        IntStream.range(0, 100).forEach(line -> people.forEach(person -> person.writes("line " + line)));
        var replica = replica(this::keep);

        while (replica.hears() instanceof Stored(var stored, var byCall) && stored > 0) {
            assertThat(byCall).isFalse();
        }
        var workers = Stream.generate(() -> replica.handling().round().subscribeAsCompletionStage())
                .limit(8)
                .toList();

        assertThat(CompletableFuture.allOf(workers.toArray(CompletableFuture[]::new)))
                .succeedsWithin(Duration.ofSeconds(60));
        assertThat(handled).hasSize(10_000);
        people.forEach(person -> assertThat(handled.stream()
                        .filter(update -> update.place().chat() == person.id())
                        .map(update -> ((Typed) update).text()))
                .containsExactlyElementsOf(
                        IntStream.range(0, 100).mapToObj(line -> "line " + line).toList()));
    }

    @Test
    void aCallOfTelegramsIsAnsweredWhenItIsSafe() {
        var replica = telegrams.replica(Setup.of(telegram).called(), this::keep);
        replica.hears();
        var secret = Optional.of(telegram.calls("setWebhook").getLast().body().getString("secret_token"));
        var call = Buffer.buffer(new JsonObject()
                .put("update_id", 12)
                .put(
                        "message",
                        new JsonObject()
                                .put("message_id", 3)
                                .put("text", "hello")
                                .put("from", new JsonObject().put("id", 5).put("first_name", "Ada"))
                                .put("chat", new JsonObject().put("id", 5).put("type", "private")))
                .encode());

        assertThat(now(replica.webhook().take(secret, call))).isEqualTo(Taken.STORED);
        assertThat(now(replica.webhook().take(secret, call))).isEqualTo(Taken.STORED);
        assertThat(now(replica.webhook().take(Optional.of("guessed"), call))).isEqualTo(Taken.NOBODY);
        assertThat(now(replica.webhook().take(Optional.empty(), call))).isEqualTo(Taken.NOBODY);
        assertThat(now(replica.webhook().take(secret, Buffer.buffer("[1]")))).isEqualTo(Taken.UNREADABLE);
        replica.acts();
        assertThat(now(replica.webhook().take(secret, call))).isEqualTo(Taken.STORED);
        replica.acts();

        assertThat(texts()).containsExactly("hello");
        assertThat(telegram.calls("setWebhook").getLast().body().getString("url"))
                .isEqualTo("https://plimsoll.example/telegram/webhook");
    }

    @Test
    void whereTelegramIsAskedNobodyMayCall() {
        var asking = replica(this::keep);
        telegrams.replica(Setup.of(telegram).called(), this::keep).hears();
        var secret = telegram.calls("setWebhook").getLast().body().getString("secret_token");

        assertThat(now(asking.webhook().take(Optional.of(secret), Buffer.buffer("{\"update_id\":1}"))))
                .isEqualTo(Taken.NOBODY);
    }
}
