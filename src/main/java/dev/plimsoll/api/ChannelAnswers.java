package dev.plimsoll.api;

import dev.plimsoll.account.LabelsJson;
import dev.plimsoll.delivery.Callbacks;
import dev.plimsoll.delivery.Callbacks.Address;
import dev.plimsoll.delivery.Channel;
import dev.plimsoll.delivery.DeliveryHistory;
import dev.plimsoll.delivery.Kinds;
import dev.plimsoll.delivery.RegisteredChannel;
import dev.plimsoll.delivery.WebhookSecret;
import dev.plimsoll.rule.RuleJson;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A channel as the API answers it: never its secrets, and of where it leads only what is no token. */
@Singleton
class ChannelAnswers {
    private final Kinds kinds;
    private final Callbacks callbacks;
    private final DeliveryHistory history;

    ChannelAnswers(Kinds kinds, Callbacks callbacks, DeliveryHistory history) {
        this.kinds = kinds;
        this.callbacks = callbacks;
        this.history = history;
    }

    Uni<JsonObject> whole(RegisteredChannel channel) {
        return whole(channel.account(), List.of(channel)).map(List::getFirst);
    }

    /** @param channels of one account */
    Uni<List<JsonObject>> whole(UUID account, List<RegisteredChannel> channels) {
        var ids = channels.stream().map(RegisteredChannel::id).toList();
        return history.lastAttempts(account, ids)
                .map(last -> channels.stream()
                        .map(channel -> of(channel, Optional.ofNullable(last.get(channel.id()))))
                        .toList());
    }

    /** One that nothing was sent to. */
    JsonObject unused(RegisteredChannel channel) {
        return of(channel, Optional.empty());
    }

    /** What is shown in the first answer only. */
    JsonObject once(RegisteredChannel channel, Optional<WebhookSecret> secret) {
        var once = new JsonObject();
        secret.ifPresent(some -> once.put("secret", some.value()));
        if (kinds.of(channel.kind()).isHeard()) {
            once.put("callbackUrl", callbacks.url(new Address(channel.account(), channel.id())));
        }
        return once;
    }

    private JsonObject of(RegisteredChannel channel, Optional<JsonObject> lastDelivery) {
        var kind = kinds.find(channel.kind());
        var answer = new JsonObject()
                .put("id", channel.id().toString())
                .put("kind", channel.kind())
                .put("key", channel.key().orElse(null))
                .put("name", channel.name())
                .put("labels", LabelsJson.write(channel.labels()));
        kind.map(Channel::fields)
                .orElseGet(List::of)
                .forEach(field -> answer.put(field.name(), channel.shown().get(field.name())));
        return answer.mergeIn(state(channel))
                .put("lastDelivery", lastDelivery.orElse(null))
                .put("loud", channel.loud().orElse(null))
                .put("wakesYou", kinds.wakes(channel))
                .put("createdAt", channel.createdAt().toString());
    }

    private static JsonObject state(RegisteredChannel channel) {
        return new JsonObject()
                .put(
                        "buddy",
                        channel.buddy()
                                .map(name -> new JsonObject().put("name", name))
                                .orElse(null))
                .put("state", RuleJson.word(channel.state()))
                .put("disabledReason", channel.disabledReason().orElse(null))
                .put(
                        "failingSince",
                        channel.failingSince().map(Instant::toString).orElse(null));
    }
}
