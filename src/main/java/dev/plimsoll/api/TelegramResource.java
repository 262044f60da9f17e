package dev.plimsoll.api;

import dev.plimsoll.delivery.telegram.WebhookCalls;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestHeader;

/** Where Telegram calls us, if it was asked to. Not for anybody else, so the document of the API does not tell of it. */
@Path(TelegramResource.PATH)
@WithoutKey
@Consumes(MediaType.WILDCARD)
public class TelegramResource {
    static final String PATH = "/telegram/webhook";
    static final String SECRET = "X-Telegram-Bot-Api-Secret-Token";
    private static final int SOON_SECONDS = 5;

    private final WebhookCalls calls;

    TelegramResource(WebhookCalls calls) {
        this.calls = calls;
    }

    @POST
    @Operation(hidden = true)
    public Uni<Response> hear(@RestHeader(SECRET) Optional<String> secret, byte[] body) {
        return calls.take(secret, Buffer.buffer(body)).map(TelegramResource::answer);
    }

    private static Response answer(WebhookCalls.Taken taken) {
        return switch (taken) {
            case STORED -> Response.noContent().build();
            case NOBODY -> throw Hearing.nobody();
            case UNREADABLE -> Response.status(Response.Status.BAD_REQUEST).build();
            case FULL ->
                Response.status(Response.Status.SERVICE_UNAVAILABLE)
                        .header(HttpHeaders.RETRY_AFTER, SOON_SECONDS)
                        .build();
        };
    }
}
