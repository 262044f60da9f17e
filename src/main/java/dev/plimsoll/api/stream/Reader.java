package dev.plimsoll.api.stream;

import dev.plimsoll.account.Identity;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One client that listens. What waits for it is bounded: who reads too slowly is cut off, and reads on with another
 * connection.
 */
final class Reader {
    private static final Buffer ALIVE = Buffer.buffer(":\n\n");
    private static final int SOONEST_MILLIS = 2_000;
    private static final int LATEST_MILLIS = 5_000;

    private final Wanted wanted;
    private final Optional<Identity> identity;
    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final Context context;
    private final int backlogBytes;
    private final Runnable dropped;
    /** Bytes that the client has not taken yet. */
    private final AtomicInteger waiting = new AtomicInteger();

    private volatile Progress progress;
    private volatile boolean greeted;

    /** @param dropped runs when it is cut off */
    Reader(Opening opening, Context context, int backlogBytes, Runnable dropped) {
        this.wanted = opening.wanted();
        this.identity = opening.identity();
        this.progress = opening.progress();
        this.request = opening.http().request();
        this.response = opening.http().response();
        this.context = context;
        this.backlogBytes = backlogBytes;
        this.dropped = dropped;
    }

    Wanted wanted() {
        return wanted;
    }

    Optional<Identity> identity() {
        return identity;
    }

    /** Of its own alerts. */
    Progress progress() {
        return progress;
    }

    void progress(Progress now) {
        progress = now;
    }

    /** Whether it was told of its positions once, all of them. */
    boolean isGreeted() {
        return greeted;
    }

    void greeted() {
        greeted = true;
    }

    boolean isCaughtUp() {
        return waiting.get() == 0;
    }

    /** Headers, and when to come back: not all at once after a restart of ours. */
    void begin() {
        var retry = ThreadLocalRandom.current().nextInt(SOONEST_MILLIS, LATEST_MILLIS);
        context.runOnContext(nothing -> write(Buffer.buffer("retry: " + retry + "\n\n")));
    }

    void tell(Frame frame) {
        var id = "id: " + frame.at().toEpochMilli() + "-" + progress.xid() + "\n";
        context.runOnContext(nothing -> {
            write(Buffer.buffer(id));
            write(frame.body());
        });
    }

    /** A comment, so that nobody in between thinks the connection dead. */
    void keepAlive() {
        context.runOnContext(nothing -> write(ALIVE));
    }

    /** In order: what was told arrives. */
    void end() {
        context.runOnContext(nothing -> {
            if (isOpen()) {
                response.end();
            }
        });
    }

    private void write(Buffer bytes) {
        if (!isOpen()) {
            return;
        }
        if (waiting.get() > 0 && waiting.get() + bytes.length() > backlogBytes) {
            dropped.run();
            cut();
            return;
        }
        waiting.addAndGet(bytes.length());
        response.write(bytes).onComplete(done -> waiting.addAndGet(-bytes.length()));
    }

    /** The connection itself: what closes it in order would wait until the client has read. */
    private void cut() {
        if (request.version() != HttpVersion.HTTP_2 && request.connection() instanceof ConnectionBase connection) {
            connection.channelHandlerContext().close();
        } else {
            response.reset();
        }
    }

    boolean isOpen() {
        return !response.ended() && !response.closed();
    }
}
