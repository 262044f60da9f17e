package dev.plimsoll.api;

import dev.plimsoll.account.Caller;
import dev.plimsoll.account.Tenant;
import dev.plimsoll.delivery.DeliveryHistory;
import dev.plimsoll.delivery.DeliveryHistory.Filter;
import dev.plimsoll.delivery.Outbox;
import dev.plimsoll.delivery.Outbox.Redelivery;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** Deliveries: one notice to one channel each, and how every attempt at it went. */
@Path(Creation.BASE + "/deliveries")
@Tag(name = "Deliveries")
@Consumes(MediaType.WILDCARD)
@Produces(MediaType.APPLICATION_JSON)
public class DeliveryResource {
    private static final String WHAT = "delivery";
    private static final List<String> STATES = List.of("pending", "delivered", "failed", "superseded", "suppressed");

    private final Caller caller;
    private final Tenant tenant;
    private final DeliveryHistory deliveries;
    private final Outbox outbox;

    DeliveryResource(Caller caller, Tenant tenant, DeliveryHistory deliveries, Outbox outbox) {
        this.caller = caller;
        this.tenant = tenant;
        this.deliveries = deliveries;
        this.outbox = outbox;
    }

    @GET
    @Operation(summary = "List deliveries", description = "The newest first; by `alert`, `channel` or `state`.")
    public Uni<Page<JsonObject>> list(
            @RestQuery Optional<String> alert,
            @RestQuery Optional<String> channel,
            @RestQuery Optional<String> state,
            @RestQuery Optional<String> limit,
            @RestQuery Optional<String> after) {
        var page = PageRequest.of(limit, after);
        var filter = new Filter(
                Filters.id("alert", alert), Filters.id("channel", channel), Filters.word("state", state, STATES));
        return deliveries
                .list(caller.account(), filter, page.after(), page.fetch())
                .map(found -> page.page(found, delivery -> UUID.fromString(delivery.getString("id"))));
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "Get a delivery", description = "With its attempts, the first one first.")
    public Uni<JsonObject> get(@RestPath UUID id) {
        return deliveries.find(caller.account(), id).map(found -> found.orElseThrow(() -> Problems.notFound(WHAT)));
    }

    @POST
    @Path("/{id}/redeliver")
    @Operation(
            summary = "Send a delivery again",
            description = "Now, with its own id and body as before; its attempts count on.")
    public Uni<JsonObject> redeliver(@RestPath UUID id) {
        return tenant.sql(caller.account(), tx -> outbox.redeliver(tx, id))
                .invoke(DeliveryResource::require)
                .chain(() -> get(id));
    }

    private static void require(Redelivery outcome) {
        switch (outcome) {
            case QUEUED -> {
                // it is on its way
            }
            case PENDING_ALREADY ->
                throw Problems.conflict(
                        "This message, or a newer one of its alert, is on its way to this channel already.");
            case CHANNEL_NOT_ACTIVE ->
                throw Problems.conflict("The channel is not active. Prove it first with /verification.");
            case NO_CHANNEL ->
                throw Problems.conflict("There is no channel to send this to: it was deleted, or there was none.");
            case NOT_FOUND -> throw Problems.notFound(WHAT);
        }
    }
}
