package dev.plimsoll.delivery.channel;

import dev.plimsoll.delivery.Bulletin;
import dev.plimsoll.delivery.OneClickLinks;
import dev.plimsoll.delivery.OneClickLinks.Click;
import dev.plimsoll.delivery.OneClickLinks.Doing;
import dev.plimsoll.delivery.Receiver;
import dev.plimsoll.rule.Severity;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What is said over Pushover, and how loudly. Plain text: what users wrote appears as they wrote it.
 *
 * @see <a href="https://pushover.net/api#priority">Message priority</a>
 */
final class PushoverMessage {
    /** In the kept body: the tag of what shall sound no longer. */
    static final String CANCEL = "cancel";

    /** In the kept body: what is posted, but for keys and tokens. */
    static final String MESSAGE = "message";

    private static final int MAX_TITLE = 250;
    private static final int MAX_MESSAGE = 1_024;
    private static final int MAX_URL = 512;
    private static final int QUIET = -1;
    private static final int NORMAL = 0;
    private static final int HIGH = 1;
    private static final int EMERGENCY = 2;

    private static final Duration LEAST_PAUSE = Duration.ofSeconds(30);
    private static final Duration LONGEST = Duration.ofHours(3);

    /** What makes no sound of its own ends the sound of what came before. */
    private static final Set<String> CALMING =
            Set.of("alert.acknowledged", "alert.snoozed", "alert.resolved", "alert.eased");

    private final OneClickLinks links;
    private final Duration every;
    private final Duration lasting;

    /**
     * @param every   how often an emergency sounds
     * @param lasting for how long
     */
    PushoverMessage(OneClickLinks links, Duration every, Duration lasting) {
        if (every.compareTo(LEAST_PAUSE) < 0 || lasting.compareTo(LONGEST) > 0 || every.compareTo(lasting) > 0) {
            throw new IllegalArgumentException(
                    "plimsoll.delivery.pushover.sounds-every is at least 30 s and sounds-for at"
                            + " most 3 h, they were " + every + " and " + lasting);
        }
        this.links = links;
        this.every = every;
        this.lasting = lasting;
    }

    String body(Receiver to, Bulletin bulletin) {
        var body = new JsonObject();
        bulletin.alert()
                .filter(alert -> CALMING.contains(bulletin.type()))
                .ifPresent(alert -> body.put(CANCEL, alert.id().toString()));
        return body.put(MESSAGE, message(to, bulletin)).encode();
    }

    private JsonObject message(Receiver to, Bulletin bulletin) {
        var priority = priority(bulletin);
        var message = new JsonObject()
                .put("title", Cut.toCharacters(bulletin.headline(), MAX_TITLE))
                .put("message", Cut.toCharacters(text(bulletin), MAX_MESSAGE))
                .put("priority", priority)
                .put("timestamp", bulletin.at().getEpochSecond());
        if (priority == EMERGENCY) {
            var alert = bulletin.alert().orElseThrow().id();
            message.put("retry", every.toSeconds())
                    .put("expire", lasting.toSeconds())
                    .put("tags", alert.toString());
            link(to, alert).ifPresent(url -> message.put("callback", url));
        }
        bulletin.alert()
                .filter(alert -> !CALMING.contains(bulletin.type()))
                .flatMap(alert -> link(to, alert.id()))
                .ifPresent(url -> message.put("url", url).put("url_title", "Acknowledge"));
        return message;
    }

    private static String text(Bulletin bulletin) {
        return bulletin.paragraphs().collect(Collectors.joining("\n"));
    }

    private static int priority(Bulletin bulletin) {
        return switch (bulletin.type()) {
            case "alert.acknowledged", "alert.snoozed" -> QUIET;
            case "alert.resolved", "alert.eased", "alert.test", "channel.verification" -> NORMAL;
            case "alert.repeated" -> bulletin.severity() == Severity.CRITICAL ? loud(bulletin) : NORMAL;
            default -> loud(bulletin);
        };
    }

    /** Only what somebody can acknowledge sounds until they do. */
    private static int loud(Bulletin bulletin) {
        return switch (bulletin.severity()) {
            case CRITICAL -> bulletin.alert().isPresent() ? EMERGENCY : HIGH;
            case WARNING -> bulletin.alert().isPresent() ? HIGH : NORMAL;
            case INFO -> QUIET;
        };
    }

    /** Pushover calls it itself when somebody acknowledges there, which is sooner than we would ask. */
    private Optional<String> link(Receiver to, UUID alert) {
        return links.url(new Click(to.account(), to.channel(), alert, Doing.ACKNOWLEDGE))
                .filter(url -> url.length() <= MAX_URL);
    }
}
