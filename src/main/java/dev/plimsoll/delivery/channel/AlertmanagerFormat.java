package dev.plimsoll.delivery.channel;

import dev.plimsoll.alert.Drilled;
import dev.plimsoll.alert.Text;
import dev.plimsoll.delivery.Bulletin;
import dev.plimsoll.delivery.Bulletin.Named;
import dev.plimsoll.delivery.Bulletin.OfAlert;
import dev.plimsoll.delivery.Message;
import dev.plimsoll.delivery.Receiver;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What Alertmanager posts to its webhook receivers, payload version 4: one group with one alert.
 *
 * <p>An alert is the same one by its {@code fingerprint}, which stands on rule and subject alone, and so stays when it
 * gets worse or things are renamed. What belongs to no alert, as the proof, fires once and is never resolved.
 *
 * @see <a href="https://prometheus.io/docs/alerting/latest/configuration/#webhook_config">webhook_config</a>
 */
@Singleton
class AlertmanagerFormat implements WebhookFormat {
    private static final String WHILE_FIRING = "0001-01-01T00:00:00Z";
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;
    private static final int SEPARATOR = 0xff;

    @Override
    public String name() {
        return "alertmanager";
    }

    @Override
    public String body(Receiver to, Message message) {
        var bulletin = Bulletin.of(message);
        var identity = identity(to, bulletin);
        var labels = labels(identity, bulletin);
        var annotations = annotations(bulletin);
        var status = bulletin.alert().filter(OfAlert::isResolved).isPresent() ? "resolved" : "firing";
        return new JsonObject()
                .put("receiver", "plimsoll")
                .put("status", status)
                .put("alerts", new JsonArray().add(alert(bulletin, status, identity, labels, annotations)))
                .put("groupLabels", json(identity))
                .put("commonLabels", labels)
                .put("commonAnnotations", annotations)
                .put("externalURL", "")
                .put("version", "4")
                .put("groupKey", groupKey(identity))
                .put("truncatedAlerts", 0)
                .encode();
    }

    private static JsonObject alert(
            Bulletin bulletin,
            String status,
            SortedMap<String, String> identity,
            JsonObject labels,
            JsonObject annotations) {
        var alert = bulletin.alert();
        return new JsonObject()
                .put("status", status)
                .put("labels", labels)
                .put("annotations", annotations)
                .put(
                        "startsAt",
                        alert.map(OfAlert::startedAt).orElse(bulletin.at()).toString())
                .put(
                        "endsAt",
                        alert.flatMap(OfAlert::resolvedAt)
                                .map(Instant::toString)
                                .orElse(WHILE_FIRING))
                .put("generatorURL", alert.flatMap(OfAlert::link).orElse(""))
                .put("fingerprint", fingerprint(identity));
    }

    /** What makes it this alert and no other, and never changes. */
    private static SortedMap<String, String> identity(Receiver to, Bulletin bulletin) {
        var identity = new TreeMap<String, String>();
        identity.put("account", to.account().toString());
        bulletin.rule().ifPresent(rule -> identity.put("rule_id", rule.id().toString()));
        bulletin.alert()
                .ifPresentOrElse(
                        alert -> identity.put("subject", alert.subject()),
                        () -> identity.put("event", bulletin.id().toString()));
        return identity;
    }

    /** Labels of the position that have no name in Prometheus get one: {@code cost-centre} is {@code cost_centre}. */
    private static JsonObject labels(Map<String, String> identity, Bulletin bulletin) {
        var labels = new TreeMap<String, String>();
        bulletin.position()
                .map(Named::labels)
                .orElseGet(Map::of)
                .forEach((name, value) -> labels.put(labelName(name), value));
        labels.putAll(identity);
        bulletin.rule().ifPresent(rule -> labels.put("rule", rule.name()));
        bulletin.position().ifPresent(position -> labels.put("position", position.name()));
        labels.put("alertname", bulletin.rule().map(Named::name).orElse(bulletin.type()));
        if (bulletin.isDrill()) {
            labels.put("drill", "true"); // for routes that must not act on it
        }
        labels.put("severity", bulletin.severity().name().toLowerCase(Locale.ROOT));
        return json(labels);
    }

    private static String labelName(String name) {
        var known = name.replaceAll("[^A-Za-z0-9_]", "_");
        return Character.isDigit(known.charAt(0)) ? "_" + known : known;
    }

    private static JsonObject annotations(Bulletin bulletin) {
        var annotations = new TreeMap<String, String>();
        annotations.put("summary", bulletin.headline());
        annotations.put("description", bulletin.sentences());
        annotations.put("event", bulletin.isDrill() ? Drilled.playing(bulletin.type()) : bulletin.type());
        bulletin.text().remedy().ifPresent(words -> annotations.put("remedy", words));
        bulletin.alert().ifPresent(alert -> {
            annotations.put("alert_id", alert.id().toString());
            annotations.put("sequence", String.valueOf(alert.sequence()));
            annotations.put("reason", alert.reason());
        });
        bulletin.code().ifPresent(code -> annotations.put("code", code));
        bulletin.text().figures().forEach(figure -> annotations.putIfAbsent(annotationName(figure), figure.value()));
        return json(annotations);
    }

    /** {@code Health factor} is {@code health_factor}. */
    private static String annotationName(Text.Figure figure) {
        return labelName(figure.name().toLowerCase(Locale.ROOT));
    }

    private static JsonObject json(Map<String, String> sorted) {
        var json = new JsonObject();
        sorted.forEach(json::put);
        return json;
    }

    /** The route's matchers, of which we have none, and the labels of the group. */
    private static String groupKey(SortedMap<String, String> identity) {
        return identity.entrySet().stream()
                .map(label -> label.getKey() + "=\"" + label.getValue() + "\"")
                .collect(Collectors.joining(", ", "{}:{", "}"));
    }

    /** As Prometheus makes it: FNV-1a of 64 bits over the sorted labels, each name and value closed by a byte 0xff. */
    static String fingerprint(SortedMap<String, String> labels) {
        var sum = FNV_OFFSET;
        for (var label : labels.entrySet()) {
            sum = add(add(sum, label.getKey()), label.getValue());
        }
        return "%016x".formatted(sum);
    }

    private static long add(long sum, String text) {
        var hash = sum;
        for (var octet : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (octet & 0xff)) * FNV_PRIME;
        }
        return (hash ^ SEPARATOR) * FNV_PRIME;
    }
}
