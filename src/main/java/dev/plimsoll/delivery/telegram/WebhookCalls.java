package dev.plimsoll.delivery.telegram;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;

/** What Telegram tells us by calling us, where we asked it to. */
@Singleton
public class WebhookCalls {
    private final BotUpdates updates;
    private final BotToken token;
    private final Inbox inbox;
    private final Handling handling;

    @Inject
    WebhookCalls(BotUpdates updates, BotToken token, Inbox inbox, Handling handling) {
        this.updates = updates;
        this.token = token;
        this.inbox = inbox;
        this.handling = handling;
    }

    /** What becomes of a call. */
    public enum Taken {
        /** Safe in the database: Telegram may forget it. */
        STORED,
        /** We are not called in this installation, or this is not Telegram. */
        NOBODY,
        /** No update. */
        UNREADABLE,
        /** Too much waits: Telegram should call again. */
        FULL
    }

    /** @param secret as the caller showed it */
    public boolean isTelegram(Optional<String> secret) {
        return updates.isSetUp()
                && updates.isCalled()
                && secret.filter(this::isOurs).isPresent();
    }

    /** @param secret as the caller showed it */
    public Uni<Taken> take(Optional<String> secret, Buffer body) {
        if (!isTelegram(secret)) {
            return Uni.createFrom().item(Taken.NOBODY);
        }
        return update(body)
                .map(update ->
                        inbox.isFull().chain(full -> full ? Uni.createFrom().item(Taken.FULL) : store(update)))
                .orElseGet(() -> Uni.createFrom().item(Taken.UNREADABLE));
    }

    private Uni<Taken> store(JsonObject update) {
        return inbox.store(List.of(update)).invoke(handling::nudge).replaceWith(Taken.STORED);
    }

    private boolean isOurs(String shown) {
        return MessageDigest.isEqual(
                shown.getBytes(StandardCharsets.UTF_8), token.webhookSecret().getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<JsonObject> update(Buffer body) {
        try {
            var update = new JsonObject(body);
            return update.getValue("update_id") instanceof Number ? Optional.of(update) : Optional.empty();
        } catch (DecodeException | ClassCastException notJson) {
            return Optional.empty();
        }
    }
}
