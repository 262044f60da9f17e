package dev.plimsoll.wire;

import dev.plimsoll.wire.Limits.Excess;
import dev.plimsoll.wire.WireFailure.TimedOut;
import dev.plimsoll.wire.WireFailure.TooLarge;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpConnection;
import java.util.function.Supplier;

/**
 * One request and its answer under one deadline.
 *
 * <p>None of Vert.x' own time-outs bounds a body that arrives byte by byte. Here the deadline, like a cancellation,
 * abandons the call.
 */
final class Exchange {
    private final Limits limits;
    private final UniEmitter<? super Reply> emitter;
    private final Call call;
    private final Buffer got = Buffer.buffer();
    private int parts;

    private Exchange(Limits limits, UniEmitter<? super Reply> emitter) {
        this.limits = limits;
        this.emitter = emitter;
        this.call = new Call(this::read, this::fail);
    }

    /**
     * The answer, or a {@link WireFailure}.
     *
     * @param dial everything up to the connection; its time counts
     */
    static Uni<Reply> run(Vertx vertx, Supplier<Future<HttpClientRequest>> dial, Buffer body, Limits limits) {
        return Uni.createFrom().emitter(emitter -> {
            var exchange = new Exchange(limits, emitter);
            var timer = vertx.setTimer(
                    limits.deadline().toMillis(), fired -> emitter.fail(new TimedOut(limits.deadline())));
            emitter.onTermination(() -> {
                vertx.cancelTimer(timer);
                exchange.call.abandon();
            });
            exchange.call.start(vertx, dial, body);
        });
    }

    /** Without a handler Vert.x logs what broke a connection, which quotes the other side. The request fails anyway. */
    static void keepTheirWordsOutOfTheLog(HttpConnection connection) {
        connection.exceptionHandler(broken -> {});
    }

    private void read(HttpClientResponse response) {
        response.exceptionHandler(this::fail);
        response.handler(part -> take(response, part));
        response.endHandler(end -> complete(response));
    }

    private void take(HttpClientResponse response, Buffer part) {
        var room = limits.bodyBytes() - got.length();
        parts++;
        if (part.length() <= room && parts <= limits.parts()) {
            got.appendBuffer(part);
        } else if (limits.excess() == Excess.CUT) {
            got.appendBuffer(part, 0, Math.min(part.length(), room));
            emitter.complete(reply(response));
        } else {
            emitter.fail(new TooLarge(limits.bodyBytes()));
        }
    }

    private void complete(HttpClientResponse response) {
        call.complete();
        emitter.complete(reply(response));
    }

    private Reply reply(HttpClientResponse response) {
        return new Reply(response.statusCode(), response.headers(), got);
    }

    private void fail(Throwable thrown) {
        emitter.fail(Failures.sort(thrown));
    }
}
