package dev.plimsoll.oracle;

import dev.plimsoll.oracle.Answer.Quote;
import dev.plimsoll.oracle.Answer.Reason;
import dev.plimsoll.oracle.SourceStatus.Silence;
import dev.plimsoll.oracle.SourceStatus.Stream;
import dev.plimsoll.oracle.SourceStatus.StreamState;
import dev.plimsoll.oracle.StreamingSource.Ended;
import dev.plimsoll.oracle.StreamingSource.Said;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How listening to a source went: what its status shows, its counters, and the log line when that changes. */
final class StreamRecord {
    private final String source;
    private final MeterRegistry meters;
    private StreamState state = StreamState.IDLE;
    private long openings;
    private Optional<Long> openSince = Optional.empty();
    private Optional<Instant> lastHeardAt = Optional.empty();
    private Optional<Silence> lastEnd = Optional.empty();

    StreamRecord(String source, MeterRegistry meters) {
        this.source = source;
        this.meters = meters;
        events("quotes");
    }

    private Counter events(String outcome) {
        return meters.counter("plimsoll.oracle.stream.events", "source", source, "outcome", outcome);
    }

    synchronized void opening() {
        openings++;
        openSince = Optional.empty();
        state = StreamState.CONNECTING;
    }

    synchronized void said(Said said) {
        var quotes = said.answers().stream()
                .filter(Quote.class::isInstance)
                .map(Quote.class::cast)
                .toList();
        events(quotes.isEmpty() ? "none" : "quotes").increment();
        if (quotes.isEmpty()) {
            return;
        }
        lastHeardAt = Optional.of(quotes.getLast().receivedAt());
        if (state == StreamState.CONNECTING) {
            openSince = Optional.of(System.nanoTime());
            state = StreamState.OPEN;
            Log.infof("stream open: source=%s assets=%d", source, quotes.size());
        }
    }

    /** Since the first price of the stream, by monotonic clock; zero where none came. */
    synchronized Duration lasted() {
        return openSince
                .map(since -> Duration.ofNanos(System.nanoTime() - since))
                .orElse(Duration.ZERO);
    }

    /** Said when a stream ends over which prices came, and when another cause keeps it from opening. */
    synchronized void ended(Ended end, Instant tick, Duration rest) {
        if (end.reason() == Reason.ADAPTER_FAULT) {
            Log.errorf("stream adapter failed, please report it: source=%s fault=%s", source, end.detail());
        } else if (state == StreamState.OPEN
                || reason().filter(end.reason()::equals).isEmpty()) {
            Log.infof(
                    "stream ended: source=%s reason=%s why=%s next=%s",
                    source, end.reason().word(), end.detail(), rest);
        }
        lastEnd = Optional.of(new Silence(end.reason(), end.detail(), tick));
        state = StreamState.CLOSED;
    }

    private Optional<Reason> reason() {
        return lastEnd.map(Silence::reason);
    }

    synchronized void idle() {
        state = StreamState.IDLE;
    }

    synchronized Stream status() {
        return new Stream(state, lastHeardAt, openings, lastEnd);
    }
}
