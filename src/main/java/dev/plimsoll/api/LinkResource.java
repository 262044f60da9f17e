package dev.plimsoll.api;

import dev.plimsoll.api.OneClicks.Told;
import dev.plimsoll.delivery.ChannelLinks;
import dev.plimsoll.delivery.OneClickLinks;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.function.Supplier;
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

    private final OneClickLinks alertLinks;
    private final OneClicks alerts;
    private final ChannelLinks channelLinks;
    private final ChannelClicks channels;

    LinkResource(OneClickLinks alertLinks, OneClicks alerts, ChannelLinks channelLinks, ChannelClicks channels) {
        this.alertLinks = alertLinks;
        this.alerts = alerts;
        this.channelLinks = channelLinks;
        this.channels = channels;
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
        return answer(
                accept,
                () -> alertLinks
                        .read(token)
                        .map(click -> alerts.show(click).map(Told::answer))
                        .or(() -> channelLinks.read(token).map(channels::show))
                        .orElseThrow(OneClicks::gone));
    }

    @POST
    @Operation(
            summary = "Click a one-click link",
            description =
                    "Acknowledges the alert, or snoozes it for an hour, as the link says; 409 where the alert fires no"
                            + " longer. Or confirms the address of a channel, or unsubscribes it (RFC 8058: the body is not read). A"
                            + " second click changes nothing.")
    public Uni<Response> act(@RestPath String token, @RestHeader(HttpHeaders.ACCEPT) Optional<String> accept) {
        return answer(
                accept,
                () -> alertLinks
                        .read(token)
                        .map(click -> alerts.act(click).map(Told::answer))
                        .or(() -> channelLinks.read(token).map(channels::act))
                        .orElseThrow(OneClicks::gone));
    }

    private static Uni<Response> answer(Optional<String> accept, Supplier<Uni<LinkAnswer>> click) {
        return Uni.createFrom()
                .deferred(click::get)
                .chain(told -> answer(told, accept))
                .onFailure(problem -> problem instanceof HttpProblem && accepts(accept, MediaType.TEXT_HTML))
                .recoverWithUni(problem -> refusal((HttpProblem) problem));
    }

    private static Uni<Response> answer(LinkAnswer told, Optional<String> accept) {
        return accepts(accept, MediaType.APPLICATION_JSON)
                ? Uni.createFrom()
                        .item(Response.ok(told.json(), MediaType.APPLICATION_JSON)
                                .build())
                : page(200, told.about(), told.text(), told.button().orElse(""));
    }

    /** For whoever opened an old mail in a browser. */
    private static Uni<Response> refusal(HttpProblem problem) {
        return page(problem.getStatusCode(), "Nothing to do here", problem.getDetail(), "");
    }

    private static boolean accepts(Optional<String> accept, String type) {
        return accept.filter(types -> types.contains(type)).isPresent();
    }

    private static Uni<Response> page(int status, String about, String text, String button) {
        return Pages.link(about, text, button)
                .createUni()
                .map(page -> Response.status(status)
                        .type(MediaType.TEXT_HTML + ";charset=UTF-8")
                        .entity(page)
                        .header("Content-Security-Policy", POLICY)
                        .build());
    }
}
