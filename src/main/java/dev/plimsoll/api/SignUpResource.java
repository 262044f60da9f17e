package dev.plimsoll.api;

import dev.plimsoll.api.form.Form;
import dev.plimsoll.unit.Ids;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestResponse;

/** Signing up. */
@Path(Creation.BASE + "/accounts")
@Tag(name = "Accounts")
@WithoutKey
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class SignUpResource {
    private final SignUpDoor door;
    private final SignUp signUp;
    private final Creation creation;
    private final ClientAddress addresses;
    private final SignUpMail mail;

    SignUpResource(SignUpDoor door, SignUp signUp, Creation creation, ClientAddress addresses, SignUpMail mail) {
        this.door = door;
        this.signUp = signUp;
        this.creation = creation;
        this.addresses = addresses;
        this.mail = mail;
    }

    @POST
    @Operation(
            summary = "Sign up",
            description =
                    "Makes an account with its first API key, shown in this answer only, and the rules `warning`, `critical`, `blind` and `oracle-gap` on all positions to come; the last is about those with a price source of their own. Needs no key while sign-up is open."
                            + " With an `email`, where the installation sends mail, `emailChannel` is a channel there that tells of"
                            + " nothing before the link in the mail that asks for it was confirmed.")
    public Uni<RestResponse<JsonObject>> signUp(
            byte[] body, @RestHeader("Authorization") Optional<String> authorization, HttpServerRequest request) {
        var draft = Form.of(body, AccountForm::read);
        var client = addresses.of(request);
        var key = creation.key(body);
        var id = key.map(repeatable -> repeatable.id(client)).orElseGet(Ids::next);
        return door.pass(authorization, client)
                .chain(() -> creation.once(id, key, session -> signUp.of(session, id, draft)))
                .chain(mail::ask);
    }
}
