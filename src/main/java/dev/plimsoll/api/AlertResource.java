package dev.plimsoll.api;

import dev.plimsoll.account.Caller;
import dev.plimsoll.alert.Act;
import dev.plimsoll.alert.AlertHistoryStore;
import dev.plimsoll.alert.AlertHistoryStore.Filter;
import dev.plimsoll.api.form.Form;
import dev.plimsoll.api.form.Readers;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** Alerts: what fired, what became of it, and what its owner does about it. */
@Path(Creation.BASE + "/alerts")
@Tag(name = "Alerts")
@Produces(MediaType.APPLICATION_JSON)
public class AlertResource {
    static final String WHAT = "alert";
    private static final List<String> STATES = List.of("pending", "firing", "resolved");
    private static final int MAX_NOTE = 500;
    private static final Duration LONGEST_SNOOZE = Duration.ofHours(24);

    private final Caller caller;
    private final AlertHistoryStore alerts;
    private final AlertActs acts;
    private final Clock clock;

    AlertResource(Caller caller, AlertHistoryStore alerts, AlertActs acts, Clock clock) {
        this.caller = caller;
        this.alerts = alerts;
        this.acts = acts;
        this.clock = clock;
    }

    @GET
    @Operation(
            summary = "List alerts",
            description =
                    "The newest first; by `state`, `position` or `rule`. What an alert is about is its `subject`: a"
                            + " position, an asset, or of the account what one cause blinds. Then `subject.cause` says which:"
                            + " `price/ETH` where ETH has no believable price, `sources/ETH` where its sources disagree,"
                            + " `asset/ETH` where it is not in the asset file, `prices` where nothing has a price.")
    public Uni<Page<JsonObject>> list(
            @RestQuery Optional<String> state,
            @RestQuery Optional<String> position,
            @RestQuery Optional<String> rule,
            @RestQuery Optional<String> limit,
            @RestQuery Optional<String> after) {
        var page = PageRequest.of(limit, after);
        var filter = new Filter(
                Filters.word("state", state, STATES), Filters.id("position", position), Filters.id("rule", rule));
        return alerts.list(caller.account(), filter, page.after(), page.fetch())
                .map(found -> page.page(found, alert -> UUID.fromString(alert.getString("id"))));
    }

    @GET
    @Path("/{id}")
    @Operation(
            summary = "Get an alert",
            description = "With its timeline: every step of its life, the first one first.")
    public Uni<JsonObject> get(@RestPath UUID id) {
        return alerts.find(caller.account(), id).map(found -> found.orElseThrow(() -> Problems.notFound(WHAT)));
    }

    @POST
    @Path("/{id}/acknowledge")
    @Consumes(MediaType.WILDCARD)
    @Operation(
            summary = "Acknowledge an alert",
            description =
                    "It is neither repeated nor escalated; it is told again when it gets worse or is over, and when it"
                            + " still fires after 30 minutes if it is critical, else after 8 hours. Everybody it is for"
                            + " hears that it was acknowledged. A second time changes nothing until then.")
    public Uni<JsonObject> acknowledge(@RestPath UUID id, byte[] body) {
        var note = Form.ofOptional(body, form -> {
            var read = form.optional("note", Readers.text(MAX_NOTE));
            return form.complete(() -> read);
        });
        return acts.act(caller.account(), id, new Act.Acknowledge(clock.instant(), note));
    }

    @POST
    @Path("/{id}/snooze")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Snooze an alert",
            description =
                    "It is neither repeated nor escalated for so long, 24 hours at most; a critical alert for 30 minutes at"
                            + " most and any other for 8 hours, and `snoozedUntil` says which. It is told when it gets worse"
                            + " or is over, and when it still fires then.")
    public Uni<JsonObject> snooze(@RestPath UUID id, byte[] body) {
        var time = Form.of(body, form -> {
            var read = form.required(
                    "for",
                    Readers.duration(LONGEST_SNOOZE)
                            .where(Duration::isPositive, "A snooze takes some time, such as \"PT1H\"."));
            return form.complete(read::orElseThrow);
        });
        var now = clock.instant();
        return acts.act(caller.account(), id, new Act.Snooze(now, now.plus(time)));
    }
}
