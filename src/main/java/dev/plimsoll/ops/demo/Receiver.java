package dev.plimsoll.ops.demo;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A webhook receiver as a user would write one: proves itself, checks every signature, ignores what it has seen.
 *
 * <p>Runs on the one event loop that called {@link #routes()}; the lists are guarded by this object.
 *
 * @see <a href="https://github.com/standard-webhooks/standard-webhooks">Standard Webhooks 1.0</a>
 */
public final class Receiver {
    private final Vertx vertx;
    private final List<JsonObject> events = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();
    private Optional<String> secret = Optional.empty();
    private int repeats;
    private int forged;

    public Receiver(Vertx vertx) {
        this.vertx = vertx;
    }

    public Router routes() {
        var router = Router.router(vertx);
        router.post("/hook").handler(BodyHandler.create(false)).handler(this::receive);
        return router;
    }

    public synchronized void signedWith(String whsec) {
        secret = Optional.of(whsec);
    }

    private void receive(RoutingContext call) {
        var body = call.body().buffer();
        try {
            var event = body.toJsonObject();
            if (event.getString("type").equals("channel.verification")) {
                call.response().end(proof(event));
            } else {
                call.response()
                        .setStatusCode(keep(call.request(), body, event) ? 204 : 401)
                        .end();
            }
        } catch (DecodeException notJson) {
            call.response().setStatusCode(400).end();
        }
    }

    /** Echoing the code shows that this receiver wants what is sent here. */
    private static String proof(JsonObject event) {
        var code = event.getJsonObject("data").getString("code");
        return new JsonObject().put("code", code).encode();
    }

    private synchronized boolean keep(HttpServerRequest request, Buffer body, JsonObject event) {
        if (secret.filter(whsec -> isSigned(whsec, request, body)).isEmpty()) {
            forged++;
            return false;
        }
        if (seen.add(request.getHeader("webhook-id"))) {
            events.add(event);
        } else {
            repeats++;
        }
        return true;
    }

    private static boolean isSigned(String whsec, HttpServerRequest request, Buffer body) {
        var signed = request.getHeader("webhook-id") + "." + request.getHeader("webhook-timestamp") + "." + body;
        var expected = "v1," + hmac(Base64.getDecoder().decode(whsec.substring("whsec_".length())), signed);
        return List.of(request.getHeader("webhook-signature").split(" ")).stream()
                .anyMatch(signature -> MessageDigest.isEqual(bytes(signature), bytes(expected)));
    }

    private static String hmac(byte[] key, String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(bytes(text)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** In the order they came, each once, all with a good signature. */
    public synchronized List<JsonObject> events() {
        return List.copyOf(events);
    }

    /** How many came again with an id already seen. */
    synchronized int repeats() {
        return repeats;
    }

    /** How many had no good signature. */
    synchronized int forged() {
        return forged;
    }
}
