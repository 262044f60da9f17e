package dev.plimsoll.api;

import dev.plimsoll.account.KeySecret;
import dev.plimsoll.account.rate.Bucket;
import dev.plimsoll.account.rate.Buckets;
import dev.plimsoll.account.rate.Draw;
import dev.plimsoll.delivery.telegram.WebhookCalls;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/**
 * Counts every request against its address and its key, before anything is looked up for it, and tells what is left.
 *
 * @see <a href="https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/">RateLimit header fields</a>
 */
class RateFilter {
    private static final String DRAWS = "plimsoll.draws";
    private static final Duration WINDOW = Duration.ofMinutes(1);

    private final Buckets buckets;
    private final ClientAddress addresses;
    private final WebhookCalls telegram;
    private final ApiConfig.RateLimits limits;

    RateFilter(Buckets buckets, ClientAddress addresses, WebhookCalls telegram, ApiConfig config) {
        this.buckets = buckets;
        this.addresses = addresses;
        this.telegram = telegram;
        this.limits = config.limits();
    }

    @ServerRequestFilter(preMatching = true)
    Uni<Void> count(ContainerRequestContext request, HttpServerRequest http) {
        return buckets.draw(of(request, http))
                .invoke(draws -> request.setProperty(DRAWS, draws))
                .invoke(RateFilter::refuse)
                .replaceWithVoid();
    }

    /** Telegram calls from few addresses for everybody, and holds back of itself. */
    private List<Bucket> of(ContainerRequestContext request, HttpServerRequest http) {
        if (telegram.isTelegram(Optional.ofNullable(request.getHeaderString(TelegramResource.SECRET)))) {
            return List.of();
        }
        var counted = new ArrayList<Bucket>();
        Bearer.of(request)
                .flatMap(KeySecret::parse)
                .map(secret -> HexFormat.of().formatHex(secret.hash(), 0, 16))
                .ifPresent(hash -> counted.add(new Bucket("key", hash, limits.perKey(), WINDOW)));
        counted.add(new Bucket("address", addresses.of(http), limits.perAddress(), WINDOW));
        return counted;
    }

    private static void refuse(List<Draw> draws) {
        draws.stream().filter(draw -> !draw.granted()).findFirst().ifPresent(draw -> {
            throw Problems.rateLimited(
                    "More than " + draw.bucket().capacity() + " requests in a minute with one "
                            + draw.bucket().name() + ". Wait a moment.",
                    draw.pause());
        });
    }

    @ServerResponseFilter
    void tell(ContainerRequestContext request, ContainerResponseContext response) {
        if (request.getProperty(DRAWS) instanceof List<?> found && !found.isEmpty()) {
            var draws = found.stream().map(Draw.class::cast).toList();
            var headers = response.getHeaders();
            headers.putSingle("RateLimit-Policy", each(draws, RateFilter::policy));
            headers.putSingle("RateLimit", each(draws, RateFilter::left));
        }
    }

    private static String each(List<Draw> draws, Function<Draw, String> item) {
        return draws.stream().map(item).collect(Collectors.joining(", "));
    }

    private static String policy(Draw draw) {
        return '"' + draw.bucket().name() + "\";q=" + draw.bucket().capacity() + ";w="
                + draw.bucket().window().toSeconds();
    }

    private static String left(Draw draw) {
        return '"' + draw.bucket().name() + "\";r=" + draw.left() + ";t="
                + draw.pause().plusMillis(999).toSeconds();
    }
}
