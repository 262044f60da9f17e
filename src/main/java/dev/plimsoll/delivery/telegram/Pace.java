package dev.plimsoll.delivery.telegram;

import dev.plimsoll.delivery.telegram.Draw.Bound;
import dev.plimsoll.delivery.telegram.Draw.Granted;
import dev.plimsoll.delivery.telegram.Draw.Waits;
import dev.plimsoll.wire.Turnstile;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Lets calls through as fast as Telegram allows, over all replicas. While Redis fails or is slow, this replica takes its part
 * of the limits and counts alone.
 *
 * <p>Each precedence waits in a line of its own, a few seconds at most; what would have to wait longer is told when to come
 * again.
 */
@Singleton
class Pace {
    /** Different chats that are told to wait within so short a time mean that the whole bot is. */
    static final int CHATS_OF_A_FLOOD = 3;

    static final Duration SAME_FLOOD = Duration.ofSeconds(5);

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration FARTHEST = Duration.ofMinutes(1);
    private static final Duration SOONEST = Duration.ofSeconds(1);
    private static final int LONGEST_LINE = 500;
    private static final long REDIS_REST_NANOS = Duration.ofSeconds(1).toNanos();

    private final SharedPace shared;
    private final Duration redisPatience;
    private final Caps caps;
    private final Caps share;
    private final LocalPace local;
    private final Bookings bookings;
    private final LongSupplier nanos;
    private final Map<Precedence, Line> lines = new EnumMap<>(Precedence.class);
    private final AtomicLong aloneUntil;

    /** Those of one precedence: one of them asks at a time. */
    private record Line(Turnstile turnstile, AtomicInteger length) {}

    @Inject
    Pace(SharedPace shared, TelegramConfig config) {
        this(shared, Caps.of(config), config.replicas(), config.redisPatience(), System::nanoTime);
    }

    Pace(SharedPace shared, Caps caps, int replicas, Duration redisPatience, LongSupplier nanos) {
        this.shared = shared;
        this.caps = caps;
        this.share = caps.share(replicas);
        this.redisPatience = redisPatience;
        this.nanos = nanos;
        this.local = new LocalPace(nanos);
        this.bookings = new Bookings(nanos, FARTHEST);
        this.aloneUntil = new AtomicLong(nanos.getAsLong());
        for (var precedence : Precedence.values()) {
            lines.put(precedence, new Line(new Turnstile(1), new AtomicInteger()));
        }
    }

    /** Empty when it may go now; else how long it should stay away. */
    Uni<Optional<Duration>> pass(Ask ask) {
        return Uni.createFrom()
                .deferred(() -> {
                    var line = lines.get(ask.precedence());
                    var position = line.length().incrementAndGet();
                    return queue(line, ask, position)
                            .onTermination()
                            .invoke(() -> line.length().decrementAndGet());
                })
                .emitOn(here());
    }

    /** One that would wait too long in this line is sent away before it stands in it. */
    private Uni<Optional<Duration>> queue(Line line, Ask ask, int position) {
        var wait = caps.all().interval().multipliedBy(position - 1L);
        if (position > LONGEST_LINE || wait.compareTo(PATIENCE) > 0) {
            return Uni.createFrom()
                    .item(() -> Optional.of(later(ask.precedence().name(), wait, caps.all())));
        }
        return attempt(line, ask, nanos.getAsLong() + PATIENCE.toNanos());
    }

    private Uni<Optional<Duration>> attempt(Line line, Ask ask, long until) {
        return line.turnstile().pass(() -> first(ask, until)).chain(draw -> switch (draw) {
            case Granted granted -> Uni.createFrom().item(Optional.<Duration>empty());
            case Waits waits -> again(line, ask, until, waits);
        });
    }

    /** Whoever is first in line waits there for what all share; the others of its precedence could not go either. */
    private Uni<Draw> first(Ask ask, long until) {
        return draw(ask)
                .chain(draw ->
                        draw instanceof Waits(var bound, var pause) && bound == Bound.ALL && isWithin(pause, until)
                                ? delay(pause).chain(() -> first(ask, until))
                                : Uni.createFrom().item(draw));
    }

    /** What waits for its own chat keeps nobody else waiting. */
    private Uni<Optional<Duration>> again(Line line, Ask ask, long until, Waits waits) {
        var pause = switch (waits.bound()) {
            case REST -> waits.pause();
            case ALL -> later(ask.precedence().name(), waits.pause(), caps.all());
            case CHAT -> later(ask.chat(), waits.pause(), ask.group() ? caps.group() : caps.chat());
        };
        return waits.bound() == Bound.CHAT && isWithin(pause, until)
                ? delay(pause).chain(() -> attempt(line, ask, until))
                : Uni.createFrom().item(Optional.of(pause.compareTo(SOONEST) < 0 ? SOONEST : pause));
    }

    private Duration later(String name, Duration earliest, Cap cap) {
        return bookings.book(name, earliest, cap.interval());
    }

    private boolean isWithin(Duration pause, long until) {
        return nanos.getAsLong() + pause.toNanos() - until < 0;
    }

    private Uni<Draw> draw(Ask ask) {
        return aloneUntil.get() - nanos.getAsLong() > 0 ? alone(ask) : together(ask);
    }

    private Uni<Draw> together(Ask ask) {
        return shared.draw(caps, ask)
                .ifNoItem()
                .after(redisPatience)
                .fail()
                .invoke(draw -> remember(ask, draw))
                .onFailure()
                .invoke(this::goAlone)
                .onFailure()
                .recoverWithUni(() -> alone(ask));
    }

    /** So that this replica, should it have to count alone, knows what it sent just before. */
    private void remember(Ask ask, Draw draw) {
        if (draw instanceof Granted) {
            local.note(share, ask);
        }
    }

    private Uni<Draw> alone(Ask ask) {
        return Uni.createFrom().item(() -> local.draw(share, ask));
    }

    /** Telegram asked to wait: this chat, and everybody where several are asked. Never fails. */
    Uni<Void> rest(Ask ask, Duration pause) {
        return Uni.createFrom()
                .deferred(() -> {
                    local.rest(ask, pause);
                    return shared.rest(ask, pause);
                })
                .ifNoItem()
                .after(redisPatience)
                .fail()
                .onFailure()
                .invoke(this::goAlone)
                .onFailure()
                .recoverWithUni(Uni.createFrom()::voidItem)
                .emitOn(here());
    }

    private void goAlone(Throwable why) {
        aloneUntil.set(nanos.getAsLong() + REDIS_REST_NANOS);
        Log.debugf("Telegram's limits counted alone: why=%s", why.getClass().getSimpleName());
    }

    private static Uni<Void> delay(Duration pause) {
        return Uni.createFrom().voidItem().onItem().delayIt().by(pause);
    }

    /** Whoever waits is woken on another thread, which must not go on with its work. */
    private static Executor here() {
        var context = Vertx.currentContext();
        return context == null ? Runnable::run : step -> context.runOnContext(nothing -> step.run());
    }
}
