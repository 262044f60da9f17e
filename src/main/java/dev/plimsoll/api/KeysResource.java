package dev.plimsoll.api;

import dev.plimsoll.account.AccountJson;
import dev.plimsoll.account.ApiKey;
import dev.plimsoll.account.Caller;
import dev.plimsoll.account.KeyStore;
import dev.plimsoll.account.NewKey;
import dev.plimsoll.account.Revocation;
import dev.plimsoll.account.Scope;
import dev.plimsoll.api.form.Form;
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
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;

/** The API keys of the caller's account. */
@Path(Creation.BASE + "/account/keys")
@Tag(name = "Accounts")
@Needs(Scope.FULL)
@Produces(MediaType.APPLICATION_JSON)
public class KeysResource {
    private final KeyStore keys;
    private final Creation creation;
    private final Caller caller;

    KeysResource(KeyStore keys, Creation creation, Caller caller) {
        this.keys = keys;
        this.creation = creation;
        this.caller = caller;
    }

    @GET
    @Operation(summary = "List the API keys", description = "The oldest first, without their secrets.")
    @Needs(Scope.READ)
    public Uni<Page<JsonObject>> list(@RestQuery Optional<String> limit, @RestQuery Optional<String> after) {
        var page = PageRequest.of(limit, after);
        return keys.list(caller.account(), page.start(), page.fetch())
                .map(found -> page.page(found, ApiKey::id).map(AccountJson::write));
    }

    @POST
    @Operation(
            summary = "Make an API key",
            description =
                    "Its secret is shown in this answer only. `read` looks, `operate` works with positions, rules and alerts, `full` also manages the account, its keys and its channels.")
    @Consumes(MediaType.APPLICATION_JSON)
    public Uni<RestResponse<JsonObject>> add(byte[] body) {
        var draft = Form.of(body, AccountForm::key);
        return creation.once(
                body,
                session -> keys.add(session, caller.account(), draft)
                        .map(written -> created(Writes.value(written, "key"))));
    }

    private static Created created(NewKey made) {
        var secret = new JsonObject().put("apiKey", made.secret().reveal());
        return new Created("/account/keys/" + made.key().id(), 1, AccountJson.write(made.key()), secret);
    }

    @DELETE
    @Operation(
            summary = "Revoke an API key",
            description = "From the next request on, on every replica. The last key that can make others stays.")
    @Path("/{id}")
    public Uni<Void> revoke(@RestPath UUID id) {
        return keys.revoke(caller.account(), id).invoke(KeysResource::tell).replaceWithVoid();
    }

    private static void tell(Revocation revocation) {
        switch (revocation) {
            case DONE -> {}
            case MISSING -> throw Problems.notFound("key");
            case LAST ->
                throw Problems.conflict("This is the last key that can make others. Make another one with scope 'full'"
                        + " and without 'expiresAt' first, or delete the account.");
        }
    }
}
