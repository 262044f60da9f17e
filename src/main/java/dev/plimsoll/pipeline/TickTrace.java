package dev.plimsoll.pipeline;

import dev.plimsoll.unit.Tick;
import dev.plimsoll.wire.Tracing;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.function.Supplier;

/**
 * The spans of a tick: asking, judging, and each commit. Notices keep the commit that wrote them, so that the courier's
 * attempts go on with its trace. There is one tick at a time, so that whatever is under way is a part of it.
 */
@Singleton
class TickTrace {
    /** The default of {@code notice.trace} reads it. */
    private static final String MARK = "select set_config('plimsoll.trace', $1, true)";

    private final Tracing tracing;
    private volatile Context current = Context.root();

    @Inject
    TickTrace(Tracing tracing) {
        this.tracing = tracing;
    }

    /** All of a tick. */
    Uni<TickReport> tick(Tick tick, Supplier<Uni<TickReport>> work) {
        return tracing.isOn() ? Uni.createFrom().deferred(() -> root(tick, work)) : work.get();
    }

    private Uni<TickReport> root(Tick tick, Supplier<Uni<TickReport>> work) {
        var span = tracing.first("tick")
                .setAttribute("plimsoll.tick", tick.number())
                .startSpan();
        current = Context.root().with(span);
        return ended(span, work.get().invoke(report -> describe(span, report)));
    }

    private static void describe(Span span, TickReport report) {
        span.setAttribute("plimsoll.held", report.held())
                .setAttribute("plimsoll.positions", report.positions())
                .setAttribute("plimsoll.unknown", report.unseen())
                .setAttribute("plimsoll.selected", report.selected())
                .setAttribute("plimsoll.transitions", report.transitions().size());
    }

    /** A part of the tick that is under way. */
    <T> Uni<T> step(String name, Supplier<Uni<T>> work) {
        return tracing.isOn() ? Uni.createFrom().deferred(() -> within(name, work)) : work.get();
    }

    private <T> Uni<T> within(String name, Supplier<Uni<T>> work) {
        var before = current;
        var span = tracing.within(before, name).startSpan();
        current = before.with(span);
        return ended(span, work.get()).onTermination().invoke(() -> current = before);
    }

    /** To be called in the transaction that writes notices, within the step of its commit. */
    Uni<Void> mark(SqlConnection tx) {
        return Tracing.traceparent(Span.fromContext(current))
                .map(trace -> tx.preparedQuery(MARK).execute(Tuple.of(trace)).replaceWithVoid())
                .orElseGet(() -> Uni.createFrom().voidItem());
    }

    /** A failure by its kind: its message may hold anything. */
    private static <T> Uni<T> ended(Span span, Uni<T> work) {
        return work.onFailure()
                .invoke(failure ->
                        span.setStatus(StatusCode.ERROR, failure.getClass().getSimpleName()))
                .onTermination()
                .invoke(() -> span.end());
    }
}
