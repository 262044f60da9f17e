package dev.plimsoll.api;

import dev.plimsoll.account.Caller;
import dev.plimsoll.api.ChannelForm.Registration;
import dev.plimsoll.delivery.ChannelStore;
import dev.plimsoll.delivery.Kinds;
import dev.plimsoll.delivery.RegisteredChannel;
import dev.plimsoll.delivery.WebhookSecret;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jboss.resteasy.reactive.RestResponse;

/** Registers a channel and proves it, so that the first answer already says whether it works. */
@ApplicationScoped
class ChannelRegistration {
    private final Caller caller;
    private final Creation creation;
    private final Kinds kinds;
    private final ChannelStore channels;
    private final ChannelProofs proofs;
    private final ChannelAnswers answers;

    ChannelRegistration(
            Caller caller,
            Creation creation,
            Kinds kinds,
            ChannelStore channels,
            ChannelProofs proofs,
            ChannelAnswers answers) {
        this.caller = caller;
        this.creation = creation;
        this.kinds = kinds;
        this.channels = channels;
        this.proofs = proofs;
        this.answers = answers;
    }

    /** @param asked its URLs admitted */
    Uni<RestResponse<JsonObject>> register(byte[] body, Registration asked) {
        return Writes.keyed(creation.once(body, session -> add(session, asked)), ChannelResource.WHAT)
                .chain(answer -> isReplayed(answer) ? Uni.createFrom().item(answer) : proven(answer));
    }

    private Uni<Created> add(Mutiny.Session session, Registration asked) {
        var secret = kinds.of(asked.kind()).signs()
                ? Optional.of(WebhookSecret.generate())
                : Optional.<WebhookSecret>empty();
        return channels.add(session, caller.account(), asked.kind(), asked.draft(), secret)
                .map(written -> Writes.value(written, ChannelResource.WHAT))
                .map(channel -> new Created(
                        "/channels/" + channel.id(),
                        channel.version(),
                        answers.unused(channel),
                        answers.once(channel, secret)));
    }

    private static boolean isReplayed(RestResponse<JsonObject> answer) {
        return answer.getHeaders().containsKey(Creation.REPLAYED);
    }

    /** After the transaction: no connection waits for a receiver. */
    private Uni<RestResponse<JsonObject>> proven(RestResponse<JsonObject> answer) {
        var id = UUID.fromString(answer.getEntity().getString("id"));
        return channels.receiver(caller.account(), id)
                .map(receiver -> receiver.orElseThrow(() -> Problems.notFound(ChannelResource.WHAT)))
                .chain(proofs::send)
                .chain(result -> channels.find(caller.account(), id)
                        .map(found -> found.orElseThrow(() -> Problems.notFound(ChannelResource.WHAT)))
                        .map(channel -> now(answer, channel, result)));
    }

    private RestResponse<JsonObject> now(
            RestResponse<JsonObject> answer, RegisteredChannel channel, ChannelProofs.Result result) {
        var body = answer.getEntity()
                .mergeIn(answers.unused(channel))
                .put("verification", ChannelProofs.sentence(result))
                .mergeIn(ChannelProofs.once(result));
        return RestResponse.ResponseBuilder.create(RestResponse.Status.CREATED, body)
                .header(HttpHeaders.LOCATION, Creation.BASE + "/channels/" + channel.id())
                .header(HttpHeaders.ETAG, Etag.of(channel.version()))
                .build();
    }
}
