package dev.plimsoll.delivery.channel;

import io.vertx.core.json.JsonObject;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Pushover's message and receipt APIs: repeats emergencies until they are acknowledged, cancelled or run out. */
public final class LocalPushover extends LocalService {
    public static final String APPLICATION = "azGDORePK8gMaC0QOYAMyEEuzJnyUi";
    public static final String USER = "uQiRzpo4DXghDmr9QzzfQu27cmVRsG";

    private final Map<String, Emergency> emergencies = new ConcurrentHashMap<>();
    private int made;

    private record Emergency(String tag, String state) {}

    public LocalPushover() {
        this(0);
    }

    public LocalPushover(int port) {
        super(port);
    }

    /** As its user does on the phone. */
    public void acknowledge(String receipt) {
        emergencies.computeIfPresent(receipt, (same, now) -> new Emergency(now.tag(), "acknowledged"));
    }

    /** As if three hours had passed. */
    public void expire(String receipt) {
        emergencies.computeIfPresent(receipt, (same, now) -> new Emergency(now.tag(), "expired"));
    }

    @Override
    public void forget() {
        super.forget();
        emergencies.clear();
    }

    /** Those that still sound. */
    public List<String> sounding() {
        return emergencies.entrySet().stream()
                .filter(one -> one.getValue().state().equals("waiting"))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /** The messages that were taken or refused, in order. */
    public List<JsonObject> messages() {
        return requests().stream()
                .filter(request -> request.uri().getPath().equals("/1/messages.json"))
                .map(Request::json)
                .toList();
    }

    /** How often somebody asked for a receipt. */
    public int asked() {
        return (int) requests().stream()
                .filter(request -> request.method().equals("GET"))
                .count();
    }

    @Override
    Answer answer(Request request) {
        var path = request.uri().getPath();
        if (request.method().equals("GET") && path.matches("/1/receipts/\\w+\\.json")) {
            return receipt(request, path.replaceAll(".*/|\\.json", ""));
        }
        if (!request.json().getString("token", "").equals(APPLICATION)) {
            return Answer.wire(400, "pushover/invalid-token.json");
        }
        if (path.equals("/1/messages.json")) {
            return message(request.json());
        }
        return path.startsWith("/1/receipts/cancel_by_tag/")
                ? cancelled(path.replaceAll(".*/|\\.json", ""))
                : new Answer(404, Map.of(), "{}");
    }

    private Answer message(JsonObject message) {
        if (!message.getString("user", "").equals(USER)) {
            return Answer.wire(400, "pushover/invalid-user.json");
        }
        var text = message.getString("message", "");
        var title = message.getString("title", "");
        if (text.isBlank() || length(text) > 1_024 || length(title) > 250 || message.containsKey("html")) {
            return Answer.wire(400, "pushover/invalid-message.json");
        }
        return message.getInteger("priority", 0) < 2 ? Answer.wire(200, "pushover/accepted.json") : emergency(message);
    }

    private Answer emergency(JsonObject message) {
        if (message.getInteger("retry", 0) < 30 || message.getInteger("expire", 99_999) > 10_800) {
            return Answer.wire(400, "pushover/invalid-message.json");
        }
        var receipt = "rLqVuqTRh62UzxtmqiaLzQmVcPg%03d".formatted(++made);
        emergencies.put(receipt, new Emergency(message.getString("tags", ""), "waiting"));
        var answer = Answer.wire(200, "pushover/emergency.json");
        return new Answer(
                200,
                Map.of(),
                new JsonObject(answer.body()).put("receipt", receipt).encode());
    }

    private Answer receipt(Request request, String receipt) {
        var query = URLDecoder.decode(request.uri().getQuery(), StandardCharsets.UTF_8);
        if (!query.equals("token=" + APPLICATION)) {
            return Answer.wire(400, "pushover/invalid-token.json");
        }
        var known = emergencies.get(receipt);
        return known == null
                ? Answer.wire(404, "pushover/receipt-unknown.json")
                : Answer.wire(200, "pushover/receipt-" + known.state() + ".json");
    }

    private Answer cancelled(String tag) {
        new ArrayList<>(emergencies.keySet())
                .forEach(receipt -> emergencies.computeIfPresent(
                        receipt,
                        (same, now) -> now.tag().equals(tag) && now.state().equals("waiting")
                                ? new Emergency(tag, "expired")
                                : now));
        return Answer.wire(200, "pushover/cancelled.json");
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
