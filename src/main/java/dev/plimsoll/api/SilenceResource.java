package dev.plimsoll.api;

import dev.plimsoll.account.Caller;
import dev.plimsoll.alert.Silence;
import dev.plimsoll.alert.SilenceStore;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;

/** Silences: what an account does not want to be told for a while. */
@Path(Creation.BASE + "/silences")
@Tag(name = "Silences")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class SilenceResource {
    private static final String WHAT = "silence";

    private final Caller caller;
    private final Creation creation;
    private final SilenceStore silences;
    private final SilenceForm form;

    SilenceResource(Caller caller, Creation creation, SilenceStore silences, SilenceForm form) {
        this.caller = caller;
        this.creation = creation;
        this.silences = silences;
        this.form = form;
    }

    @POST
    @Operation(
            summary = "Silence something",
            description =
                    "Nothing that it covers is told until it is over: every alert of the account with `all`, those on"
                            + " a position, on positions with a label, or about the price of an asset. Only that a position is, or"
                            + " may have been, liquidated is told all the same, unless `evenLiquidatable`. What still fires when it"
                            + " is over and was not told is told once then. Without `from` it begins at once.")
    public Uni<RestResponse<JsonObject>> create(byte[] body) {
        return creation.once(body, session -> add(session, body));
    }

    @GET
    @Operation(
            summary = "List silences",
            description = "The oldest first; those that are over stay listed for 30 days.")
    public Uni<Page<JsonObject>> list(@RestQuery Optional<String> limit, @RestQuery Optional<String> after) {
        var page = PageRequest.of(limit, after);
        return silences.list(caller.account(), page.start(), page.fetch())
                .map(found -> page.page(found, Silence::id).map(silence -> SilenceAnswer.of(silence, form.now())));
    }

    @DELETE
    @Path("/{id}")
    @Operation(
            summary = "End a silence",
            description = "At once: what still fires and was not told is told at the next tick.")
    public Uni<Void> delete(@RestPath UUID id) {
        return silences.delete(caller.account(), id)
                .map(written -> Writes.value(written, WHAT))
                .replaceWithVoid();
    }

    private Uni<Created> add(Mutiny.Session session, byte[] body) {
        var now = form.now();
        return form.draft(session, caller.account(), body, now)
                .chain(draft -> silences.add(session, caller.account(), draft, now))
                .map(written -> Writes.value(written, WHAT))
                .map(silence -> new Created("/silences/" + silence.id(), 1, SilenceAnswer.of(silence, now)));
    }
}
