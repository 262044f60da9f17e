package dev.plimsoll.api;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;

/**
 * How large a request may be, and problems for what no resource ever sees.
 *
 * <p>Behind it stand the limits of the HTTP server, set wider: what breaks those is answered without a body.
 */
@ApplicationScoped
class HttpLimits {
    private static final int MAX_BODY_BYTES = 64 * 1024;
    private static final int MAX_HEADER_BYTES = 8 * 1024;
    private static final int MAX_URI_CHARACTERS = 4 * 1024;

    /** After the server's own headers were set, before anything reads the request. */
    private static final int BEFORE_ALL_ROUTES = -1_000;

    private static final String BUNDLE = Creation.BASE + "/account/bundle";

    private final BodyHandler gather = BodyHandler.create(false).setBodyLimit(MAX_BODY_BYTES);
    private final BodyHandler gatherBundle = BodyHandler.create(false).setBodyLimit(BundleText.MAX_BYTES);

    void watch(@Observes Router router) {
        router.route().order(BEFORE_ALL_ROUTES).handler(this::check).failureHandler(HttpLimits::fail);
    }

    private void check(RoutingContext context) {
        var request = context.request();
        if (request.uri().length() > MAX_URI_CHARACTERS) {
            refuse(context, ProblemType.URI_TOO_LONG);
        } else if (headerBytes(request) > MAX_HEADER_BYTES) {
            refuse(context, ProblemType.HEADERS_TOO_LARGE);
        } else if (announcedBytes(request) > mostBytes(request)) {
            refuse(context, ProblemType.TOO_LARGE);
        } else if (isOfUnknownLength(request)) {
            (isBundle(request) ? gatherBundle : gather).handle(context);
        } else {
            context.next();
        }
    }

    /** A whole account is larger than anything in it. */
    private static boolean isBundle(HttpServerRequest request) {
        return request.path().equals(BUNDLE);
    }

    private static long headerBytes(HttpServerRequest request) {
        return request.headers().entries().stream()
                .mapToLong(
                        header -> header.getKey().length() + header.getValue().length() + 4L)
                .sum();
    }

    /** The server lets no other number through than one that fits. */
    private static long announcedBytes(HttpServerRequest request) {
        var length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null ? 0 : Long.parseLong(length.strip());
    }

    /** Telegram's own: a long message that answers another long one, with its emphasis, is more than we take from others. */
    private static int mostBytes(HttpServerRequest request) {
        if (isBundle(request)) {
            return BundleText.MAX_BYTES;
        }
        return request.path().equals(TelegramResource.PATH) ? 2 * MAX_BODY_BYTES : MAX_BODY_BYTES;
    }

    private static boolean isOfUnknownLength(HttpServerRequest request) {
        return request.headers().contains(HttpHeaders.TRANSFER_ENCODING)
                && request.path().startsWith(Creation.BASE);
    }

    private static void fail(RoutingContext context) {
        if (context.statusCode() >= 400 && context.statusCode() < 500) {
            refuse(context, ProblemType.ofStatus(context.statusCode()).orElse(ProblemType.MALFORMED));
        } else {
            context.next();
        }
    }

    /** And hangs up: what is left of the request is not read. */
    private static void refuse(RoutingContext context, ProblemType type) {
        var problem = new JsonObject(Map.of(
                "type", type.uri().toString(),
                "title", type.title(),
                "status", type.status(),
                "detail", type.explanation()));
        context.response()
                .setStatusCode(type.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/problem+json")
                .putHeader(HttpHeaders.CONNECTION, "close")
                .end(problem.toBuffer())
                .onComplete(done -> context.request().connection().close());
    }
}
