package dev.plimsoll.delivery.telegram;

import dev.plimsoll.delivery.telegram.Answer.Done;
import dev.plimsoll.delivery.telegram.Answer.Failed;
import dev.plimsoll.delivery.telegram.Answer.Later;
import dev.plimsoll.delivery.telegram.Answer.Misconfigured;
import dev.plimsoll.delivery.telegram.Listening.Trouble;
import dev.plimsoll.wire.Limits;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The calls by which updates come: by asking for them, or by saying where we want to be called. */
@Singleton
class BotUpdates {
    static final String PATH = "/telegram/webhook";

    private static final int CONFLICT = 409;
    private static final Duration BEYOND = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final Duration SAID_AGAIN = Duration.ofMinutes(10);
    private static final int MOST_CALLS = 40;
    private static final int MEGABYTES = 4 << 20;

    private final BotHttp http;
    private final BotToken token;
    private final boolean called;
    private final Optional<String> publicUrl;
    private final AtomicLong preparedUntil = new AtomicLong(System.nanoTime());
    private final AtomicInteger troubles = new AtomicInteger();
    private final AtomicBoolean told = new AtomicBoolean();

    @Inject
    BotUpdates(
            BotHttp http,
            BotToken token,
            TelegramConfig config,
            @ConfigProperty(name = "plimsoll.api.public-url") Optional<String> publicUrl) {
        this.http = http;
        this.token = token;
        this.called = config.webhook();
        this.publicUrl = publicUrl.map(url -> url.replaceFirst("/+$", ""));
    }

    boolean isSetUp() {
        return token.isSet();
    }

    /** Whether Telegram calls us. */
    boolean isCalled() {
        return called;
    }

    /** Another replica has taken over: should it be ours again, everything is said anew. */
    void forgetTerm() {
        preparedUntil.set(System.nanoTime());
        told.set(false);
    }

    /** Says where we want to be called, or that we ask; now and then again, as others may have said something else. */
    Uni<Optional<Trouble>> prepare() {
        if (preparedUntil.get() - System.nanoTime() > 0) {
            return Uni.createFrom().item(Optional.empty());
        }
        return (called ? setWebhook() : http.call("deleteWebhook", new JsonObject(), result -> true)).map(answer -> {
            if (answer instanceof Done<Boolean>) {
                prepared();
                return Optional.empty();
            }
            return Optional.of(trouble(answer));
        });
    }

    private void prepared() {
        preparedUntil.set(System.nanoTime() + SAID_AGAIN.toNanos());
        if (told.compareAndSet(false, true)) {
            Log.infof("chats are heard here: bot=%d by=%s", token.bot(), called ? "being called" : "asking");
        }
    }

    private Uni<Answer<Boolean>> setWebhook() {
        if (publicUrl.isEmpty()) {
            return Uni.createFrom()
                    .item(
                            new Misconfigured<>(
                                    Optional.empty(),
                                    "plimsoll.delivery.telegram.webhook needs plimsoll.api.public-url, where Telegram can call us"));
        }
        var wish = new JsonObject()
                .put("url", publicUrl.get() + PATH)
                .put("secret_token", token.webhookSecret())
                .put("allowed_updates", wanted())
                .put("max_connections", MOST_CALLS);
        return http.call("setWebhook", wish, result -> true);
    }

    /** @param from the first that is not stored yet; Telegram forgets all before it. 0 for the first there is */
    Uni<Answer<JsonArray>> fetch(long from, int most, Duration patience) {
        var wish = new JsonObject()
                .put("limit", most)
                .put("timeout", patience.toSeconds())
                .put("allowed_updates", wanted());
        if (from > 0) {
            wish.put("offset", from);
        }
        return http.<JsonArray>call(
                        "getUpdates", wish, new Limits(patience.plus(BEYOND), MEGABYTES), JsonArray.class::cast)
                .invoke(answer -> {
                    if (answer instanceof Done<JsonArray> && troubles.getAndSet(0) > 0) {
                        Log.info("Telegram tells us again what happens in chats");
                    }
                });
    }

    private static JsonArray wanted() {
        return new JsonArray(UpdateJson.WANTED);
    }

    /** Logged once; the pause grows from time to time. */
    Trouble trouble(Answer<?> answer) {
        var why = switch (answer) {
            case Later<?>(var pause, var wait, var asked) -> wait;
            case Misconfigured<?>(var status, var words) -> words;
            case Failed<?>(var status, var words) -> conflict(status).orElse(words);
            case Answer.Refused<?>(var status, var words, var markup) -> words;
            default -> "Telegram answered something else";
        };
        var before = troubles.getAndIncrement();
        if (before == 0) {
            Log.warnf("Telegram does not tell us what happens in chats, asked again until it does: why=%s", why);
        }
        var grown = Duration.ofSeconds(1L << Math.min(before, 5));
        var own = grown.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : grown;
        return new Trouble(
                why,
                answer instanceof Later<?>(var pause, var wait, var asked) && pause.compareTo(own) > 0 ? pause : own);
    }

    /** Next time we say again that we ask. */
    private Optional<String> conflict(Optional<Integer> status) {
        if (status.filter(code -> code == CONFLICT).isEmpty()) {
            return Optional.empty();
        }
        forgetTerm();
        return Optional.of("another program asks with the same bot token: each Plimsoll needs a bot of its own");
    }
}
