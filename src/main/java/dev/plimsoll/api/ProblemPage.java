package dev.plimsoll.api;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestPath;

/** The pages that a problem's {@code type} leads to. */
@Path("/problems")
@WithoutKey
@Produces(MediaType.TEXT_HTML + ";charset=UTF-8")
public class ProblemPage {
    private static final String PAGE = """
            <!doctype html>
            <html lang="en">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>%1$s</title></head>
            <body><main><h1>%1$s</h1>%2$s</main></body>
            </html>
            """;

    @GET
    @Operation(hidden = true)
    public String all() {
        var items = Arrays.stream(ProblemType.values())
                .map(type -> "<li><a href=\"%s\">%s</a> (%d)</li>".formatted(type.uri(), type.title(), type.status()))
                .collect(Collectors.joining("", "<ul>", "</ul>"));
        return PAGE.formatted("What Plimsoll refuses", items);
    }

    @GET
    @Operation(hidden = true)
    @Path("/{slug}")
    public String one(@RestPath String slug) {
        var type = ProblemType.ofSlug(slug)
                .orElseThrow(() ->
                        Problems.of(ProblemType.NOT_FOUND, "There is no such kind of problem. /problems lists them."));
        var text = "<p>%s</p><p>HTTP status %d. <a href=\"/problems\">All problems</a></p>"
                .formatted(escaped(type.explanation()), type.status());
        return PAGE.formatted(type.title(), text);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
