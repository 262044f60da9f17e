package dev.plimsoll.api;

import dev.plimsoll.delivery.Callbacks;
import dev.plimsoll.delivery.Channel.Call;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** Where services that got an alert say what somebody did about it over there. */
@Path(Creation.BASE + "/callbacks/{token}")
@Tag(name = "Channels")
@WithoutKey
@Consumes(MediaType.WILDCARD)
public class CallbackResource {
    private final Callbacks callbacks;
    private final Hearing hearing;

    CallbackResource(Callbacks callbacks, Hearing hearing) {
        this.callbacks = callbacks;
        this.hearing = hearing;
    }

    @POST
    @Operation(
            summary = "Hear what was done at a channel's other end",
            description =
                    "For the service behind a channel; PagerDuty calls it as a V3 webhook. Its URL is the `callbackUrl` of"
                            + " the answer that registered the channel. An alert that somebody acknowledges there is"
                            + " acknowledged here; all else changes nothing. Where the channel has a `signingSecret`, what"
                            + " is not signed with it is refused.")
    public Uni<Void> hear(@RestPath String token, @Context HttpHeaders headers, byte[] body) {
        var address = callbacks.read(token).orElseThrow(Hearing::nobody);
        return hearing.hear(address, new Call(headers::getHeaderString, Buffer.buffer(body)));
    }
}
