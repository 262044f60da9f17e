package dev.plimsoll.oracle;

import dev.plimsoll.oracle.Answer.Quote;
import dev.plimsoll.oracle.Answer.Reason;
import dev.plimsoll.oracle.Answer.Silent;
import dev.plimsoll.oracle.SourceStatus.BreakerState;
import dev.plimsoll.oracle.SourceStatus.Turn;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.Tick;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The asking of one source: at its own pace, under its own time-out, behind its own breaker, never twice at once.
 *
 * <p>Answers are kept as they arrive, whether a tick still waits for them or not, and stand until the same source says
 * something else of the same asset; how long a kept quote may be believed is for the consensus to say.
 */
final class Lane {
    private static final int DOUBTED = 10;

    private final PriceSource source;
    private final SourceSettings settings;
    private final Breaker breaker;
    private final LaneRecord record;
    private final boolean asks;
    private final Duration retry;
    private final Duration deadline;
    private final Map<Asset, Answer> kept = new ConcurrentHashMap<>();
    private Optional<Uni<Void>> running = Optional.empty();
    private Optional<Instant> asked = Optional.empty();
    private Optional<Instant> seen = Optional.empty();
    private boolean failed;
    private boolean slow;

    Lane(PriceSource source, SourceSettings settings, OracleConfig config, MeterRegistry meters) {
        this.source = source;
        this.settings = settings;
        this.breaker = new Breaker(config.breakerFailures(), config.breakerPause());
        var missing = source.missing(settings);
        this.asks = settings.enabled() && missing.isEmpty();
        this.record = new LaneRecord(source, settings, missing, meters);
        this.retry = config.breakerPause();
        this.deadline = config.deadline();
    }

    /**
     * Ends when the source has been asked, or at once when it is not this tick's turn or an earlier tick's ask is still
     * under way. Nobody waits long for a source that failed or came too late the last time. Never fails.
     */
    Uni<Void> ask(Set<Asset> wanted, Tick tick) {
        return Uni.createFrom().deferred(() -> turn(source.covers(wanted), tick));
    }

    /** What the source last said of each asset that it covers. */
    List<Answer> answers(Set<Asset> wanted) {
        if (!asks) {
            return List.of();
        }
        return source.covers(wanted).stream().sorted().map(this::answer).toList();
    }

    Feed feed() {
        return new Feed(source.name(), source.family(), settings.deviation(), settings.heartbeat(), settings.slack());
    }

    /** As of the last tick. */
    synchronized SourceStatus status() {
        var next = asked.map(since -> since.plus(rest()))
                .map(paced -> breaker.until().filter(paced::isBefore).orElse(paced));
        return record.status(new Turn(settings.pace(), next, breakerState(), breaker.until()));
    }

    private BreakerState breakerState() {
        if (!breaker.isOpen()) {
            return BreakerState.CLOSED;
        }
        var admits = seen.filter(breaker::admits).isPresent();
        return admits || running.isPresent() ? BreakerState.HALF_OPEN : BreakerState.OPEN;
    }

    private synchronized Uni<Void> turn(Set<Asset> assets, Tick tick) {
        seen = Optional.of(tick.at());
        if (!asks || assets.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        if (running.isPresent() || !isDue(tick) || !breaker.admits(tick.at())) {
            return Uni.createFrom().voidItem();
        }
        var exchange = exchange(assets, tick.at()).memoize().indefinitely();
        asked = Optional.of(tick.at());
        running = Optional.of(exchange);
        return failed || slow ? briefly(exchange) : exchange;
    }

    /** It goes on all the same, and what it brings counts in the next tick. */
    private Uni<Void> briefly(Uni<Void> exchange) {
        return exchange.ifNoItem()
                .after(deadline.dividedBy(DOUBTED))
                .recoverWithUni(Uni.createFrom().voidItem());
    }

    /** Half a tick early is not too early, or a pace equal to the tick's interval would take every other tick. */
    private boolean isDue(Tick tick) {
        return asked.map(since -> tick.at().isBefore(since)
                        || !tick.at()
                                .isBefore(
                                        since.plus(rest()).minus(tick.interval().dividedBy(2))))
                .orElse(true);
    }

    private Duration rest() {
        return failed && retry.compareTo(settings.pace()) < 0 ? retry : settings.pace();
    }

    /** Memoized by its caller, so a tick that goes on without it does not end it. */
    private Uni<Void> exchange(Set<Asset> assets, Instant at) {
        var start = System.nanoTime();
        return Multi.createFrom()
                .deferred(() -> source.ask(assets, settings))
                .select()
                .first(settings.timeout())
                .invoke(this::keep)
                .onFailure()
                .invoke(this::report)
                .onFailure()
                .recoverWithCompletion()
                .collect()
                .asList()
                .invoke(answers -> finish(assets, answers, at, Duration.ofNanos(System.nanoTime() - start)))
                .replaceWithVoid();
    }

    private void keep(Answer answer) {
        kept.put(answer.asset(), answer);
    }

    /** A fault of ours; its message may hold what the source sent. */
    private void report(Throwable fault) {
        Log.errorf(
                "source adapter failed, please report it: source=%s fault=%s",
                source.name(), fault.getClass().getName());
    }

    private synchronized void finish(Set<Asset> assets, List<Answer> answers, Instant at, Duration latency) {
        var answered = answers.stream().map(Answer::asset).toList();
        var all = Stream.concat(
                        answers.stream(),
                        assets.stream()
                                .filter(asset -> !answered.contains(asset))
                                .map(asset ->
                                        silent(asset, Reason.TIMED_OUT, "no answer within " + settings.timeout())))
                .toList();
        all.forEach(this::keep);
        failed = all.stream().noneMatch(Quote.class::isInstance);
        if (failed) {
            breaker.failed(at, all.stream().anyMatch(Lane::isTooOften));
        } else {
            breaker.succeeded();
        }
        slow = latency.compareTo(deadline) > 0;
        record.finished(all, at, latency);
        running = Optional.empty();
    }

    private static boolean isTooOften(Answer answer) {
        return answer instanceof Silent silent && silent.reason() == Reason.RATE_LIMITED;
    }

    private synchronized Answer answer(Asset asset) {
        var known = Optional.ofNullable(kept.get(asset));
        if (breaker.isOpen()) {
            return silent(
                    asset, Reason.BREAKER_OPEN, "not asked for a while after " + breaker.failures() + " failures");
        }
        return known.orElseGet(() -> running.isPresent()
                ? silent(asset, Reason.TIMED_OUT, "no answer by the asking deadline")
                : silent(asset, Reason.PACED, "its turn has not come yet"));
    }

    private Silent silent(Asset asset, Reason reason, String detail) {
        return new Silent(source.name(), asset, reason, detail);
    }
}
