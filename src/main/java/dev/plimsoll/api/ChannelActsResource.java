package dev.plimsoll.api;

import dev.plimsoll.account.Caller;
import dev.plimsoll.account.Scope;
import dev.plimsoll.account.Tenant;
import dev.plimsoll.api.form.Form;
import dev.plimsoll.api.form.Readers;
import dev.plimsoll.delivery.ChannelStore;
import dev.plimsoll.delivery.ChannelTrial;
import dev.plimsoll.delivery.Kinds;
import dev.plimsoll.delivery.Outbox;
import dev.plimsoll.delivery.RegisteredChannel;
import dev.plimsoll.delivery.RegisteredChannel.State;
import dev.plimsoll.delivery.SecretRotation;
import dev.plimsoll.delivery.WebhookSecret;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.ZoneOffset;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** What can be done with a proven channel: try it, give it another secret, send again what failed. */
@Path(Creation.BASE + "/channels/{id}")
@Tag(name = "Channels")
@Consumes(MediaType.WILDCARD)
@Produces(MediaType.APPLICATION_JSON)
public class ChannelActsResource {
    private final Caller caller;
    private final Tenant tenant;
    private final ChannelStore channels;
    private final ChannelTrial trial;
    private final Kinds kinds;
    private final Outbox outbox;
    private final SecretRotation rotation;

    ChannelActsResource(
            Caller caller,
            Tenant tenant,
            ChannelStore channels,
            ChannelTrial trial,
            Kinds kinds,
            Outbox outbox,
            SecretRotation rotation) {
        this.caller = caller;
        this.tenant = tenant;
        this.channels = channels;
        this.trial = trial;
        this.kinds = kinds;
        this.outbox = outbox;
        this.rotation = rotation;
    }

    @POST
    @Path("/test")
    @Operation(
            summary = "Send a test now",
            description = "One message of the type `alert.test`, without retry; the answer says how it ended.")
    public Uni<JsonObject> test(@RestPath UUID id) {
        return active(id)
                .chain(channel -> channels.receiver(caller.account(), id))
                .map(receiver -> receiver.orElseThrow(() -> Problems.notFound(ChannelResource.WHAT)))
                .chain(trial::test)
                .map(tried -> new JsonObject()
                        .put("outcome", tried.delivered() ? "delivered" : "failed")
                        .put("detail", tried.detail())
                        .put("durationMillis", tried.duration().toMillis()));
    }

    @POST
    @Path("/rotate-secret")
    @Needs(Scope.FULL)
    @Operation(
            summary = "Make a new signing secret",
            description = "Shown in this answer only. For 24 hours every event is signed with the old one as well.")
    public Uni<JsonObject> rotate(@RestPath UUID id) {
        var secret = WebhookSecret.generate();
        return channels.find(caller.account(), id)
                .map(found -> found.orElseThrow(() -> Problems.notFound(ChannelResource.WHAT)))
                .invoke(this::requireSigned)
                .chain(() -> rotation.rotate(caller.account(), id, secret))
                .invoke(ChannelActsResource::requireFound)
                .map(rotated -> new JsonObject().put("id", id.toString()).put("secret", secret.value()));
    }

    @POST
    @Path("/redeliver-failed")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Send again what failed",
            description = "Of each alert the last message only, each with its own id as before. Answers how many are on"
                    + " their way.")
    public Uni<JsonObject> redeliver(@RestPath UUID id, byte[] body) {
        var since = Form.of(body, form -> {
            var read = form.required("since", Readers.instant());
            return form.complete(() -> read.orElseThrow().atOffset(ZoneOffset.UTC));
        });
        return active(id)
                .chain(channel -> tenant.sql(caller.account(), tx -> outbox.redeliverFailed(tx, id, since)))
                .map(count -> new JsonObject().put("redelivered", count));
    }

    private Uni<RegisteredChannel> active(UUID id) {
        return channels.find(caller.account(), id)
                .map(found -> found.orElseThrow(() -> Problems.notFound(ChannelResource.WHAT)))
                .invoke(channel -> {
                    if (channel.state() != State.ACTIVE) {
                        throw Problems.conflict(
                                "This channel is not active, so nothing but proofs goes there. Prove it first with"
                                        + " /verification.");
                    }
                });
    }

    private void requireSigned(RegisteredChannel channel) {
        if (!kinds.of(channel.kind()).signs()) {
            throw Problems.conflict("Channels of the kind " + channel.kind() + " sign nothing: there is no secret.");
        }
    }

    private static void requireFound(boolean found) {
        if (!found) {
            throw Problems.notFound(ChannelResource.WHAT);
        }
    }
}
