package dev.plimsoll.api;

import dev.plimsoll.account.Caller;
import dev.plimsoll.alert.Drill;
import dev.plimsoll.alert.DrillStore;
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

/** Wake-up drills: whether somebody wakes, and how soon. */
@Path(Creation.BASE + "/drills")
@Tag(name = "Drills")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class DrillResource {
    private static final String WHAT = "drill";

    private final Caller caller;
    private final Creation creation;
    private final DrillStore drills;
    private final DrillForm form;

    DrillResource(Caller caller, Creation creation, DrillStore drills, DrillForm form) {
        this.caller = caller;
        this.creation = creation;
        this.drills = drills;
        this.form = form;
    }

    @POST
    @Operation(
            summary = "Have a wake-up drill",
            description =
                    "At once, `at` a time, or `random` between two times of day by the clock of the account's time zone, once"
                            + " `within` so long. It goes the way of a critical alert of the rule, or of the oldest rule with a"
                            + " critical level: the same channels as loud, the same escalation, acknowledged by the same buttons,"
                            + " links and calls, with the drill's `id` for the alert's. Every message says that it is a drill, and"
                            + " events are of the types `drill.firing`, `drill.repeated`, `drill.escalated` and `drill.resolved`."
                            + " It never runs while a real alert of the account fires.")
    public Uni<RestResponse<JsonObject>> create(byte[] body) {
        return creation.once(body, session -> add(session, body));
    }

    @GET
    @Operation(
            summary = "List drills",
            description =
                    "The oldest first, those of the last year, with `timeToAcknowledge`. When a random one takes place is"
                            + " not said before.")
    public Uni<Page<JsonObject>> list(@RestQuery Optional<String> limit, @RestQuery Optional<String> after) {
        var page = PageRequest.of(limit, after);
        return drills.list(caller.account(), page.start(), page.fetch())
                .map(found -> page.page(found, Drill::id).map(DrillAnswer::of));
    }

    @GET
    @Path("/{id}")
    @Operation(
            summary = "Get a drill",
            description =
                    "`state` is `scheduled`, `running`, `acknowledged`, `unacknowledged`, `interrupted` by a real alert,"
                            + " `skipped` or `cancelled`; `why` says more.")
    public Uni<JsonObject> get(@RestPath UUID id) {
        return drills.find(caller.account(), id)
                .map(found -> found.orElseThrow(() -> Problems.notFound(WHAT)))
                .map(DrillAnswer::of);
    }

    @DELETE
    @Path("/{id}")
    @Operation(
            summary = "Call off a drill",
            description = "Before it begins, or while it runs: then whoever was told is told that it is over.")
    public Uni<Void> delete(@RestPath UUID id) {
        return drills.callOff(caller.account(), id, DrillResource::requireOpen)
                .map(written -> Writes.value(written, WHAT))
                .replaceWithVoid();
    }

    private Uni<Created> add(Mutiny.Session session, byte[] body) {
        return drills.now(session)
                .chain(now -> form.draft(session, caller.account(), body, now)
                        .chain(draft -> drills.add(session, caller.account(), draft, now)))
                .map(written -> Writes.value(written, WHAT))
                .map(drill -> new Created("/drills/" + drill.id(), 1, DrillAnswer.of(drill)));
    }

    private static void requireOpen(Drill drill) {
        if (drill.endedAt().isPresent()) {
            throw Problems.conflict("This drill is over.");
        }
    }
}
