package dev.plimsoll.oracle;

import dev.plimsoll.oracle.Answer.Quote;
import dev.plimsoll.oracle.Answer.Reason;
import dev.plimsoll.oracle.Answer.Silent;
import dev.plimsoll.oracle.SourceStatus.State;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** How a lane's asks went: what its status shows, its counters, and the log line when that changes. */
final class LaneRecord {
    private static final int REMEMBERED = 20;

    private final String source;
    private final String family;
    private final MeterRegistry meters;
    private final Map<Reason, Long> silences = new EnumMap<>(Reason.class);
    private final Deque<Boolean> failures = new ArrayDeque<>();
    private State state;
    private Optional<Silent> last = Optional.empty();
    private Optional<Instant> lastAnswerAt = Optional.empty();
    private Optional<Duration> latency = Optional.empty();

    LaneRecord(PriceSource source, boolean enabled, MeterRegistry meters) {
        this.source = source.name();
        this.family = source.family();
        this.meters = meters;
        this.state = enabled ? State.DEGRADED : State.DISABLED;
    }

    /** @param latency of the whole ask, by monotonic clock */
    synchronized void finished(Collection<Answer> answers, Duration latency) {
        answers.forEach(this::count);
        meters.timer("plimsoll.oracle.ask", "source", source).record(latency);
        this.latency = Optional.of(latency);
        var silent = answers.stream().filter(Silent.class::isInstance).count();
        remember(silent == answers.size());
        enter(silent == 0 ? State.OK : silent == answers.size() ? State.SILENT : State.DEGRADED, answers.size());
    }

    private void count(Answer answer) {
        switch (answer) {
            case Quote quote -> {
                lastAnswerAt = Optional.of(quote.receivedAt());
                meters.counter("plimsoll.oracle.answers", "source", source, "outcome", "quote")
                        .increment();
            }
            case Silent silent -> {
                last = Optional.of(silent);
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
        var reason = last.map(Silent::reason).map(Reason::word).orElse("none");
        switch (next) {
            case OK -> Log.infof("source ok: source=%s assets=%d", source, assets);
            case DEGRADED -> Log.infof("source degraded: source=%s assets=%d reason=%s", source, assets, reason);
            case SILENT -> Log.warnf("source silent: source=%s assets=%d reason=%s", source, assets, reason);
            case DISABLED -> throw new IllegalStateException("source " + source + " is switched off while running");
        }
        state = next;
    }

    synchronized SourceStatus status() {
        var shown = state == State.OK ? Optional.<Silent>empty() : last;
        return new SourceStatus(
                source,
                family,
                state,
                shown.map(Silent::reason),
                shown.map(Silent::detail),
                lastAnswerAt,
                failures.stream().mapToInt(failed -> failed ? 1 : 0).average().orElse(0),
                latency,
                silences);
    }
}
