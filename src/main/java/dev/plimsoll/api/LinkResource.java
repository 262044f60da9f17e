package dev.plimsoll.api;

import dev.plimsoll.api.OneClicks.Told;
import dev.plimsoll.delivery.OneClickLinks;
import dev.plimsoll.delivery.OneClickLinks.Click;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;

/**
 * One-click links. To look does nothing: mail scanners and previews look at every link.
 *
 * <p>A page for people, JSON for whoever asks for it.
 */
@Path(Creation.BASE + "/l/{token}")
@Tag(name = "Alerts")
@WithoutKey
@Consumes(MediaType.WILDCARD)
@Produces({MediaType.TEXT_HTML + ";charset=UTF-8", MediaType.APPLICATION_JSON})
public class LinkResource {
    private static final String POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self';"
            + " base-uri 'none'; frame-ancestors 'none'";

    private final OneClickLinks links;
    private final OneClicks clicks;

    LinkResource(OneClickLinks links, OneClicks clicks) {
        this.links = links;
        this.clicks = clicks;
    }

    @CheckedTemplate(basePath = "page", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
    static final class Pages {
        private Pages() {}

        /** @param button empty where there is nothing to click */
        static native TemplateInstance link(String about, String text, String button);
    }

    @GET
    @Operation(
            summary = "Look at a one-click link",
            description = "What it is about and what it would do. The token is in the message that carries the link; no"
                    + " API key is needed. A page, or JSON where that is asked for.")
    public Uni<Response> show(@RestPath String token, @RestHeader(HttpHeaders.ACCEPT) Optional<String> accept) {
        return clicks.show(click(token)).chain(told -> answer(told, accept));
    }

    @POST
    @Operation(
            summary = "Click a one-click link",
            description = "Acknowledges the alert, or snoozes it for an hour, as the link says. A second click changes"
                    + " nothing; 409 where the alert fires no longer.")
    public Uni<Response> act(@RestPath String token, @RestHeader(HttpHeaders.ACCEPT) Optional<String> accept) {
        return clicks.act(click(token)).chain(told -> answer(told, accept));
    }

    private Click click(String token) {
        return links.read(token).orElseThrow(OneClicks::gone);
    }

    private static Uni<Response> answer(Told told, Optional<String> accept) {
        if (accept.filter(types -> types.contains(MediaType.APPLICATION_JSON)).isPresent()) {
            return Uni.createFrom()
                    .item(Response.ok(json(told), MediaType.APPLICATION_JSON).build());
        }
        return Pages.link(told.about(), told.text(), told.open() ? button(told) : "")
                .createUni()
                .map(page -> Response.ok(page)
                        .header("Content-Security-Policy", POLICY)
                        .build());
    }

    private static JsonObject json(Told told) {
        return new JsonObject()
                .put("does", told.click().doing().name().toLowerCase(Locale.ROOT))
                .put("alert", told.click().alert().toString())
                .put("about", told.about())
                .put("state", told.state())
                .put("text", told.text());
    }

    private static String button(Told told) {
        return switch (told.click().doing()) {
            case ACKNOWLEDGE -> "Acknowledge";
            case SNOOZE -> "Snooze for an hour";
        };
    }
}
