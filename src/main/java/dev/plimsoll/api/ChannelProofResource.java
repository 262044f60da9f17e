package dev.plimsoll.api;

import dev.plimsoll.account.Caller;
import dev.plimsoll.account.Scope;
import dev.plimsoll.api.ChannelProofs.TooMany;
import dev.plimsoll.api.form.Form;
import dev.plimsoll.api.form.Readers;
import dev.plimsoll.delivery.ChannelStore;
import dev.plimsoll.delivery.Receiver;
import dev.plimsoll.delivery.RegisteredChannel;
import dev.plimsoll.delivery.RegisteredChannel.State;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

/** Showing that whoever registered a channel also reads what arrives there. */
@Path(Creation.BASE + "/channels/{id}")
@Tag(name = "Channels")
@Needs(Scope.FULL)
@Produces(MediaType.APPLICATION_JSON)
public class ChannelProofResource {
    private static final int MAX_CODE = 100;

    private final Caller caller;
    private final ChannelStore channels;
    private final ChannelProofs proofs;
    private final ChannelAnswers answers;

    ChannelProofResource(Caller caller, ChannelStore channels, ChannelProofs proofs, ChannelAnswers answers) {
        this.caller = caller;
        this.channels = channels;
        this.proofs = proofs;
        this.answers = answers;
    }

    @POST
    @Path("/verify")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Prove a channel with its code",
            description = "The code is in the last proof that arrived there; in a webhook's it is `data.code`.")
    public Uni<RestResponse<JsonObject>> verify(@RestPath UUID id, byte[] body) {
        var code = Form.of(body, form -> {
            var read = form.required("code", Readers.token(MAX_CODE));
            return form.complete(read::orElseThrow);
        });
        return unproven(id)
                .chain(channel -> proofs.accept(caller.account(), id, code))
                .invoke(ChannelProofResource::requireAccepted)
                .chain(() -> channel(id))
                .chain(channel -> answers.whole(channel).map(whole -> Etag.tagged(whole, channel.version())));
    }

    @POST
    @Path("/verification")
    @Consumes(MediaType.WILDCARD)
    @Operation(
            summary = "Send the proof again",
            description =
                    "Also brings back a disabled channel. At most three a day to one address and ten in all. The answer"
                            + " says in `verification` how it went.")
    public Uni<RestResponse<JsonObject>> sendProof(@RestPath UUID id) {
        return unproven(id)
                .chain(channel -> channels.receiver(caller.account(), id))
                .map(receiver -> receiver.orElseThrow(() -> Problems.notFound(ChannelResource.WHAT)))
                .chain(this::send);
    }

    private Uni<RestResponse<JsonObject>> send(Receiver to) {
        return proofs.send(to)
                .invoke(ChannelProofResource::requireSent)
                .chain(result -> channel(to.channel())
                        .chain(channel -> answers.whole(channel)
                                .map(whole -> whole.put("verification", ChannelProofs.sentence(result))
                                        .mergeIn(ChannelProofs.once(result)))
                                .map(whole -> Etag.tagged(whole, channel.version()))));
    }

    private Uni<RegisteredChannel> unproven(UUID id) {
        return channel(id).invoke(channel -> {
            if (channel.state() == State.ACTIVE) {
                throw Problems.conflict("This channel is active: there is nothing to prove.");
            }
        });
    }

    private Uni<RegisteredChannel> channel(UUID id) {
        return channels.find(caller.account(), id)
                .map(found -> found.orElseThrow(() -> Problems.notFound(ChannelResource.WHAT)));
    }

    private static void requireAccepted(boolean accepted) {
        if (!accepted) {
            throw Problems.invalid("This is not the code of the last proof that was sent there.", "/code");
        }
    }

    private static void requireSent(ChannelProofs.Result result) {
        if (result instanceof TooMany(var retryAfter)) {
            throw Problems.rateLimited(ChannelProofs.sentence(result), retryAfter);
        }
    }
}
