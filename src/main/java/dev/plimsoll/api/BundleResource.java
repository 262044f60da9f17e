package dev.plimsoll.api;

import dev.plimsoll.account.Caller;
import dev.plimsoll.account.Scope;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestQuery;

/** The whole account as one document. */
@Path(Creation.BASE + "/account/bundle")
@Tag(name = "Accounts")
public class BundleResource {
    private final Bundles bundles;
    private final Caller caller;

    BundleResource(Bundles bundles, Caller caller) {
        this.bundles = bundles;
        this.caller = caller;
    }

    @GET
    @Produces({MediaType.APPLICATION_JSON, BundleText.YAML})
    @Operation(
            summary = "Get the account as one document",
            description =
                    "Positions, channels, rules, silences and digests as PUT takes them, as JSON or, with `Accept:"
                            + " application/yaml`, as YAML. What refers to another names it by its key, or by its name. No"
                            + " secret is in it: of a channel only what may be shown as a whole.")
    public Uni<Response> get(@RestHeader(HttpHeaders.ACCEPT) Optional<String> accept) {
        var yaml = accept.filter(BundleResource::isYaml).isPresent();
        return bundles.write(caller.account())
                .map(bundle -> yaml
                        ? Response.ok(BundleText.yaml(bundle.encode()), BundleText.YAML)
                                .build()
                        : Response.ok(bundle, MediaType.APPLICATION_JSON).build());
    }

    @PUT
    @Needs(Scope.FULL)
    @Consumes({MediaType.APPLICATION_JSON, BundleText.YAML})
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Make the account equal to a document",
            description =
                    "Each section that is there is made equal to it, by `key` or else by name: what is not in it is"
                            + " deleted, what is so already is left alone, so that a second time changes nothing. A section"
                            + " that is left out stays as it is. All of it or, with every fault, nothing; channels that are not in"
                            + " it go last. What is secret in a channel may be left out where the channel is there. New"
                            + " channels are proven as with POST /channels. A webhook's `secret` may be said (`whsec_…`);"
                            + " another than before takes its place as with rotate-secret. One that we make is in this answer"
                            + " only. With `dryRun=true` it says what would change. At most 1 MB.")
    public Uni<JsonObject> put(
            byte[] body,
            @RestQuery Optional<String> dryRun,
            @RestHeader(HttpHeaders.CONTENT_TYPE) Optional<String> contentType) {
        var only = dryRun.map(BundleResource::flag).orElse(false);
        var bundle =
                BundleText.read(body, contentType.filter(BundleResource::isYaml).isPresent());
        return bundles.apply(caller.account(), bundle, only).map(applied -> applied.json(only));
    }

    private static boolean isYaml(String type) {
        return type.contains("yaml");
    }

    private static boolean flag(String said) {
        return switch (said) {
            case "", "true" -> true;
            case "false" -> false;
            default -> throw Problems.malformed("'dryRun' is true or false.");
        };
    }
}
