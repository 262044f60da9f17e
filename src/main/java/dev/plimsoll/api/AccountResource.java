package dev.plimsoll.api;

import dev.plimsoll.account.Account;
import dev.plimsoll.account.AccountDraft;
import dev.plimsoll.account.AccountJson;
import dev.plimsoll.account.AccountStore;
import dev.plimsoll.account.Caller;
import dev.plimsoll.account.Scope;
import dev.plimsoll.api.form.Form;
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
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestResponse;

/** The caller's own account. */
@Path("/api/v1/account")
@Produces(MediaType.APPLICATION_JSON)
public class AccountResource {
    private final AccountStore accounts;
    private final Caller caller;

    AccountResource(AccountStore accounts, Caller caller) {
        this.accounts = accounts;
        this.caller = caller;
    }

    @GET
    public Uni<RestResponse<JsonObject>> show() {
        return accounts.find(caller.account()).map(AccountResource::answer);
    }

    @PATCH
    @Needs(Scope.FULL)
    @Consumes(MediaType.APPLICATION_JSON)
    public Uni<RestResponse<JsonObject>> change(byte[] body, @RestHeader("If-Match") Optional<String> ifMatch) {
        return accounts.change(caller.account(), now -> changed(now, body, ifMatch))
                .map(AccountResource::answer);
    }

    private static AccountDraft changed(Account now, byte[] body, Optional<String> ifMatch) {
        Etag.require(ifMatch, "account", now.version());
        return Form.of(body, form -> AccountForm.patch(form, now));
    }

    /** Erases everything of the account. */
    @DELETE
    @Needs(Scope.FULL)
    public Uni<Void> erase() {
        return accounts.erase(caller.account());
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
