package dev.plimsoll.api;

import dev.plimsoll.account.Account;
import dev.plimsoll.account.AccountDraft;
import dev.plimsoll.account.AccountJson;
import dev.plimsoll.account.AccountStore;
import dev.plimsoll.account.Caller;
import dev.plimsoll.account.Scope;
import dev.plimsoll.api.form.Form;
import dev.plimsoll.delivery.Farewell;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestResponse;

/** The caller's own account. */
@Path(Creation.BASE + "/account")
@Tag(name = "Accounts")
@Produces(MediaType.APPLICATION_JSON)
public class AccountResource {
    private final AccountStore accounts;
    private final Farewell farewell;
    private final Caller caller;

    AccountResource(AccountStore accounts, Farewell farewell, Caller caller) {
        this.accounts = accounts;
        this.farewell = farewell;
        this.caller = caller;
    }

    @GET
    @Operation(summary = "Get the account", description = "The one the API key belongs to.")
    public Uni<RestResponse<JsonObject>> show() {
        return accounts.find(caller.account()).map(AccountResource::answer);
    }

    @PATCH
    @Consumes({MediaType.APPLICATION_JSON, Patch.MEDIA_TYPE})
    @Operation(summary = "Change the account", description = "What is named changes, null clears.")
    @Needs(Scope.FULL)
    public Uni<RestResponse<JsonObject>> change(byte[] body, @RestHeader("If-Match") Optional<String> ifMatch) {
        return accounts.change(caller.account(), now -> changed(now, body, ifMatch))
                .map(AccountResource::answer);
    }

    private static AccountDraft changed(Account now, byte[] body, Optional<String> ifMatch) {
        Etag.require(ifMatch, "account", now.version());
        return Form.of(body, form -> AccountForm.patch(form, now));
    }

    @DELETE
    @Operation(
            summary = "Erase the account",
            description =
                    "With everything of it: keys, channels, positions, rules, alerts and deliveries. At once and for good.")
    @Needs(Scope.FULL)
    public Uni<Void> erase() {
        return farewell.of(caller.account()).chain(() -> accounts.erase(caller.account()));
    }

    private static RestResponse<JsonObject> answer(Optional<Account> account) {
        var found = account.orElseThrow(AccountResource::erased);
        return Etag.tagged(AccountJson.write(found), found.version());
    }

    /** Between the acceptance of its key and the reading of its row. */
    private static HttpProblem erased() {
        return Problems.unauthenticated("This account was erased.");
    }
}
