package dev.plimsoll.delivery.channel;

import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** PagerDuty's Events API v2: keeps incidents by their key, and refuses what the real one refuses. */
public final class LocalPagerDuty extends LocalService {
    private static final Set<String> SEVERITIES = Set.of("critical", "error", "warning", "info");

    private final Map<String, String> incidents = new ConcurrentHashMap<>();

    public LocalPagerDuty() {
        this(0);
    }

    public LocalPagerDuty(int port) {
        super(port);
    }

    /** {@code triggered}, {@code acknowledged} or {@code resolved}; nothing for a key it never saw triggered. */
    public String incident(String key) {
        return incidents.getOrDefault(key, "nothing");
    }

    public Map<String, String> incidents() {
        return new LinkedHashMap<>(incidents);
    }

    /** What was asked, in order: {@code trigger}, … */
    public List<String> actions() {
        return events().stream().map(event -> event.getString("event_action")).toList();
    }

    public List<JsonObject> events() {
        return requests().stream().map(Request::json).toList();
    }

    @Override
    Answer answer(Request request) {
        if (!request.method().equals("POST") || !request.uri().getPath().equals("/v2/enqueue")) {
            return new Answer(404, Map.of(), "");
        }
        var event = request.json();
        if (event.getString("routing_key", "").length() != 32) {
            return Answer.wire(400, "pagerduty/invalid-key.json");
        }
        if (!isValid(event)) {
            return Answer.wire(400, "pagerduty/invalid-event.json");
        }
        var key = event.getString("dedup_key");
        switch (event.getString("event_action")) {
            case "trigger" -> incidents.merge(key, "triggered", (now, then) -> now.equals("resolved") ? then : now);
            case "acknowledge" -> incidents.computeIfPresent(key, (same, now) -> isOpen(now) ? "acknowledged" : now);
            default -> incidents.computeIfPresent(key, (same, now) -> "resolved");
        }
        return Answer.wire(202, "pagerduty/accepted.json");
    }

    private static boolean isOpen(String state) {
        return !state.equals("resolved");
    }

    private static boolean isValid(JsonObject event) {
        var key = event.getString("dedup_key", "");
        return switch (event.getString("event_action", "")) {
            case "trigger" -> key.length() <= 255 && isValidPayload(event.getJsonObject("payload", new JsonObject()));
            case "acknowledge", "resolve" -> !key.isEmpty() && key.length() <= 255;
            default -> false;
        };
    }

    private static boolean isValidPayload(JsonObject payload) {
        var summary = payload.getString("summary", "");
        return !summary.isBlank()
                && summary.codePointCount(0, summary.length()) <= 1_024
                && !payload.getString("source", "").isBlank()
                && SEVERITIES.contains(payload.getString("severity", ""));
    }
}
