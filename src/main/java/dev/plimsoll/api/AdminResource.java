package dev.plimsoll.api;

import dev.plimsoll.account.AccountOverview;
import dev.plimsoll.account.AdminStore;
import dev.plimsoll.account.Quotas;
import dev.plimsoll.api.form.Form;
import dev.plimsoll.api.form.Readers;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** What the operator may see and do of accounts that are not their own. */
@Path(Creation.BASE + "/admin/accounts")
@Tag(name = "Operation")
@OperatorOnly
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class AdminResource {
    private static final int MAX_REASON = 500;
    private static final int MOST = 1_000_000;

    private final AdminStore accounts;

    AdminResource(AdminStore accounts) {
        this.accounts = accounts;
    }

    @GET
    @Operation(
            summary = "List accounts",
            description =
                    "The oldest first, with how much each holds, when one of its keys was last used (to some minutes) and"
                            + " its own quotas, null where the default holds. Nothing of what is in them, and no address. Needs the"
                            + " operator's key, `plimsoll.account.admin-key`.")
    public Uni<Page<JsonObject>> list(@RestQuery Optional<String> limit, @RestQuery Optional<String> after) {
        var page = PageRequest.of(limit, after);
        return accounts.list(page.start(), page.fetch())
                .map(found -> page.page(found, AccountOverview::id).map(AccountOverview::json));
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "Get an account", description = "As in the list.")
    public Uni<JsonObject> get(@RestPath UUID id) {
        return find(id);
    }

    @POST
    @Path("/{id}/suspend")
    @Operation(
            summary = "Suspend an account",
            description =
                    "From the next request on all its keys, signed-in pages and commands in its chats are refused with"
                            + " the `reason`, on every replica. What it has is still watched and its alerts still told, and"
                            + " may be acknowledged where they are told: suspension blinds nobody. Who must not be told any"
                            + " more has to erase their account.")
    public Uni<JsonObject> suspend(@RestPath UUID id, byte[] body) {
        var reason = Form.of(body, form -> {
            var said = form.required("reason", Readers.text(MAX_REASON));
            return form.complete(said::orElseThrow);
        });
        return change(id, "suspended", account -> accounts.suspend(account, reason));
    }

    @POST
    @Path("/{id}/resume")
    @Operation(summary = "Let a suspended account in again", description = "From the next request on.")
    public Uni<JsonObject> resume(@RestPath UUID id) {
        return change(id, "resumed", accounts::resume);
    }

    @PUT
    @Path("/{id}/quotas")
    @Operation(
            summary = "Say how much an account may hold",
            description =
                    "What is left out or null is what every account may. What it has beyond a quota stays, and nothing is"
                            + " added until it has less.")
    public Uni<JsonObject> limit(@RestPath UUID id, byte[] body) {
        var quotas = Form.of(body, AdminResource::quotas);
        return change(id, "limited", account -> accounts.limit(account, quotas));
    }

    private static Optional<Quotas> quotas(Form form) {
        var positions = form.optional("positions", Readers.whole(0, MOST));
        var rules = form.optional("rules", Readers.whole(0, MOST));
        var channels = form.optional("channels", Readers.whole(0, MOST));
        return form.complete(() -> new Quotas(positions, rules, channels));
    }

    private Uni<JsonObject> change(UUID id, String what, Function<UUID, Uni<Void>> write) {
        return find(id).chain(there -> write.apply(id))
                .invoke(() -> Log.infof("account %s by the operator: account=%s", what, id))
                .chain(() -> find(id));
    }

    private Uni<JsonObject> find(UUID id) {
        return accounts.find(id)
                .map(found -> found.map(AccountOverview::json)
                        .orElseThrow(() -> Problems.of(ProblemType.NOT_FOUND, "There is no such account.")));
    }
}
