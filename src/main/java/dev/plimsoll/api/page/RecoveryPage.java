package dev.plimsoll.api.page;

import dev.plimsoll.api.ClientAddress;
import dev.plimsoll.api.RecoveryDoor;
import dev.plimsoll.api.WithoutKey;
import dev.plimsoll.delivery.MailAddress;
import dev.plimsoll.delivery.ProofCode;
import dev.plimsoll.delivery.recovery.Recovery;
import dev.plimsoll.delivery.recovery.RecoveryStore;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;

/** The way back into an account, for people. To open the link in the mail makes nothing, for previews open links. */
@Path("/recover")
@WithoutKey
@Consumes(MediaType.WILDCARD)
@Produces(MediaType.TEXT_HTML + ";charset=UTF-8")
public class RecoveryPage {
    private static final String POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self';"
            + " base-uri 'none'; frame-ancestors 'none'";
    private static final String ASK = "ask";
    private static final String OVER = "This code was used, is older than 15 minutes, or is none. Ask for another.";
    private static final String FULL = "The account has as many API keys as it may have: revoke the others with it.";

    private final RecoveryDoor door;
    private final RecoveryStore codes;
    private final Recovery recovery;
    private final ClientAddress addresses;

    RecoveryPage(RecoveryDoor door, RecoveryStore codes, Recovery recovery, ClientAddress addresses) {
        this.door = door;
        this.codes = codes;
        this.recovery = recovery;
        this.addresses = addresses;
    }

    @CheckedTemplate(basePath = "page", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
    static final class Pages {
        private Pages() {}

        /**
         * @param form {@code ask} for an address, {@code make} a key, or empty
         * @param key  shown once; empty where there is none
         */
        static native TemplateInstance recover(String text, String form, String key);
    }

    @GET
    @Operation(hidden = true)
    public Uni<Response> start() {
        return page(Status.OK, "A code is sent to a proven e-mail channel of your account. It makes one new key.", ASK);
    }

    @POST
    @Operation(hidden = true)
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Uni<Response> ask(@RestForm Optional<String> email, HttpServerRequest request) {
        return email.flatMap(MailAddress::parse)
                .map(address -> door.ask(addresses.of(request), address).chain(text -> page(Status.ACCEPTED, text, "")))
                .orElseGet(() -> page(Status.BAD_REQUEST, "This is no mail address.", ASK));
    }

    @GET
    @Operation(hidden = true)
    @Path("{code}")
    public Uni<Response> show(@RestPath String code) {
        return codes.find(new ProofCode(code))
                .chain(found -> found.isPresent()
                        ? page(Status.OK, "This makes a new API key of your account, and shows it once.", "make")
                        : page(Status.GONE, OVER, ""));
    }

    @POST
    @Operation(hidden = true)
    @Path("{code}")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Uni<Response> make(
            @RestPath String code,
            @RestForm Optional<String> revokeOthers,
            @RestHeader("Sec-Fetch-Site") Optional<String> site) {
        if (site.filter(where -> !where.matches("same-origin|none")).isPresent()) {
            return page(Status.FORBIDDEN, "Another site sent you here. Open the link in the mail.", "");
        }
        return recovery.redeem(new ProofCode(code), revokeOthers.isPresent()).chain(result -> switch (result) {
            case Recovery.Made(var key) ->
                page(
                        Status.CREATED,
                        Pages.recover("Your new API key. Keep it where you keep passwords.", "", key.reveal()));
            case Recovery.Over ignored -> page(Status.GONE, OVER, "");
            case Recovery.Full ignored -> page(Status.CONFLICT, FULL, "make");
        });
    }

    private static Uni<Response> page(Status status, String text, String form) {
        return page(status, Pages.recover(text, form, ""));
    }

    private static Uni<Response> page(Status status, TemplateInstance page) {
        return page.createUni()
                .map(html -> Response.status(status)
                        .entity(html)
                        .header("Content-Security-Policy", POLICY)
                        .build());
    }
}
