package dev.plimsoll.delivery.channel;

import dev.plimsoll.delivery.Bulletin;
import dev.plimsoll.delivery.Channel;
import dev.plimsoll.delivery.DeliveryConfig;
import dev.plimsoll.delivery.Field;
import dev.plimsoll.delivery.Heard;
import dev.plimsoll.delivery.HttpSender;
import dev.plimsoll.delivery.Message;
import dev.plimsoll.delivery.Outcome;
import dev.plimsoll.delivery.Outcome.Refused;
import dev.plimsoll.delivery.Outcome.Rejected;
import dev.plimsoll.delivery.Receiver;
import dev.plimsoll.wire.Reply;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * PagerDuty, Events API v2: an alert is an incident there, acknowledged and resolved with it. An acknowledgement there comes
 * back as a V3 webhook, see {@link PagerDutyWebhook}.
 *
 * @see <a href="https://developer.pagerduty.com/docs/send-alert-event">Send an alert event</a>
 */
@Singleton
class PagerDutyChannel implements Channel {
    static final Field SIGNING_SECRET = Field.key(
                    "signingSecret",
                    "[\\x21-\\x7e]{16,200}",
                    "A signing secret is what PagerDuty showed when the webhook subscription was made.")
            .optional()
            .notLeading();

    private static final Field ROUTING_KEY = Field.key(
            "routingKey",
            "[A-Za-z0-9]{32}",
            "A routing key has 32 letters and digits: it is the Integration Key of an Events API v2 integration.");
    private static final Field REGION = Field.choice("region", List.of("us", "eu"));
    private static final int MAX_SUMMARY = 1_024;
    private static final Pattern ABOUT_THE_KEY = Pattern.compile("(?i)routing.?key");
    private static final Pattern INVALID_EVENT = Pattern.compile("\"status\"\\s*:\\s*\"invalid event\"");

    private final HttpSender http;
    private final Map<String, URI> regions;

    @Inject
    PagerDutyChannel(HttpSender http, DeliveryConfig config) {
        this(http, config.pagerduty().url(), config.pagerduty().euUrl());
    }

    PagerDutyChannel(HttpSender http, URI url, URI euUrl) {
        this.http = http;
        this.regions = Map.of("us", url.resolve("/v2/enqueue"), "eu", euUrl.resolve("/v2/enqueue"));
    }

    @Override
    public String kind() {
        return "pagerduty";
    }

    @Override
    public List<Field> fields() {
        return List.of(ROUTING_KEY, REGION, SIGNING_SECRET);
    }

    /** Nobody is paged for a digest. */
    @Override
    public boolean wants(String type) {
        return !type.startsWith("digest.");
    }

    @Override
    public boolean wakesYou() {
        return true;
    }

    @Override
    public boolean hasButtons() {
        return true;
    }

    @Override
    public boolean groups() {
        return false;
    }

    @Override
    public boolean isHeard() {
        return true;
    }

    @Override
    public Heard hear(Receiver to, Call call) {
        return PagerDutyWebhook.hear(to.settings().find(SIGNING_SECRET), call);
    }

    @Override
    public String body(Receiver to, Message message) {
        var bulletin = Bulletin.of(message);
        var action = action(bulletin);
        var event = new JsonObject().put("event_action", action).put("dedup_key", incident(to, bulletin));
        return (action.equals("trigger") ? event.mergeIn(trigger(bulletin)) : event).encode();
    }

    private static String action(Bulletin bulletin) {
        return switch (bulletin.type()) {
            case "alert.resolved" -> "resolve";
            case "alert.acknowledged", "alert.snoozed" -> "acknowledge";
            default -> "trigger";
        };
    }

    /** One for each alert; what proves or tries the channel is one at most, all else one each. */
    private static String incident(Receiver to, Bulletin bulletin) {
        return bulletin.alert()
                .map(Bulletin.OfAlert::id)
                .orElseGet(() -> switch (bulletin.type()) {
                    case "channel.verification", "alert.test" -> to.channel();
                    default -> bulletin.id();
                })
                .toString();
    }

    private static JsonObject trigger(Bulletin bulletin) {
        var payload = new JsonObject()
                .put("summary", Cut.toCharacters(summary(bulletin), MAX_SUMMARY))
                .put("source", "Plimsoll")
                .put("severity", bulletin.severity().name().toLowerCase(Locale.ROOT))
                .put("timestamp", bulletin.at().toString());
        bulletin.position().ifPresent(position -> payload.put("component", position.name()));
        bulletin.rule().ifPresent(rule -> payload.put("class", rule.name()));
        var trigger = new JsonObject().put("payload", payload.put("custom_details", details(bulletin)));
        return trigger.put("client", "Plimsoll");
    }

    private static String summary(Bulletin bulletin) {
        return bulletin.code().map(code -> "The code is " + code + ". ").orElse("")
                + bulletin.text().plain();
    }

    /** The figures, for whoever is woken: the summary has room for the sentences only. */
    private static JsonObject details(Bulletin bulletin) {
        var details = new JsonObject().put("headline", bulletin.headline());
        var text = bulletin.text();
        text.stakes().ifPresent(words -> details.put("at stake", words));
        text.remedy().ifPresent(words -> details.put("what to do", words));
        text.remark().ifPresent(words -> details.put("remark", words));
        text.figures().forEach(figure -> details.put(figure.name(), figure.value()));
        bulletin.earlier().ifPresent(words -> details.put("earlier", words));
        return details;
    }

    @Override
    public Uni<Outcome> send(Receiver to, Parcel parcel) {
        var event =
                new JsonObject(parcel.body()).put("routing_key", to.settings().get(ROUTING_KEY));
        return http.toService(
                        regions.get(to.settings().get(REGION)),
                        Map.of("Content-Type", "application/json"),
                        event.encode(),
                        reply -> meaning(reply, parcel))
                .map(HttpSender.Answer::outcome);
    }

    /** What is wrong with an event is said in its answer; only a key that is not good ends the channel. */
    private static Outcome meaning(Reply reply, Parcel parcel) {
        if (reply.status() != 400) {
            return HttpSender.usual(reply, parcel.at());
        }
        var status = Optional.of(reply.status());
        if (ABOUT_THE_KEY.matcher(reply.text()).find()) {
            return new Rejected(status, "PagerDuty does not know this routing key");
        }
        return INVALID_EVENT.matcher(reply.text()).find()
                ? new Refused(status, "PagerDuty answered 400, this is no event that it takes")
                : HttpSender.usual(reply, parcel.at());
    }
}
