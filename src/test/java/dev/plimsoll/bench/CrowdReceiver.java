package dev.plimsoll.bench;

import dev.plimsoll.bench.Crowd.Member;
import dev.plimsoll.wire.FreePort;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The receivers of a {@link Crowd}: one server on every loopback address. Checks every signature with the channel's secret. */
final class CrowdReceiver implements AutoCloseable {
    private static final int SERVERS = 2;
    private static final String ALGORITHM = "HmacSHA256";

    /** The warnings that follow after a second look are no part of what is measured. */
    private static final String CRITICAL = "\"severity\":\"critical\"";

    private static final Duration SLOW = Duration.ofSeconds(2);

    private final Vertx vertx = Vertx.vertx();
    private final List<Member> members;
    private final List<SecretKeySpec> keys = new ArrayList<>();
    private final Map<String, Arrivals> arrivals = new ConcurrentHashMap<>();
    private final AtomicInteger onGoodHosts = new AtomicInteger();
    private final AtomicInteger forged = new AtomicInteger();
    private final AtomicReference<Manner> manner = new AtomicReference<>(Manner.PROMPT);
    private final int port = FreePort.next();

    /** How those on bad hosts behave. */
    enum Manner {
        PROMPT,
        /** Answers after two seconds. */
        SLOW,
        /** Takes the request and never answers. */
        DEAD
    }

    /** When a message came first, and how often it came. */
    record Arrivals(Instant first, int times) {
        Arrivals again() {
            return new Arrivals(first, times + 1);
        }
    }

    CrowdReceiver(Crowd crowd) {
        members = crowd.members();
        members.forEach(member -> keys.add(key(member)));
        for (var server = 0; server < SERVERS; server++) {
            listen();
        }
    }

    private void listen() {
        vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> receive(request, body)))
                .listen(port, "0.0.0.0")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    private static SecretKeySpec key(Member member) {
        var base64 = member.secret().value().replaceFirst("^whsec_", "");
        return new SecretKeySpec(Base64.getDecoder().decode(base64), ALGORITHM);
    }

    int port() {
        return port;
    }

    void manner(Manner now) {
        manner.set(now);
    }

    /** Forgets what came. */
    void clear() {
        arrivals.clear();
        onGoodHosts.set(0);
    }

    /** By message id. */
    Map<String, Arrivals> arrivals() {
        return Map.copyOf(arrivals);
    }

    /** How many different messages came. */
    int count() {
        return arrivals.size();
    }

    /** Of them, how many to hosts that are never bad. */
    int countOnGoodHosts() {
        return onGoodHosts.get();
    }

    /** How many signatures did not hold. */
    int forged() {
        return forged.get();
    }

    private void receive(HttpServerRequest request, Buffer body) {
        var at = Instant.now();
        var number = Integer.parseInt(request.path().substring(1));
        if (!isSigned(request, body, keys.get(number))) {
            forged.incrementAndGet();
            request.response().setStatusCode(401).end();
            return;
        }
        var isBad = members.get(number).isOnBadHost();
        Runnable accept = () -> accept(request, at, isBad, body.toString().contains(CRITICAL));
        switch (isBad ? manner.get() : Manner.PROMPT) {
            case PROMPT -> accept.run();
            case SLOW -> vertx.setTimer(SLOW.toMillis(), timer -> accept.run());
            case DEAD -> {} // heard, never answered
        }
    }

    private void accept(HttpServerRequest request, Instant at, boolean isBad, boolean isCounted) {
        request.response().setStatusCode(204).end();
        if (isCounted) {
            count(request, at, isBad);
        }
    }

    private void count(HttpServerRequest request, Instant at, boolean isBad) {
        var id = request.getHeader("webhook-id");
        var known = arrivals.merge(id, new Arrivals(at, 1), (before, again) -> before.again());
        if (!isBad && known.times() == 1) {
            onGoodHosts.incrementAndGet();
        }
    }

    private static boolean isSigned(HttpServerRequest request, Buffer body, SecretKeySpec key) {
        var head = request.getHeader("webhook-id") + "." + request.getHeader("webhook-timestamp") + ".";
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(head.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            var signature = "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body.getBytes()));
            return signature.equals(request.getHeader("webhook-signature"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(ALGORITHM + " is part of every JDK", e);
        }
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
