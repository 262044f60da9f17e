package dev.plimsoll.delivery.channel;

import dev.plimsoll.delivery.Bulletin;
import dev.plimsoll.delivery.Channel;
import dev.plimsoll.delivery.Field;
import dev.plimsoll.delivery.HttpSender;
import dev.plimsoll.delivery.Message;
import dev.plimsoll.delivery.OneClickLinks;
import dev.plimsoll.delivery.OneClickLinks.Click;
import dev.plimsoll.delivery.OneClickLinks.Doing;
import dev.plimsoll.delivery.Outcome;
import dev.plimsoll.delivery.Outcome.Refused;
import dev.plimsoll.delivery.Outcome.Rejected;
import dev.plimsoll.delivery.Outcome.Retry;
import dev.plimsoll.delivery.Receiver;
import dev.plimsoll.rule.Severity;
import dev.plimsoll.wire.Reply;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * ntfy, on a server of the user's choice. Whoever knows the topic of a public server reads along: it is kept like a password.
 *
 * @see <a href="https://docs.ntfy.sh/publish/#publish-as-json">Publish as JSON</a>
 */
@Singleton
class NtfyChannel implements Channel {
    private static final Field URL = Field.url("url");
    private static final Field TOPIC =
            Field.key("topic", "[-_A-Za-z0-9]{1,64}", "A topic has 1 to 64 letters, digits, minuses and underscores.");
    private static final Field ACCESS_TOKEN = Field.key(
                    "token", "tk_[A-Za-z0-9]{1,100}", "An access token of ntfy begins with 'tk_'.")
            .optional()
            .notLeading();

    private static final int MAX_TITLE = 250;
    private static final int MAX_MESSAGE_BYTES = 4_096;
    private static final int DEFAULT = 3;
    private static final int HIGH = 4;
    private static final int URGENT = 5;
    private static final Duration NEXT_DAY_MAY_BE = Duration.ofMinutes(30);

    /** ntfy's own, so that a proxy before it that is out of order disables no channel. */
    private static final Pattern REFUSED = Pattern.compile("\"code\"\\s*:\\s*40[13]01\\b");

    /** What is wrong with this message, or that it is too large. */
    private static final Pattern UNACCEPTABLE = Pattern.compile("\"code\"\\s*:\\s*4(?:00|13)\\d\\d\\b");

    private static final Pattern DAILY_QUOTA = Pattern.compile("\"code\"\\s*:\\s*42908\\b");
    private static final Set<String> FIRING =
            Set.of("alert.firing", "alert.worsened", "alert.repeated", "alert.escalated", "alert.eased");

    private final HttpSender http;
    private final OneClickLinks links;

    NtfyChannel(HttpSender http, OneClickLinks links) {
        this.http = http;
        this.links = links;
    }

    @Override
    public String kind() {
        return "ntfy";
    }

    @Override
    public List<Field> fields() {
        return List.of(URL, TOPIC, ACCESS_TOKEN);
    }

    @Override
    public boolean groups() {
        return false;
    }

    @Override
    public String body(Receiver to, Message message) {
        var bulletin = Bulletin.of(message, to);
        var body = new JsonObject()
                .put("title", Cut.toCharacters(bulletin.headline(), MAX_TITLE))
                .put("message", Cut.toBytes(text(bulletin), MAX_MESSAGE_BYTES))
                .put("priority", priority(bulletin))
                .put("tags", new JsonArray().add(tag(bulletin)));
        link(to, bulletin, Doing.ACKNOWLEDGE)
                .ifPresent(url -> body.put("click", url).put("actions", actions(to, bulletin)));
        return body.encode();
    }

    private static String text(Bulletin bulletin) {
        return bulletin.paragraphs().collect(Collectors.joining("\n"));
    }

    private static int priority(Bulletin bulletin) {
        var news = FIRING.contains(bulletin.type()) && !bulletin.type().equals("alert.eased");
        return switch (bulletin.severity()) {
            case CRITICAL -> news ? URGENT : DEFAULT;
            case WARNING -> news ? HIGH : DEFAULT;
            case INFO -> DEFAULT;
        };
    }

    /** Shown as an emoji. */
    private static String tag(Bulletin bulletin) {
        return switch (bulletin.type()) {
            case "alert.resolved" -> "white_check_mark";
            case "alert.acknowledged", "alert.snoozed", "alert.test", "channel.verification" -> "ballot_box_with_check";
            default -> bulletin.severity() == Severity.CRITICAL ? "rotating_light" : "warning";
        };
    }

    /** The phone posts the link itself: nothing opens. */
    private JsonArray actions(Receiver to, Bulletin bulletin) {
        var actions = new JsonArray();
        link(to, bulletin, Doing.ACKNOWLEDGE).ifPresent(url -> actions.add(action("Acknowledge", url)));
        link(to, bulletin, Doing.SNOOZE)
                .filter(url -> to.buddy().isEmpty())
                .ifPresent(url -> actions.add(action("Snooze for an hour", url)));
        return actions;
    }

    private static JsonObject action(String label, String url) {
        return new JsonObject()
                .put("action", "http")
                .put("label", label)
                .put("url", url)
                .put("method", "POST")
                .put("clear", true);
    }

    /** None where there is nothing to take up. */
    private Optional<String> link(Receiver to, Bulletin bulletin, Doing doing) {
        return bulletin.alert()
                .filter(alert -> FIRING.contains(bulletin.type()))
                .flatMap(alert -> links.url(new Click(to.account(), to.channel(), alert.id(), doing)));
    }

    @Override
    public Uni<Outcome> send(Receiver to, Parcel parcel) {
        var body = new JsonObject(parcel.body()).put("topic", to.settings().get(TOPIC));
        var headers = new HashMap<>(Map.of("Content-Type", "application/json"));
        to.settings().find(ACCESS_TOKEN).ifPresent(token -> headers.put("Authorization", "Bearer " + token));
        return http.toUsers(to.settings().get(URL), headers, body.encode(), reply -> meaning(reply, parcel))
                .map(HttpSender.Answer::outcome);
    }

    private static Outcome meaning(Reply reply, Parcel parcel) {
        var usual = HttpSender.usual(reply, parcel.at());
        if (REFUSED.matcher(reply.text()).find() && !reply.isSuccess()) {
            return new Rejected(usual.status(), "the ntfy server does not let us write to this topic: " + usual.why());
        }
        if (UNACCEPTABLE.matcher(reply.text()).find() && (reply.status() == 400 || reply.status() == 413)) {
            return new Refused(usual.status(), "the ntfy server does not take this message: " + usual.why());
        }
        return DAILY_QUOTA.matcher(reply.text()).find() && usual instanceof Retry(var status, var why, var notBefore)
                ? new Retry(
                        status,
                        why + ", the day's messages are used up",
                        notBefore.or(() -> Optional.of(NEXT_DAY_MAY_BE)))
                : usual;
    }
}
