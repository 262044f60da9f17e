package dev.plimsoll.wire;

import dev.plimsoll.wire.WireFailure.BadAnswer;
import dev.plimsoll.wire.WireFailure.NoStream;
import dev.plimsoll.wire.WireFailure.TimedOut;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import io.smallrye.mutiny.subscription.MultiEmitter;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * One request and the events it brings, for as long as they come.
 *
 * <p>Each event is handed on where it arrives, on the connection's event loop, and nothing is queued: who takes them in
 * slowly is a fault, and fails. What comes faster than it may is left in the socket, so that the sender waits.
 */
final class Reception {
    private static final long SECOND_MILLIS = 1_000;
    private static final long SECOND_NANOS = 1_000_000_000;

    private final Vertx vertx;
    private final StreamLimits limits;
    private final MultiEmitter<? super ServerEvent> emitter;
    private final EventDecoder decoder;
    private final Call call;
    private final long timer;
    private long since = System.nanoTime();
    private long taken;

    private Reception(Vertx vertx, StreamLimits limits, MultiEmitter<? super ServerEvent> emitter) {
        this.vertx = vertx;
        this.limits = limits;
        this.emitter = emitter;
        this.decoder = new EventDecoder(limits.eventBytes());
        this.call = new Call(this::read, this::fail);
        this.timer = vertx.setTimer(limits.opening().toMillis(), fired -> fail(new TimedOut(limits.opening())));
    }

    /** Events until the other side ends, or a {@link WireFailure}. */
    static Multi<ServerEvent> run(Vertx vertx, Supplier<Future<HttpClientRequest>> dial, StreamLimits limits) {
        return Multi.createFrom()
                .<ServerEvent>emitter(
                        emitter -> {
                            var reception = new Reception(vertx, limits, emitter);
                            emitter.onTermination(reception::end);
                            reception.call.start(vertx, dial, Buffer.buffer());
                        },
                        BackPressureStrategy.ERROR)
                .ifNoItem()
                .after(limits.idle())
                .failWith(() -> new TimedOut(limits.idle()));
    }

    private void read(HttpClientResponse response) {
        vertx.cancelTimer(timer);
        response.exceptionHandler(this::fail);
        if (response.statusCode() != 200) {
            fail(new NoStream(new Reply(response.statusCode(), response.headers(), Buffer.buffer())));
        } else if (!isEvents(response)) {
            fail(new BadAnswer("the answer is no stream of events by its content type"));
        } else {
            response.handler(part -> take(response, part));
            response.endHandler(end -> complete());
        }
    }

    private static boolean isEvents(HttpClientResponse response) {
        var type = String.valueOf(response.getHeader("Content-Type")).toLowerCase(Locale.ROOT);
        var encoding = response.headers().get("Content-Encoding");
        return type.matches("text/event-stream\\s*(;.*)?")
                && (encoding == null || encoding.equalsIgnoreCase("identity"));
    }

    private void take(HttpClientResponse response, Buffer part) {
        try {
            decoder.read(part).forEach(emitter::emit);
            slowDown(response, part.length());
        } catch (WireFailure.TooLarge e) {
            fail(e);
        }
    }

    private void slowDown(HttpClientResponse response, int bytes) {
        var now = System.nanoTime();
        if (now - since >= SECOND_NANOS) {
            since = now;
            taken = 0;
        }
        taken += bytes;
        if (taken > limits.bytesPerSecond()) {
            response.pause();
            vertx.setTimer(SECOND_MILLIS, later -> response.resume());
        }
    }

    private void complete() {
        call.complete();
        emitter.complete();
    }

    /** What breaks is told by the request and by its answer, and again when it is abandoned: once is enough. */
    private void fail(Throwable thrown) {
        if (!emitter.isCancelled()) {
            emitter.fail(Failures.sort(thrown));
        }
    }

    private void end() {
        vertx.cancelTimer(timer);
        call.abandon();
    }
}
