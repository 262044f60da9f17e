package dev.plimsoll.delivery.telegram;

import static dev.plimsoll.delivery.telegram.Precedence.CRITICAL;
import static dev.plimsoll.delivery.telegram.Precedence.LAST;
import static dev.plimsoll.delivery.telegram.Precedence.USUAL;
import static dev.plimsoll.delivery.telegram.Telegrams.now;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.delivery.telegram.Draw.Bound;
import dev.plimsoll.delivery.telegram.Draw.Granted;
import dev.plimsoll.delivery.telegram.Draw.Waits;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@QuarkusTest
class PaceTest {
    /** So long that no test outlives it. */
    private static final Duration LONG = Duration.ofHours(1);

    private static final Duration PATIENT = Duration.ofSeconds(20);
    private static final AtomicLong BOTS = new AtomicLong(System.nanoTime());

    @Inject
    ReactiveRedisDataSource redis;

    /** Of a bot of the test's own. */
    private SharedPace fresh() {
        return new SharedPace(redis, BOTS.incrementAndGet());
    }

    private static Caps caps(int all, int chat, int group, Duration span) {
        return new Caps(
                new Cap(Bound.ALL, all, span), new Cap(Bound.CHAT, chat, span), new Cap(Bound.CHAT, group, span));
    }

    private static Ask ask(String chat, Precedence precedence) {
        return new Ask(chat, false, precedence);
    }

    private static long granted(SharedPace pace, Caps caps, Precedence precedence, int times) {
        return IntStream.range(0, times)
                .filter(turn -> now(pace.draw(caps, ask("chat " + precedence + turn, precedence))) instanceof Granted)
                .count();
    }

    @Test
    void threeReplicasTogetherSendNoMoreThanTelegramTakesInAnySecond() {
        var bot = BOTS.incrementAndGet();
        var caps = caps(30, 1, 20, Duration.ofMillis(1_050));

        var grants = Multi.createBy()
                .merging()
                .streams(IntStream.range(0, 3)
                        .mapToObj(replica -> calls(new SharedPace(redis, bot), caps, replica))
                        .toList())
                .collect()
                .asList()
                .await()
                .atMost(Duration.ofSeconds(60));

        var times = grants.stream()
                .filter(Granted.class::isInstance)
                .map(grant -> ((Granted) grant).at())
                .sorted()
                .toList();
        assertThat(times).hasSizeGreaterThanOrEqualTo(30);
        assertThat(IntStream.range(0, times.size() - 30)
                        .mapToLong(first -> times.get(first + 30) - times.get(first))
                        .min()
                        .orElse(Long.MAX_VALUE))
                .isGreaterThanOrEqualTo(1_050_000);
    }

    /** As fast as it can. */
    private static Multi<Draw> calls(SharedPace pace, Caps caps, int replica) {
        return Multi.createFrom()
                .range(0, 1_000)
                .onItem()
                .transformToUniAndConcatenate(number -> pace.draw(caps, ask(replica + "-" + number, CRITICAL)));
    }

    @Test
    void whatIsLessUrgentLeavesRoomForWhatIsMore() {
        var pace = fresh();
        var caps = caps(20, 20, 20, LONG);

        assertThat(granted(pace, caps, LAST, 30)).isEqualTo(10);
        assertThat(granted(pace, caps, USUAL, 30)).isEqualTo(6);
        assertThat(granted(pace, caps, CRITICAL, 30)).isEqualTo(4);
    }

    @Test
    void aChatThatGotItsShareKeepsNoOtherWaiting() {
        var pace = fresh();
        var caps = caps(100, 1, 20, LONG);

        assertThat(now(pace.draw(caps, ask("a", CRITICAL)))).isInstanceOf(Granted.class);
        assertThat(now(pace.draw(caps, ask("a", CRITICAL)))).isInstanceOfSatisfying(Waits.class, waits -> {
            assertThat(waits.bound()).isEqualTo(Bound.CHAT);
            assertThat(waits.pause()).isBetween(LONG.minusMinutes(5), LONG);
        });
        assertThat(now(pace.draw(caps, ask("b", CRITICAL)))).isInstanceOf(Granted.class);
    }

