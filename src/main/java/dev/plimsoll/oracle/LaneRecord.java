package dev.plimsoll.oracle;

import dev.plimsoll.oracle.Answer.Quote;
import dev.plimsoll.oracle.Answer.Reason;
import dev.plimsoll.oracle.Answer.Silent;
import dev.plimsoll.oracle.SourceStatus.Silence;
import dev.plimsoll.oracle.SourceStatus.State;
import dev.plimsoll.oracle.SourceStatus.Stream;
import dev.plimsoll.oracle.SourceStatus.Turn;
import dev.plimsoll.unit.Asset;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.logging.Log;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How a lane's asks went: what its status shows, its counters, and the log line when that changes. */
final class LaneRecord {
    private static final int REMEMBERED = 20;

    private final String source;
    private final String family;
    private final String host;
    private final MeterRegistry meters;
    private final Timer asks;
    private final Map<Reason, Long> silences = new EnumMap<>(Reason.class);
    private final Deque<Boolean> failures = new ArrayDeque<>();
    private State state;
    private Optional<Silence> last = Optional.empty();
    private Optional<Instant> lastAnswerAt = Optional.empty();
    private final Latencies latencies = new Latencies(REMEMBERED);
    private final Optional<String> missing;
    private int silentAssets;
    private List<Asset> unknown = List.of();
    private boolean faulty;

    /** @param missing what must be set before it is asked, where it is not switched off */
    LaneRecord(PriceSource source, SourceSettings settings, Optional<String> missing, MeterRegistry meters) {
        this.source = source.name();
        this.family = source.family();
        this.host = settings.url().getHost();
        this.meters = meters;
        this.asks = meters.timer("plimsoll.oracle.ask", "source", this.source);
        this.missing = missing;
        missing.ifPresent(why -> Log.infof("source not asked: source=%s why=%s", source.name(), why));
        this.state = settings.enabled() && missing.isEmpty() ? State.DEGRADED : State.DISABLED;
    }

    /**
     * @param unknown assets whose identifier it does not know: their silence is no failure
     * @param at      the tick that asked
     * @param latency of the whole ask, by monotonic clock
     */
    synchronized void finished(Collection<Answer> answers, List<Asset> unknown, Instant at, Duration latency) {
        answers.forEach(answer -> count(answer, at));
        faulty &= answers.stream().anyMatch(LaneRecord::isFault);
        asks.record(latency);
        latencies.add(latency);
        this.unknown = unknown;
        var failed = answers.stream().noneMatch(Quote.class::isInstance);
        silentAssets = Math.toIntExact(answers.stream()
                .filter(answer -> answer instanceof Silent && (failed || !unknown.contains(answer.asset())))
                .count());
        remember(failed);
        enter(failed ? State.SILENT : silentAssets == 0 ? State.OK : State.DEGRADED, answers.size());
    }

    /** A fault of ours; its message may hold what the source sent. Said once, until the adapter works again. */
    synchronized void fault(Throwable fault) {
        if (!faulty) {
            Log.errorf(
                    "source adapter failed, please report it: source=%s fault=%s",
                    source, fault.getClass().getName());
        }
        faulty = true;
    }

    private void count(Answer answer, Instant at) {
        switch (answer) {
            case Quote quote -> {
                lastAnswerAt = Optional.of(quote.receivedAt());
                meters.counter("plimsoll.oracle.answers", "source", source, "outcome", "quote")
                        .increment();
            }
            case Silent silent -> {
                last = Optional.of(new Silence(silent.reason(), silent.detail(), at));
                silences.merge(silent.reason(), 1L, Long::sum);
                meters.counter(
                                "plimsoll.oracle.answers",
                                "source",
                                source,
                                "outcome",
                                silent.reason().word())
                        .increment();
            }
        }
    }

    private static boolean isFault(Answer answer) {
        return answer instanceof Silent silent && silent.reason() == Reason.ADAPTER_FAULT;
    }

    private void remember(boolean failed) {
        failures.addLast(failed);
        if (failures.size() > REMEMBERED) {
            failures.removeFirst();
        }
    }

    private void enter(State next, int assets) {
        if (next == state) {
            return;
        }
        var reason = last.map(Silence::reason).map(Reason::word).orElse("none");
        switch (next) {
            case OK -> Log.infof("source ok: source=%s assets=%d", source, assets);
            case DEGRADED -> Log.infof("source degraded: source=%s assets=%d reason=%s", source, assets, reason);
            case SILENT -> Log.warnf("source silent: source=%s assets=%d reason=%s", source, assets, reason);
            case DISABLED -> throw new IllegalStateException("source " + source + " is switched off while running");
        }
        state = next;
    }

    /**
     * @param turn   when its lane asks it
     * @param stream how its lane listens to it
     */
    synchronized SourceStatus status(Turn turn, Optional<Stream> stream) {
        return new SourceStatus(
                source,
                family,
                host,
                state,
                last,
                latest(stream.flatMap(Stream::lastHeardAt)),
                failures.stream().mapToInt(failed -> failed ? 1 : 0).average().orElse(0),
                latencies.shown(),
                turn,
                silentAssets,
                silences,
                missing,
                stream,
                unknown);
    }

    private Optional<Instant> latest(Optional<Instant> heardAt) {
        return heardAt.filter(heard -> lastAnswerAt.filter(heard::isBefore).isEmpty())
                .or(() -> lastAnswerAt);
    }
}
