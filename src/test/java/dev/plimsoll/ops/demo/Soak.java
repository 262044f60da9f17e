package dev.plimsoll.ops.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plimsoll.delivery.Dispatch;
import dev.plimsoll.pipeline.HandClock;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/** Some simulated time at {@code every=2s} in a real crash: once with honest sources, once with faults at random. */
final class Soak {
    static final Duration INTERVAL = Duration.ofSeconds(2);
    private static final List<String> SOURCES = List.of("binance", "coinbase", "kraken", "bitstamp", "coingecko");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final CrashWindow CRASH = CrashWindow.named("2025-02-03").orElseThrow();
    private static final int PRICE_RULES = 10;
    private static final int COLD = 3;

    private final Replay replay;
    private final Vertx vertx;
    private final HandClock clock;
    private final Dispatch dispatch;
    private final int copies;
    private final AtomicInteger webhooks = new AtomicInteger();
    private final AtomicInteger blocked = new AtomicInteger();

    /** @param copies of each position of the crash */
    Soak(Replay replay, Vertx vertx, HandClock clock, Dispatch dispatch, int copies) {
        this.replay = replay;
        this.vertx = vertx;
        this.clock = clock;
        this.dispatch = dispatch;
        this.copies = copies;
    }

    /**
     * @param heap     used megabytes after a collection, at each quarter
     * @param late     ticks that took longer than their interval, in real time
     * @param slowest  tick, in real time, after the first ones
     * @param blocked  warnings that an event loop was held up
     * @param told     alerts that fired
     * @param untrue   alerts that fired and did not without faults, blindness apart
     * @param webhooks received
     */
    record Outcome(
            List<Long> heap,
            int late,
            Duration slowest,
            Duration median,
            int blocked,
            Set<String> told,
            Set<String> untrue,
            int webhooks,
            Map<String, Object> faults) {}

    /** What fires with honest sources. */
    Set<String> honest(Instant from, int ticks) {
        begin();
        run(from, ticks, at -> {});
        var fired = fired();
        replay.end();
        return fired;
    }

    Outcome faulty(Instant from, int ticks, long seed, Set<String> honest) {
        begin();
        var hook = hook();
        replay.post(
                "/channels",
                "{\"kind\":\"webhook\",\"name\":\"soak\",\"url\":\"http://127.0.0.1:%d/hook\"}"
                        .formatted(hook.actualPort()));
        clock.set(from);
        var faults = new Faults(vertx, new Tape(CRASH), clock, SOURCES, seed);
        SOURCES.forEach(source -> replay.answer(source, call -> faults.answer(source, call)));
        var heap = new ArrayList<Long>();
        var took = new ArrayList<Duration>();
        var log = Logger.getLogger("io.vertx.core.impl.BlockedThreadChecker");
        var counter = new Counter();
        log.addHandler(counter);
        for (var quarter = 0; quarter < 4; quarter++) {
            var start = from.plus(INTERVAL.multipliedBy((long) quarter * (ticks / 4)));
            took.addAll(run(start, ticks / 4, faults::roll));
            heap.add(usedMegabytes());
        }
        log.removeHandler(counter);
        var untrue = new TreeSet<>(fired());
        untrue.removeAll(honest);
        untrue.removeIf(Soak::isBlindness);
        var warm = took.stream().skip(COLD).sorted().toList();
        var outcome = new Outcome(
                heap,
                (int) warm.stream().filter(each -> each.compareTo(INTERVAL) > 0).count(),
                warm.getLast(),
                warm.get(warm.size() / 2),
                blocked.get(),
                fired(),
                untrue,
                webhooks.get(),
                faults.tally());
        replay.end();
        hook.close().toCompletionStage().toCompletableFuture().join();
        return outcome;
    }

    private void begin() {
        replay.begin(CRASH);
        for (var copy = 0; copy < copies; copy++) {
            for (var position : CRASH.positions()) {
                var name = position.get("key").asText() + "-" + copy;
                replay.post(
                        "/positions",
                        ((ObjectNode) position.deepCopy()).put("key", name).toString());
            }
        }
        for (var rule = 0; rule < PRICE_RULES; rule++) {
            replay.post("/rules", """
                    {"name":"price %d","watches":{"asset":"ETH"},"condition":{"type":"price","asset":"ETH"},
                     "levels":[{"severity":"warning","below":"%d","clearAbove":"%d"}]}""".formatted(rule, 2_000 + 100 * rule, 2_100 + 100 * rule));
        }
    }

    private List<Duration> run(Instant from, int ticks, java.util.function.Consumer<Instant> before) {
        var took = new ArrayList<Duration>();
        for (var tick = 0; tick < ticks; tick++) {
            var at = from.plus(INTERVAL.multipliedBy(tick));
            before.accept(at);
            var start = System.nanoTime();
            replay.tick(at, INTERVAL);
            took.add(Duration.ofNanos(System.nanoTime() - start));
            dispatch.round().await().atMost(PATIENCE);
        }
        return took;
    }

    private Set<String> fired() {
        return replay.timeline().stream()
                .filter(line -> line.contains("alert.firing"))
                .map(line -> line.split(" "))
                .map(words -> words[2] + " " + words[3])
                .collect(Collectors.toCollection(HashSet::new));
    }

    /** Of the account: while all sources of an asset fail, it is true. */
    private static boolean isBlindness(String fired) {
        return fired.startsWith("account:");
    }

    private HttpServer hook() {
        return vertx.createHttpServer()
                .requestHandler(this::receive)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    private void receive(HttpServerRequest request) {
        request.body().onSuccess(body -> {
            var event = body.toJsonObject();
            var proof = event.getString("type").equals("channel.verification");
            if (!proof) {
                webhooks.incrementAndGet();
            }
            request.response().end(proof ? event.getJsonObject("data").getString("code") : "");
        });
    }

    private static long usedMegabytes() {
        var memory = ManagementFactory.getMemoryMXBean();
        var used = new ArrayList<Long>();
        for (var turn = 0; turn < 3; turn++) {
            System.gc();
            used.add(memory.getHeapMemoryUsage().getUsed() >> 20);
        }
        return used.stream().min(Long::compare).orElseThrow();
    }

    private final class Counter extends Handler {
        @Override
        public void publish(LogRecord line) {
            blocked.incrementAndGet();
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
