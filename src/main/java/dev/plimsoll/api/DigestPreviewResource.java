package dev.plimsoll.api;

import dev.plimsoll.account.Caller;
import dev.plimsoll.account.Scope;
import dev.plimsoll.pipeline.digest.DigestStore;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** What a digest would say now. */
@Path(Creation.BASE + "/digests")
@Tag(name = "Digests")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class DigestPreviewResource {
    private final Caller caller;
    private final DigestStore digests;
    private final DigestPreviews previews;
    private final OwnIds own;

    DigestPreviewResource(Caller caller, DigestStore digests, DigestPreviews previews, OwnIds own) {
        this.caller = caller;
        this.digests = digests;
        this.previews = previews;
        this.own = own;
    }

    @POST
    @Path("/preview")
    @Needs(Scope.READ)
    @Operation(
            summary = "Preview a digest",
            description =
                    "The same body as POST /digests, and nothing is stored or sent: the text it would have now, and"
                            + " the `data` that a webhook would get.")
    public Uni<JsonObject> preview(byte[] body) {
        return own.of(caller.account())
                .map(known -> DigestForm.whole(body, known))
                .chain(draft -> previews.of(caller.account(), draft));
    }

    @GET
    @Path("/{id}/preview")
    @Operation(
            summary = "Preview a digest that there is",
            description = "What it would say now; it still comes at its time.")
    public Uni<JsonObject> preview(@RestPath UUID id) {
        return digests.find(caller.account(), id)
                .map(found -> found.orElseThrow(() -> Problems.notFound("digest")))
                .chain(previews::of);
    }
}
