package dev.plimsoll.wire;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.TracerProvider;
import io.opentelemetry.context.Context;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Spans for whoever wants to see where the time goes. Nothing makes one of its own accord: what leaves is what is said here
 * and where it is used. Without a collector there is nothing behind it, and it costs nothing.
 *
 * @see <a href="https://www.w3.org/TR/trace-context/">W3C Trace Context</a>
 */
@Singleton
public final class Tracing {
    private static final Pattern TRACEPARENT = Pattern.compile("00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})");

    private final Optional<Collector> collector;
    private final Tracer tracer;

    @Inject
    Tracing(WireConfig config) {
        this.collector = config.traces()
                .url()
                .map(url -> Collector.at(url, config.traces().share()));
        this.tracer = collector
                .map(Collector::tracer)
                .orElseGet(() -> TracerProvider.noop().get("plimsoll"));
    }

    private Tracing() {
        this.collector = Optional.empty();
        this.tracer = TracerProvider.noop().get("plimsoll");
    }

    /** Traces nothing. */
    public static Tracing off() {
        return new Tracing();
    }

    public boolean isOn() {
        return collector.isPresent();
    }

    /** A span that begins something new. */
    public SpanBuilder first(String name) {
        return tracer.spanBuilder(name).setNoParent();
    }

    public SpanBuilder within(Context parent, String name) {
        return tracer.spanBuilder(name).setParent(parent);
    }

    /** A moment of this machine's monotonic clock, in nanoseconds, as nanoseconds since 1970. */
    public long epochNanos(long monotonic) {
        return collector.map(Collector::nowNanos).orElse(0L) - (System.nanoTime() - monotonic);
    }

    /** For whoever goes on with it; empty where it is not traced. */
    public static Optional<String> traceparent(Span span) {
        var context = span.getSpanContext();
        return context.isValid() && context.isSampled()
                ? Optional.of("00-%s-%s-%s"
                        .formatted(
                                context.getTraceId(),
                                context.getSpanId(),
                                context.getTraceFlags().asHex()))
                : Optional.empty();
    }

    /** The context that somebody left; none where it cannot be read. */
    public static Context context(String traceparent) {
        var parts = TRACEPARENT.matcher(traceparent);
        return parts.matches()
                ? Context.root()
                        .with(Span.wrap(SpanContext.createFromRemoteParent(
                                parts.group(1),
                                parts.group(2),
                                TraceFlags.fromHex(parts.group(3), 0),
                                TraceState.getDefault())))
                : Context.root();
    }

    /** What was not sent yet leaves now. */
    @PreDestroy
    void close() {
        collector.ifPresent(Collector::close);
    }
}
