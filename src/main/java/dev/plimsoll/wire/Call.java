package dev.plimsoll.wire;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One request, which can be abandoned at any moment: that resets it, which closes its connection.
 *
 * <p>Giving up on a future alone would leave the connection reading.
 */
final class Call {
    private static final State WAITING = new Waiting();
    private static final State OVER = new Over();

    private final Consumer<HttpClientResponse> read;
    private final Consumer<Throwable> fail;
    private final AtomicReference<State> state = new AtomicReference<>(WAITING);

    Call(Consumer<HttpClientResponse> read, Consumer<Throwable> fail) {
        this.read = read;
        this.fail = fail;
    }

    /**
     * On one event loop from here on: an answer that comes before somebody listens for it is lost.
     *
     * @param dial everything up to the connection
     */
    void start(Vertx vertx, Supplier<Future<HttpClientRequest>> dial, Buffer body) {
        vertx.getOrCreateContext()
                .runOnContext(go -> dial.get().onFailure(fail::accept).onSuccess(made -> send(made, body)));
    }

    private void send(HttpClientRequest request, Buffer body) {
        request.exceptionHandler(fail::accept);
        if (!state.compareAndSet(WAITING, new Live(request))) {
            request.reset();
            return;
        }
        var answer = body.length() == 0 ? request.send() : request.send(body);
        answer.onFailure(fail::accept).onSuccess(read::accept);
    }

    /** The whole answer has arrived: its connection goes back to the pool, so it is let go of before anybody resets it. */
    void complete() {
        state.set(OVER);
    }

    void abandon() {
        if (state.getAndSet(OVER) instanceof Live live) {
            live.request().reset();
        }
    }

    private sealed interface State {}

    private record Waiting() implements State {}

    private record Live(HttpClientRequest request) implements State {}

    private record Over() implements State {}
}
