package dev.plimsoll.delivery;

import dev.plimsoll.delivery.Tried.Called;
import dev.plimsoll.wire.Tracing;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * The spans of a delivery, in the trace of the commit that wrote its notice: the time between its claim and its call, and
 * the call. Of the receiver only its kind and the status of its answer.
 */
@Singleton
final class AttemptTrace {
    private final Tracing tracing;

    @Inject
    AttemptTrace(Tracing tracing) {
        this.tracing = tracing;
    }

    /** Just after it was answered. */
    void ended(Tried tried) {
        if (tracing.isOn()) {
            tried.claim().origin().trace().map(Tracing::context).ifPresent(notice -> ended(tried, notice));
        }
    }

    private void ended(Tried tried, Context notice) {
        var claim = tried.claim();
        var now = tracing.epochNanos(System.nanoTime());
        var claimed = tracing.epochNanos(claim.claimed());
        var called = now - took(tried);
        var waited = tracing.within(notice, "claim")
                .setAttribute("plimsoll.delivery", claim.delivery().toString())
                .setStartTimestamp(claimed, TimeUnit.NANOSECONDS)
                .startSpan();
        waited.end(called, TimeUnit.NANOSECONDS);
        var call = tracing.within(Context.root().with(waited), "attempt")
                .setSpanKind(SpanKind.CLIENT)
                .setAttribute("plimsoll.delivery", claim.delivery().toString())
                .setAttribute("plimsoll.channel.kind", claim.target().kind())
                .setAttribute("plimsoll.attempt", claim.number())
                .setStartTimestamp(called, TimeUnit.NANOSECONDS)
                .startSpan();
        describe(call, tried);
        call.end(now, TimeUnit.NANOSECONDS);
    }

    private static long took(Tried tried) {
        return tried.attempt().map(called -> called.duration().toNanos()).orElse(0L);
    }

    private static void describe(Span span, Tried tried) {
        span.setAttribute("plimsoll.outcome", word(tried));
        tried.attempt()
                .flatMap(called -> called.outcome().status())
                .ifPresent(status -> span.setAttribute("plimsoll.status", status));
        if (tried.attempt().filter(AttemptTrace::arrived).isEmpty()) {
            span.setStatus(StatusCode.ERROR);
        }
    }

    private static boolean arrived(Called called) {
        return called.outcome() instanceof Outcome.Delivered;
    }

    private static String word(Tried tried) {
        return switch (tried.ending()) {
            case Called called -> called.outcome().getClass().getSimpleName().toLowerCase(Locale.ROOT);
            case Tried.Broken ignored -> "broken";
            case Tried.Unrecordable ignored -> "unrecordable";
            case Tried.Dropped ignored -> "dropped";
            case Tried.ChannelClosed ignored -> "closed";
        };
    }
}
