package dev.plimsoll.oracle;

import dev.plimsoll.oracle.Answer.Quote;
import dev.plimsoll.oracle.Answer.Reason;
import dev.plimsoll.oracle.Answer.Silent;
import dev.plimsoll.oracle.SourceStatus.BreakerState;
import dev.plimsoll.oracle.SourceStatus.Turn;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.Tick;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * The asking of one source: at its own pace, under its own time-out, behind its own breaker, never twice at once.
 *
 * <p>Answers are kept as they arrive, whether a tick still waits for them or not, and stand until the same source says
 * something else of the same asset; how long a kept quote may be believed is for the consensus to say.
 */
final class Lane {
    private final PriceSource source;
    private final SourceSettings settings;
    private final Breaker breaker;
    private final Pace pace;
    private final Unknowns unknowns;
    private final LaneRecord record;
    private final StreamRecord stream;
    private final boolean asks;
    private final Duration deadline;
    private final Kept kept = new Kept();
    private final Optional<Ear> ear;
    private Optional<Ask> running = Optional.empty();
    private Optional<Instant> seen = Optional.empty();
    private Habit habit = Habit.NONE;

    Lane(PriceSource source, SourceSettings settings, OracleConfig config, MeterRegistry meters) {
        this.source = source;
        this.settings = settings;
        this.breaker = new Breaker(config.breakerFailures(), config.breakerPause());
        this.pace = new Pace(settings.pace(), config.breakerPause());
        this.unknowns = new Unknowns(source.name());
        var missing = settings.enabled() ? source.missing(settings) : Optional.<String>empty();
        this.asks = settings.enabled() && missing.isEmpty();
        this.record = new LaneRecord(source, settings, missing, meters);
        this.deadline = config.deadline();
        this.stream = new StreamRecord(source.name(), meters);
        this.ear = asks && settings.stream() && source instanceof StreamingSource speaker
                ? Optional.of(new Ear(speaker, settings, kept, stream, new Reopening(new SplittableRandom())))
                : Optional.empty();
    }

    /** Where the source has a stream: takes what comes over it, while ticks ask, until it is cancelled. */
    Uni<Void> listen() {
        return ear.map(Ear::listen).orElseGet(() -> Uni.createFrom().voidItem());
    }

    /** Empty when it is not this tick's turn or an earlier tick's ask is still under way. */
    synchronized Optional<Ask> ask(Set<Asset> wanted, Tick tick) {
        seen = Optional.of(tick.at());
        var covered = asks ? source.covers(wanted) : Set.<Asset>of();
        ear.ifPresent(listening -> listening.want(covered, tick));
        pace.atLeast(hears() ? settings.heartbeat() : Duration.ZERO);
        var assets = unknowns.without(covered, tick.at());
        if (assets.isEmpty() || running.isPresent() || !pace.isDue(tick) || !breaker.admits(tick.at())) {
            return Optional.empty();
        }
        pace.asked(tick.at());
        running = Optional.of(new Ask(source.family(), assets, habit, ask -> exchange(ask, assets, tick.at())));
        return running;
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
        var next =
                pace.next().map(paced -> breaker.until().filter(paced::isBefore).orElse(paced));
        var turn = new Turn(settings.pace(), next, breakerState(), breaker.until());
        return record.status(turn, ear.map(listening -> stream.status()));
    }

    private BreakerState breakerState() {
        if (!breaker.isOpen()) {
            return BreakerState.CLOSED;
        }
        var admits = seen.filter(breaker::admits).isPresent();
        return admits || running.isPresent() ? BreakerState.HALF_OPEN : BreakerState.OPEN;
    }

    /** Never fails: a fault of the adapter ends it early. */
    private Uni<Void> exchange(Ask ask, Set<Asset> assets, Instant at) {
        return Multi.createFrom()
                .deferred(() -> source.ask(assets, settings))
                .onFailure()
                .invoke(record::fault)
                .onFailure()
                .recoverWithCompletion()
                .onCompletion()
                .invoke(ask::closed)
                .select()
                .first(settings.timeout())
                .invoke(ask::note)
                .invoke(this::keep)
                .collect()
                .asList()
                .invoke(answers -> finish(ask, answers, at))
                .replaceWithVoid();
    }

    /** What the stream says is not unsaid by an ask that failed. */
    private void keep(Answer answer) {
        if (answer instanceof Quote || !hears(answer.asset())) {
            kept.put(answer);
        }
    }

    private boolean hears() {
        return ear.filter(Ear::hears).isPresent();
    }

    private boolean hears(Asset asset) {
        return ear.filter(listening -> listening.hears(asset)).isPresent();
    }

    private synchronized void finish(Ask ask, List<Answer> answers, Instant at) {
        var latency = ask.latency();
        var all = Stream.concat(answers.stream(), ask.unanswered().stream().map(asset -> missing(asset, ask)))
                .toList();
        all.forEach(this::keep);
        var failed = all.stream().noneMatch(Quote.class::isInstance);
        var wish = wish(all).map(pause -> at.plus(latency).plus(pause));
        habit = failed ? habit.failed() : habit.answered(latency, deadline);
        var lost = failed && !hears();
        pace.ended(lost, wish);
        if (lost) {
            breaker.failed(at, wish.isEmpty() && all.stream().anyMatch(Lane::isTooOften));
        } else {
            breaker.succeeded();
        }
        unknowns.learn(all, at);
        record.finished(all, unknowns.assets(), at, latency);
        running = Optional.empty();
        ask.over();
    }

    private Silent missing(Asset asset, Ask ask) {
        return ask.isClosed()
                ? silent(asset, Reason.ADAPTER_FAULT, "our reading of this source failed, which is a fault of ours")
                : silent(asset, Reason.TIMED_OUT, "no answer within " + settings.timeout());
    }

    /** The longest, where it answers several requests. */
    private static Optional<Duration> wish(List<Answer> answers) {
        return answers.stream()
                .filter(Silent.class::isInstance)
                .flatMap(silent -> ((Silent) silent).retryAfter().stream())
                .max(Comparator.naturalOrder());
    }

    private static boolean isTooOften(Answer answer) {
        return answer instanceof Silent silent && silent.reason() == Reason.RATE_LIMITED;
    }

    private synchronized Answer answer(Asset asset) {
        var known = kept.of(asset);
        if (breaker.isOpen() && !hears(asset)) {
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