    @Test
    void aGroupHasALimitOfItsOwn() {
        var pace = fresh();
        var caps = caps(100, 50, 20, LONG);

        var granted = Stream.generate(() -> now(pace.draw(caps, new Ask("group", true, CRITICAL))))
                .limit(25)
                .filter(Granted.class::isInstance);

        assertThat(granted).hasSize(20);
    }

    @Test
    void whatIsRefusedIsNotCounted() {
        var pace = fresh();
        var caps = caps(2, 1, 20, LONG);
        now(pace.draw(caps, ask("a", CRITICAL)));

        IntStream.range(0, 5).forEach(turn -> now(pace.draw(caps, ask("a", CRITICAL))));

        assertThat(now(pace.draw(caps, ask("b", CRITICAL)))).isInstanceOf(Granted.class);
    }

    @Test
    void aPauseThatOneChatIsAskedForStopsThatChat() {
        var pace = pace(fresh(), caps(100, 100, 100, LONG));

        now(pace.rest(ask("flooded", USUAL), Duration.ofMinutes(10)));

        assertThat(now(pace.pass(ask("flooded", CRITICAL))))
                .hasValueSatisfying(
                        pause -> assertThat(pause).isBetween(Duration.ofMinutes(5), Duration.ofMinutes(10)));
        assertThat(now(pace.pass(ask("other", LAST)))).isEmpty();
    }

    @Test
    void aPauseThatSeveralChatsAreAskedForStopsTheBotOnAllReplicas() {
        var bot = BOTS.incrementAndGet();
        var caps = caps(100, 100, 100, LONG);
        var one = pace(new SharedPace(redis, bot), caps);
        var another = pace(new SharedPace(redis, bot), caps);

        Multi.createFrom()
                .items("a", "b", "c")
                .onItem()
                .transformToUniAndMerge(chat -> one.rest(ask(chat, USUAL), Duration.ofMinutes(10)))
                .collect()
                .asList()
                .await()
                .atMost(Duration.ofSeconds(60));

        assertThat(now(another.pass(ask("d", CRITICAL)))).isPresent();
    }

    private static Pace pace(SharedPace shared, Caps caps) {
        return new Pace(shared, caps, 3, PATIENT, System::nanoTime);
    }

    @Test
    void whatMustWaitAMinuteIsSentAwayAtOnce() {
        var pace = pace(fresh(), caps(100, 100, 1, LONG));
        now(pace.pass(new Ask("group", true, USUAL)));

        var waits = now(pace.pass(new Ask("group", true, USUAL)));

        assertThat(waits).hasValueSatisfying(pause -> assertThat(pause).isGreaterThan(Duration.ofMinutes(50)));
    }

    @Test
    void whatMustWaitAMomentIsLetThroughThen() {
        var pace = pace(fresh(), caps(1, 1, 1, Duration.ofMillis(300)));

        var passed = Stream.of("a", "b", "c")
                .map(chat -> pace.pass(ask(chat, CRITICAL)).subscribeAsCompletionStage())
                .toList();

        assertThat(passed).allSatisfy(one -> assertThat(one).succeedsWithin(60, SECONDS));
    }

    @Test
    void aLineIsNoLongerThanAFewSeconds() {
        var pace = pace(fresh(), caps(1, 1, 1, Duration.ofMillis(4_900)));
        assertThat(now(pace.pass(ask("whoever is first", USUAL)))).isEmpty();

        var asked = IntStream.range(0, 50)
                .mapToObj(number -> pace.pass(ask("chat " + number, USUAL)).subscribeAsCompletionStage())
                .toList();

        var sentAway = asked.subList(2, 50);
        assertThat(sentAway).allSatisfy(one -> assertThat(one).isCompletedWithValueMatching(Optional::isPresent));
        assertThat(sentAway.stream().map(one -> one.join().orElseThrow()).distinct())
                .hasSizeGreaterThan(10);
        assertThat(asked.subList(0, 2)).allSatisfy(one -> assertThat(one).succeedsWithin(60, SECONDS));
    }

