package dev.plimsoll.delivery.channel;

import dev.plimsoll.delivery.Bulletin;
import dev.plimsoll.delivery.Channel;
import dev.plimsoll.delivery.DeliveryConfig;
import dev.plimsoll.delivery.Field;
import dev.plimsoll.delivery.HttpSender;
import dev.plimsoll.delivery.HttpSender.Answer;
import dev.plimsoll.delivery.Message;
import dev.plimsoll.delivery.OneClickLinks;
import dev.plimsoll.delivery.Outcome;
import dev.plimsoll.delivery.Outcome.Delivered;
import dev.plimsoll.delivery.Outcome.Retry;
import dev.plimsoll.delivery.Receiver;
import dev.plimsoll.delivery.Sighting;
import dev.plimsoll.wire.Turnstile;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Pushover. A critical alert sounds there until somebody acknowledges it; its receipt tells us when. What is taken up or over
 * here is cancelled there, by the alert's id, which is the tag of its messages.
 *
 * @see <a href="https://pushover.net/api">Message API</a>
 */
@Singleton
class PushoverChannel implements Channel {
    private static final Field USER_KEY =
            Field.key("userKey", "[A-Za-z0-9]{30}", "A user or group key of Pushover has 30 letters and digits.");
    private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");
    private static final String NOT_SET_UP =
            "Pushover is not set up here: the operator of this Plimsoll must register an"
                    + " application there and set plimsoll.delivery.pushover.token.";
    /** Receipts are dated by Pushover's clock, which is the real time. */
    private static final Clock REAL_TIME = Clock.systemUTC();

    /** Pushover asks for no more connections than these at once; those of a burst take turns. */
    private static final int AT_ONCE = 2;

    private final HttpSender http;
    private final PushoverMessage messages;
    private final DeliveryConfig.Pushover settings;
    private final Duration timeout;
    private final Turnstile calls = new Turnstile(AT_ONCE);
    private final AtomicBoolean tokenRefused = new AtomicBoolean();

    @Inject
    PushoverChannel(HttpSender http, OneClickLinks links, DeliveryConfig config) {
        this(http, links, config.pushover(), config.timeout());
    }

    PushoverChannel(HttpSender http, OneClickLinks links, DeliveryConfig.Pushover settings, Duration timeout) {
        this.http = http;
        this.messages = new PushoverMessage(links, settings.soundsEvery(), settings.soundsFor());
        this.settings = settings;
        this.timeout = timeout;
    }

    @Override
    public String kind() {
        return "pushover";
    }

    @Override
    public List<Field> fields() {
        return List.of(USER_KEY);
    }

    /** A digest is read, and need not sound. */
    @Override
    public boolean wants(String type) {
        return !type.startsWith("digest.");
    }

    @Override
    public Optional<String> unavailable() {
        return settings.token().isPresent() ? Optional.empty() : Optional.of(NOT_SET_UP);
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
    public String body(Receiver to, Message message) {
        return messages.body(to, Bulletin.of(message, to));
    }

    /** What is to be cancelled is cancelled first, and both within the time of one attempt. */
    @Override
    public Uni<Outcome> send(Receiver to, Parcel parcel) {
        if (settings.token().isEmpty()) {
            return Uni.createFrom().item(new Retry(Optional.empty(), NOT_SET_UP, Optional.empty()));
        }
        var body = new JsonObject(parcel.body());
        return cancel(Optional.ofNullable(body.getString(PushoverMessage.CANCEL)), parcel)
                .chain(outcome -> outcome instanceof Delivered
                        ? post(to, body.getJsonObject(PushoverMessage.MESSAGE), parcel)
                        : Uni.createFrom().item(outcome))
                .ifNoItem()
                .after(timeout)
                .recoverWithItem(() -> PushoverAnswer.late(timeout));
    }

    private Uni<Outcome> cancel(Optional<String> tag, Parcel parcel) {
        return tag.map(alert -> call("receipts/cancel_by_tag/" + alert + ".json", new JsonObject(), parcel)
                        .map(PushoverAnswer::cancelled))
                .orElseGet(() -> Uni.createFrom().item(new Delivered(Optional.empty(), "there was nothing to cancel")));
    }

    private Uni<Outcome> post(Receiver to, JsonObject message, Parcel parcel) {
        return call("messages.json", message.put("user", to.settings().get(USER_KEY)), parcel)
                .map(answer -> PushoverAnswer.outcome(answer, settings.soundsFor()));
    }

    private Uni<Answer> call(String path, JsonObject body, Parcel parcel) {
        return calls.pass(() -> http.toService(
                        settings.url().resolve("/1/" + path),
                        JSON,
                        body.put("token", token()).encode(),
                        reply -> PushoverAnswer.meaning(reply, parcel.at())))
                .invoke(this::note);
    }

    /** Said once, not with every message. */
    private void note(Answer answer) {
        var refused = PushoverAnswer.isTokenRefused(answer);
        if (tokenRefused.getAndSet(refused) != refused && refused) {
            Log.error("Pushover refuses our application token, so nobody is told there: mend"
                    + " plimsoll.delivery.pushover.token");
        }
    }

    @Override
    public Uni<Sighting> follow(Receiver to, String reference) {
        if (settings.token().isEmpty()) {
            return Uni.createFrom().item(new Sighting.Over(NOT_SET_UP));
        }
        var url = settings.url().resolve("/1/receipts/" + reference + ".json?token=" + token());
        return calls.pass(() ->
                        http.askService(url, Map.of(), reply -> PushoverAnswer.meaning(reply, REAL_TIME.instant())))
                .map(answer -> PushoverAnswer.sighting(answer, REAL_TIME.instant(), settings.soundsFor()));
    }

    private String token() {
        return settings.token().orElseThrow();
    }
}
