package dev.plimsoll.api;

import dev.plimsoll.api.form.Form;
import dev.plimsoll.api.form.Readers;
import dev.plimsoll.delivery.MailAddress;
import dev.plimsoll.delivery.ProofCode;
import dev.plimsoll.delivery.recovery.Recovery;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The way back for whoever lost every API key. */
@Path(Creation.BASE + "/recovery")
@Tag(name = "Accounts")
@WithoutKey
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class RecoveryResource {
    private static final int MAX_EMAIL = 254;
    private static final int MAX_CODE = 100;

    private final RecoveryDoor door;
    private final Recovery recovery;
    private final ClientAddress addresses;

    RecoveryResource(RecoveryDoor door, Recovery recovery, ClientAddress addresses) {
        this.door = door;
        this.recovery = recovery;
        this.addresses = addresses;
    }

    @POST
    @Operation(
            summary = "Ask for a way back into an account",
            description =
                    "For whoever lost every API key. Where the address is that of a proven e-mail channel of an account, a code is sent there that makes one new key, once and within 15 minutes; the account's other channels are told. The answer is the same whether there is such a channel or not. A buddy's address never suffices.")
    public Uni<JsonObject> ask(byte[] body, HttpServerRequest request) {
        var address = Form.of(body, form -> {
            var read = form.required(
                    "email", Readers.text(MAX_EMAIL).find(MailAddress::parse, text -> "Expected a mail address."));
            return form.complete(read::orElseThrow);
        });
        return door.ask(addresses.of(request), address).map(text -> new JsonObject().put("text", text));
    }

    @POST
    @Path("/keys")
    @Operation(
            summary = "Make an API key with a recovery code",
            description =
                    "The code is in the mail that was sent; it is good once. With `revokeOthers` all other keys go, and whoever is signed in on the pages is signed out. Every channel of the account but a buddy's is told.")
    public Uni<JsonObject> redeem(byte[] body) {
        record Wish(ProofCode code, boolean revokeOthers) {}
        var wish = Form.of(body, form -> {
            var code = form.required("code", Readers.token(MAX_CODE));
            var alone = form.optional("revokeOthers", Readers.flag());
            return form.complete(() -> new Wish(new ProofCode(code.orElseThrow()), alone.orElse(false)));
        });
        return recovery.redeem(wish.code(), wish.revokeOthers()).map(RecoveryResource::made);
    }

    private static JsonObject made(Recovery.Result result) {
        return switch (result) {
            case Recovery.Made(var key) -> new JsonObject().put("apiKey", key.reveal());
            case Recovery.Over ignored ->
                throw Problems.conflict("This code was used, is older than 15 minutes, or is none: ask for another.");
            case Recovery.Full ignored ->
                throw Problems.conflict(
                        "The account has as many API keys as it may have: revoke the others with it ('revokeOthers': true).");
        };
    }
}
