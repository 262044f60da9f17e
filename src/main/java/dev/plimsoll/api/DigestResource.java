package dev.plimsoll.api;

import dev.plimsoll.account.Account;
import dev.plimsoll.account.AccountStore;
import dev.plimsoll.account.Caller;
import dev.plimsoll.pipeline.digest.Digest;
import dev.plimsoll.pipeline.digest.DigestDraft;
import dev.plimsoll.pipeline.digest.DigestStore;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.ZoneId;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;

/** Digests: what an account reads by the calendar. */
@Path(Creation.BASE + "/digests")
@Tag(name = "Digests")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class DigestResource {
    private static final String WHAT = "digest";

    private final Caller caller;
    private final Creation creation;
    private final AccountStore accounts;
    private final DigestStore digests;
    private final OwnIds own;

    DigestResource(Caller caller, Creation creation, AccountStore accounts, DigestStore digests, OwnIds own) {
        this.caller = caller;
        this.creation = creation;
        this.accounts = accounts;
        this.digests = digests;
        this.own = own;
    }

    @POST
    @Operation(
            summary = "Make a digest",
            description = "Comes `at` a time of day by the clock of the account's time zone, once a local day: `daily`,"
                    + " `weekly` on a `day` (Monday without), or `bedtime`. Daily and weekly ones tell the lowest health"
                    + " factor, the closest call, the alerts, channels in trouble, what could not be judged, and declared"
                    + " positions of which nothing was heard for 30 days. The bedtime check tells how probable it is that"
                    + " liquidation is touched while you are `asleep` (PT8H), and the least payment that brings it down to"
                    + " the `acceptableChance` (0.001). Without `channels` it goes to every active channel, but never to"
                    + " one that pages people. Nothing urgent waits for it; a late one says so.")
    public Uni<RestResponse<JsonObject>> create(byte[] body) {
        return zone().chain(zone -> creation.once(body, session -> add(session, body, zone)));
    }

    @GET
    @Operation(summary = "List digests", description = "The oldest first.")
    public Uni<Page<JsonObject>> list(@RestQuery Optional<String> limit, @RestQuery Optional<String> after) {
        var page = PageRequest.of(limit, after);
        return digests.list(caller.account(), page.start(), page.fetch())
                .map(found -> page.page(found, Digest::id).map(DigestAnswer::of));
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "Get a digest", description = "With `next`, when it comes next.")
    public Uni<RestResponse<JsonObject>> get(@RestPath UUID id) {
        return digests.find(caller.account(), id)
                .map(found -> found.orElseThrow(() -> Problems.notFound(WHAT)))
                .map(DigestResource::answer);
    }

    @PUT
    @Path("/{id}")
    @Operation(
            summary = "Replace a digest",
            description = "Everything anew, as in POST. Of a local day of which one has come there is no second.")
    public Uni<RestResponse<JsonObject>> replace(
            @RestPath UUID id, @RestHeader("If-Match") Optional<String> ifMatch, byte[] body) {
        return change(id, ifMatch, (now, known) -> DigestForm.whole(body, known));
    }

    @PATCH
    @Consumes({MediaType.APPLICATION_JSON, Patch.MEDIA_TYPE})
    @Path("/{id}")
    @Operation(
            summary = "Change a digest",
            description =
                    "What is named changes, null clears. Of a local day of which one has come there is no second.")
    public Uni<RestResponse<JsonObject>> patch(
            @RestPath UUID id, @RestHeader("If-Match") Optional<String> ifMatch, byte[] body) {
        return change(id, ifMatch, (now, known) -> DigestForm.patch(body, now, known));
    }

    @DELETE
    @Path("/{id}")
    @Operation(summary = "Delete a digest", description = "No more of it comes.")
    public Uni<Void> delete(@RestPath UUID id, @RestHeader("If-Match") Optional<String> ifMatch) {
        return digests.delete(caller.account(), id, now -> Etag.require(ifMatch, WHAT, now.version()))
                .map(written -> Writes.value(written, WHAT))
                .replaceWithVoid();
    }

    private Uni<ZoneId> zone() {
        return accounts.find(caller.account())
                .map(found -> found.map(Account::timezone).orElseThrow(() -> Problems.notFound("account")));
    }

    private Uni<Created> add(Mutiny.Session session, byte[] body, ZoneId zone) {
        return own.of(session, caller.account())
                .map(known -> DigestForm.whole(body, known))
                .chain(draft -> digests.add(session, caller.account(), draft, zone))
                .map(written -> Writes.value(written, WHAT))
                .map(digest -> new Created("/digests/" + digest.id(), digest.version(), DigestAnswer.of(digest)));
    }

    private Uni<RestResponse<JsonObject>> change(
            UUID id, Optional<String> ifMatch, BiFunction<Digest, References, DigestDraft> edit) {
        return zone().chain(zone -> own.of(caller.account())
                        .chain(known -> digests.change(caller.account(), id, zone, now -> {
                            Etag.require(ifMatch, WHAT, now.version());
                            return edit.apply(now, known);
                        })))
                .map(written -> Writes.value(written, WHAT))
                .map(DigestResource::answer);
    }

    private static RestResponse<JsonObject> answer(Digest digest) {
        return Etag.tagged(DigestAnswer.of(digest), digest.version());
    }
}
