package dev.plimsoll.api.stream;

import dev.plimsoll.account.Caller;
import dev.plimsoll.account.Identity;
import dev.plimsoll.api.ClientAddress;
import dev.plimsoll.api.KeyOptional;
import dev.plimsoll.api.Problems;
import dev.plimsoll.unit.AssetRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestQuery;

/** What happens, as it happens. */
@Path("/api/v1/stream")
@Tag(name = "Market")
public class StreamResource {
    private static final Duration UNTIL_THE_NEXT_REPLICA = Duration.ofSeconds(2);

    private final Caller caller;
    private final ClientAddress addresses;
    private final AssetRegistry registry;
    private final StreamFeed feed;
    private final Streams streams;

    StreamResource(Caller caller, ClientAddress addresses, AssetRegistry registry, StreamFeed feed, Streams streams) {
        this.caller = caller;
        this.addresses = addresses;
        this.registry = registry;
        this.feed = feed;
        this.streams = streams;
    }

    @GET
    @KeyOptional
    @Operation(
            summary = "Listen to what happens",
            description =
                    "Server-Sent Events. `market`: the prices of a tick, all of them first, then those that changed."
                            + " `source`: a price source's state changed. With an API key also `alert`: a step in the"
                            + " life of an own alert, with the alert as it is now; and `position`: an own position's"
                            + " figures, all of them first, then those that this market changed. After a break send the"
                            + " last id as `Last-Event-ID`: what happened to own alerts meanwhile is told again, at"
                            + " least once. Ignore events of other names.")
    public Uni<Response> listen(
            RoutingContext http,
            @RestHeader("Last-Event-ID") Optional<String> lastEventId,
            @RestQuery Optional<String> assets,
            @RestQuery Optional<String> events) {
        if (streams.isEnding()) {
            throw Problems.unavailable("This server is shutting down.", UNTIL_THE_NEXT_REPLICA);
        }
        var identity = caller.identity();
        var wanted = Wanted.of(assets, events, identity.isPresent(), registry);
        return progress(identity, lastEventId)
                .map(progress -> seated(new Opening(wanted, identity, progress, http)))
                .map(StreamResource::answer);
    }

    private Uni<Progress> progress(Optional<Identity> identity, Optional<String> lastEventId) {
        return identity.isEmpty()
                ? Uni.createFrom().item(Progress.NONE)
                : feed.horizon().map(now -> Progress.from(now, lastEventId));
    }

    /** The seat is left when the response is over, however that comes. */
    private Opening seated(Opening opening) {
        var address = addresses.of(opening.http().request());
        var key = opening.identity().map(Identity::key);
        streams.seats().take(address, key);
        opening.http().addEndHandler(over -> streams.seats().leave(address, key));
        return opening;
    }

    /** Proxies such as nginx would gather the events otherwise. */
    private static Response answer(Opening opening) {
        return Response.ok(opening, MediaType.SERVER_SENT_EVENTS_TYPE)
                .header("X-Accel-Buffering", "no")
                .build();
    }
}
