package dev.plimsoll.pipeline;

import dev.plimsoll.delivery.Backlog;
import dev.plimsoll.wire.Limits;
import dev.plimsoll.wire.OperatorHttp;
import dev.plimsoll.wire.Reply;
import dev.plimsoll.wire.WireFailure;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * Lets somebody outside notice when Plimsoll stops or sees nothing: at most once a minute, after a tick of the replica that
 * holds the watch, a ping leaves; where the tick or the courier is not well, a failing one that says why. Without ticks
 * nothing leaves, which the other side notices by itself.
 *
 * @see <a href="https://healthchecks.io/docs/http_api/">healthchecks.io, pinging API</a>
 */
@Singleton
class DeadMan {
    private static final Duration PAUSE = Duration.ofMinutes(1);
    private static final Limits LIMITS = Limits.within(Duration.ofSeconds(10));
    private static final Map<String, String> PLAIN = Map.of("Content-Type", "text/plain; charset=utf-8");

    private final OperatorHttp http;
    private final Supplier<Uni<Duration>> oldestUnsent;
    private final MeterRegistry meters;
    private final Optional<DeadManUrl> url;
    private final Duration pause;
    private final AtomicReference<Optional<TickReport>> unsaid = new AtomicReference<>(Optional.empty());
    private final AtomicReference<String> said = new AtomicReference<>("");
    private volatile long next = System.nanoTime();

    @Inject
    DeadMan(OperatorHttp http, Backlog backlog, MeterRegistry meters, PipelineConfig config) {
        this(http, backlog::oldestUrgentUnsent, meters, config.deadManUrl(), PAUSE);
    }

    DeadMan(
            OperatorHttp http,
            Supplier<Uni<Duration>> oldestUnsent,
            MeterRegistry meters,
            Optional<String> url,
            Duration pause) {
        this.http = http;
        this.oldestUnsent = oldestUnsent;
        this.meters = meters;
        this.url = url.map(DeadManUrl::of);
        this.pause = pause;
    }

    /** After each tick; costs it nothing. */
    void heard(TickReport report) {
        unsaid.set(Optional.of(report).filter(TickReport::held));
    }

    @Scheduled(identity = "dead-man", every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> ping() {
        return url.filter(there -> System.nanoTime() - next >= 0)
                .flatMap(there -> unsaid.getAndSet(Optional.empty()).map(report -> ping(there, report)))
                .orElseGet(() -> Uni.createFrom().voidItem());
    }

    /** Never fails: what does not leave is noticed by the other side. */
    private Uni<Void> ping(DeadManUrl there, TickReport report) {
        next = System.nanoTime() + pause.toNanos();
        return oldestUnsent
                .get()
                .ifNoItem()
                .after(LIMITS.deadline())
                .fail()
                .map(age -> Vigil.of(report, age))
                .chain(vigil -> send(there, vigil).invoke(reply -> note(vigil, reply)))
                .replaceWithVoid()
                .onFailure()
                .recoverWithUni(this::noted);
    }

    private Uni<Reply> send(DeadManUrl there, Vigil vigil) {
        return http.post(vigil.isWell() ? there.url() : there.fail(), PLAIN, Buffer.buffer(vigil.text()), LIMITS);
    }

    private void note(Vigil vigil, Reply reply) {
        if (!reply.isSuccess()) {
            count("unsent", "dead-man ping refused: status=" + reply.status());
        } else if (vigil.isWell()) {
            count("well", "");
        } else {
            count("fail", "dead-man ping says that all is not well: why=" + vigil.text());
        }
    }

    /** The failure's own words only where they are ours: others may hold the URL, which is a secret. */
    private Uni<Void> noted(Throwable failure) {
        var why = failure instanceof WireFailure
                ? failure.getMessage()
                : failure.getClass().getSimpleName();
        count("unsent", "dead-man ping did not leave: why=" + why);
        return Uni.createFrom().voidItem();
    }

    /** Says what is new only. */
    private void count(String outcome, String trouble) {
        meters.counter("plimsoll.deadman.pings", "outcome", outcome).increment();
        if (!said.getAndSet(outcome).equals(outcome)) {
            if (trouble.isEmpty()) {
                Log.info("dead-man pings leave");
            } else {
                Log.warn(trouble);
            }
        }
    }
}
