package dev.plimsoll.api;

import dev.plimsoll.account.Caller;
import dev.plimsoll.delivery.Wakings;
import dev.plimsoll.rule.Rule;
import dev.plimsoll.rule.RuleDraft;
import dev.plimsoll.rule.RuleStore;
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

/** Rules: what an account wants to be told. */
@Path(Creation.BASE + "/rules")
@Tag(name = "Rules")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class RuleResource {
    private static final String WHAT = "rule";

    private final Caller caller;
    private final Creation creation;
    private final RuleStore rules;
    private final RuleForm form;
    private final OwnIds own;
    private final Wakings wakings;

    RuleResource(Caller caller, Creation creation, RuleStore rules, RuleForm form, OwnIds own, Wakings wakings) {
        this.caller = caller;
        this.creation = creation;
        this.rules = rules;
        this.form = form;
        this.own = own;
        this.wakings = wakings;
    }

    @POST
    @Operation(
            summary = "Make a rule",
            description =
                    "One to three levels under one condition. Without `watches` it watches all positions, or the asset"
                            + " of a price; without `channels` it tells every channel that is active then. `escalation` says who else is"
                            + " told while nobody acknowledges; in `quietHours`, by the clock of the account's time zone,"
                            + " only what is critical is told at once.")
    public Uni<RestResponse<JsonObject>> create(byte[] body) {
        return Writes.keyed(creation.once(body, session -> add(session, body)), WHAT);
    }

    @GET
    @Operation(summary = "List rules", description = "The oldest first, with those the account began with.")
    public Uni<Page<JsonObject>> list(@RestQuery Optional<String> limit, @RestQuery Optional<String> after) {
        var page = PageRequest.of(limit, after);
        return rules.list(caller.account(), page.start(), page.fetch())
                .chain(found -> wakings.around(caller.account())
                        .map(around -> page.page(found, Rule::id).map(rule -> RuleAnswer.of(rule, around))));
    }

    @GET
    @Path("/{id}")
    @Operation(
            summary = "Get a rule",
            description =
                    "As it was written, with the defaults of what was left out. `wakesYou` says whether what is critical"
                            + " makes a sound that wakes you, and why: by the channels, quiet hours and silences as they are.")
    public Uni<RestResponse<JsonObject>> get(@RestPath UUID id) {
        return rules.find(caller.account(), id)
                .map(found -> found.orElseThrow(() -> Problems.notFound(WHAT)))
                .chain(this::answer);
    }

    @PUT
    @Path("/{id}")
    @Operation(
            summary = "Replace a rule",
            description = "Everything anew, as in POST. Open alerts that no longer hold resolve as `rule-changed`.")
    public Uni<RestResponse<JsonObject>> replace(
            @RestPath UUID id, @RestHeader("If-Match") Optional<String> ifMatch, byte[] body) {
        return change(id, ifMatch, (now, known) -> form.whole(body, known));
    }

    @PATCH
    @Consumes({MediaType.APPLICATION_JSON, Patch.MEDIA_TYPE})
    @Path("/{id}")
    @Operation(
            summary = "Change a rule",
            description = "What is named changes, null clears. The list of levels is replaced as a whole.")
    public Uni<RestResponse<JsonObject>> patch(
            @RestPath UUID id, @RestHeader("If-Match") Optional<String> ifMatch, byte[] body) {
        return change(id, ifMatch, (now, known) -> form.patch(body, now, known));
    }

    @DELETE
    @Path("/{id}")
    @Operation(summary = "Delete a rule", description = "Its open alerts resolve as `rule-deleted` at the next tick.")
    public Uni<Void> delete(@RestPath UUID id, @RestHeader("If-Match") Optional<String> ifMatch) {
        return rules.delete(caller.account(), id, now -> Etag.require(ifMatch, WHAT, now.version()))
                .map(written -> Writes.value(written, WHAT))
                .replaceWithVoid();
    }

    private Uni<Created> add(Mutiny.Session session, byte[] body) {
        return own.of(session, caller.account())
                .map(known -> form.whole(body, known))
                .chain(draft -> rules.add(session, caller.account(), draft))
                .map(written -> Writes.value(written, WHAT))
                .chain(rule -> wakings.around(session, caller.account())
                        .map(around ->
                                new Created("/rules/" + rule.id(), rule.version(), RuleAnswer.of(rule, around))));
    }

    private Uni<RestResponse<JsonObject>> change(
            UUID id, Optional<String> ifMatch, BiFunction<Rule, References, RuleDraft> edit) {
        return own.of(caller.account())
                .chain(known -> rules.change(caller.account(), id, now -> {
                    Etag.require(ifMatch, WHAT, now.version());
                    return edit.apply(now, known);
                }))
                .map(written -> Writes.value(written, WHAT))
                .chain(this::answer);
    }

    private Uni<RestResponse<JsonObject>> answer(Rule rule) {
        return wakings.around(rule.account()).map(around -> Etag.tagged(RuleAnswer.of(rule, around), rule.version()));
    }
}
