package dev.plimsoll.ops.demo;

import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/**
 * Makes local exchanges fail at random, each for some ticks at a time, in every way there is. Any of them may fail to
 * answer; only the first of them, the liar, answers wrongly.
 */
final class Faults {
    private static final int ONE_IN = 40;
    private static final int LONGEST = 20;
    private static final BigDecimal WRONG = new BigDecimal("0.7");

    private final Vertx vertx;
    private final Random random;
    private final List<String> sources;
    private final Map<String, Fault> now = new HashMap<>();
    private final Map<String, Integer> left = new HashMap<>();
    private final Map<Kind, Integer> count = new EnumMap<>(Kind.class);
    private final Router wrong;
    private final Router still;
    private volatile Instant frozen;

    enum Kind {
        HANG,
        SERVER_ERROR,
        GARBAGE,
        RATE_LIMITED,
        SLOW,
        CUT,
        WRONG,
        STILL
    }

    private record Fault(Kind kind, int amount) {}

    Faults(Vertx vertx, Tape tape, Clock clock, List<String> sources, long seed) {
        this.vertx = vertx;
        this.random = new Random(seed);
        this.sources = sources;
        this.frozen = clock.instant();
        this.wrong = new ExchangeServers(
                        vertx,
                        (source, asset) ->
                                tape.price(source, asset, clock.instant()).map(price -> price.multiply(WRONG)),
                        clock)
                .routes();
        this.still = new ExchangeServers(vertx, (source, asset) -> tape.price(source, asset, frozen), clock).routes();
    }

    /** Before each tick: some faults end, some begin. */
    synchronized void roll(Instant at) {
        for (var source : sources) {
            var remaining = left.merge(source, -1, Integer::sum);
            if (remaining <= 0) {
                now.remove(source);
                if (random.nextInt(ONE_IN) == 0) {
                    begin(source, at);
                }
            }
        }
    }

    private void begin(String source, Instant at) {
        var kinds = Kind.values();
        var honest = kinds.length - 2;
        var kind = kinds[random.nextInt(source.equals(sources.getFirst()) ? kinds.length : honest)];
        now.put(source, new Fault(kind, 1 + random.nextInt(LONGEST)));
        left.put(source, 1 + random.nextInt(LONGEST));
        count.merge(kind, 1, Integer::sum);
        if (kind == Kind.STILL) {
            frozen = at;
        }
    }

    /** How many there were, by kind. */
    synchronized Map<String, Object> tally() {
        var tally = new TreeMap<String, Object>();
        count.forEach((kind, times) -> tally.put(kind.name(), times));
        return tally;
    }

    private synchronized Optional<Fault> of(String source) {
        return Optional.ofNullable(now.get(source));
    }

    void answer(String source, RoutingContext call) {
        of(source).ifPresentOrElse(fault -> answer(fault, call), call::next);
    }

    private void answer(Fault fault, RoutingContext call) {
        switch (fault.kind()) {
            case HANG -> {}
            case SERVER_ERROR -> call.response().setStatusCode(503).end();
            case GARBAGE ->
                call.response().putHeader("content-type", "application/json").end("<html>{\"price\":\"1\"");
            case RATE_LIMITED ->
                call.response()
                        .setStatusCode(429)
                        .putHeader("Retry-After", Integer.toString(fault.amount()))
                        .end();
            case SLOW -> vertx.setTimer(fault.amount() * 100L, waited -> call.next());
            case CUT -> cut(call);
            case WRONG -> wrong.handle(call.request());
            case STILL -> still.handle(call.request());
        }
    }

    private static void cut(RoutingContext call) {
        call.response().putHeader("content-type", "application/json").putHeader("content-length", "1000");
        call.response()
                .write("{\"")
                .onComplete(written -> call.request().connection().close());
    }
}