    @Test
    void withoutRedisEachReplicaTakesItsPartAndLeavesTheRest() {
        var pace = new Pace(new Gone(redis), caps(30, 30, 30, LONG), 3, PATIENT, System::nanoTime);

        var passed = IntStream.range(0, 12)
                .mapToObj(number -> pace.pass(ask("chat " + number, CRITICAL)))
                .map(Telegrams::now)
                .toList();

        assertThat(passed.stream().filter(Optional::isEmpty)).hasSize(10);
    }

    @Test
    void whoHasToCountAloneKnowsWhatItSentJustBefore() {
        var nanos = new AtomicLong();
        var local = new LocalPace(nanos::get);
        var caps = caps(2, 2, 2, Duration.ofSeconds(1));
        local.note(caps, ask("a", CRITICAL));
        local.note(caps, ask("a", CRITICAL));

        assertThat(local.draw(caps, ask("b", CRITICAL))).isEqualTo(new Waits(Bound.ALL, Duration.ofSeconds(1)));

        nanos.addAndGet(SECONDS.toNanos(1));
        assertThat(local.draw(caps, ask("b", CRITICAL))).isInstanceOf(Granted.class);
    }

    @Test
    void alsoAloneThePausesThatTelegramAskedForAreKept() {
        var nanos = new AtomicLong();
        var local = new LocalPace(nanos::get);
        var caps = caps(100, 100, 100, LONG);

        List.of("a", "b").forEach(chat -> local.rest(ask(chat, USUAL), Duration.ofSeconds(7)));
        assertThat(local.draw(caps, ask("a", CRITICAL))).isEqualTo(new Waits(Bound.REST, Duration.ofSeconds(7)));
        assertThat(local.draw(caps, ask("c", CRITICAL))).isInstanceOf(Granted.class);

        local.rest(ask("c", USUAL), Duration.ofSeconds(7));
        assertThat(local.draw(caps, ask("d", CRITICAL))).isEqualTo(new Waits(Bound.REST, Duration.ofSeconds(7)));
        nanos.addAndGet(SECONDS.toNanos(8));
        assertThat(local.draw(caps, ask("d", CRITICAL))).isInstanceOf(Granted.class);
    }

    @Test
    void aThirdOfOneASecondIsOneInThreeSeconds() {
        assertThat(new Cap(Bound.CHAT, 1, Duration.ofSeconds(1)).share(3))
                .isEqualTo(new Cap(Bound.CHAT, 1, Duration.ofSeconds(3)));
        assertThat(new Cap(Bound.ALL, 30, Duration.ofSeconds(1)).share(3))
                .isEqualTo(new Cap(Bound.ALL, 10, Duration.ofSeconds(1)));
    }

    @Test
    void thoseWhoAreSentAwayComeBackOneAfterTheOther() {
        var bookings = new Bookings(() -> 0, Duration.ofSeconds(60));

        var turns = IntStream.range(0, 5)
                .mapToObj(number -> bookings.book("chat", Duration.ofSeconds(50), Duration.ofSeconds(4)))
                .map(Duration::toSeconds);

        assertThat(turns).containsExactly(50L, 54L, 58L, 60L, 60L);
        assertThat(bookings.book("other", Duration.ofSeconds(2), Duration.ofSeconds(4)))
                .isEqualTo(Duration.ofSeconds(2));
    }

    /** Redis that answers nothing. */
    private static final class Gone extends SharedPace {
        private Gone(ReactiveRedisDataSource redis) {
            super(redis, 0);
        }

        @Override
        Uni<Draw> draw(Caps caps, Ask ask) {
            return Uni.createFrom().failure(new IllegalStateException("Redis is gone"));
        }

        @Override
        Uni<Void> rest(Ask ask, Duration pause) {
            return Uni.createFrom().failure(new IllegalStateException("Redis is gone"));
        }
    }
}
