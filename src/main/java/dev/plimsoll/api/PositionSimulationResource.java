package dev.plimsoll.api;

import dev.plimsoll.account.Caller;
import dev.plimsoll.account.Scope;
import dev.plimsoll.position.PositionStore;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.json.JsonObject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** What would become of a position. */
@Path(Creation.BASE + "/positions/{id}/simulate")
@Tag(name = "Positions")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class PositionSimulationResource {
    private static final String WHAT = "position";

    private final Caller caller;
    private final PositionStore positions;
    private final SimulationForm form;
    private final Simulations simulations;

    PositionSimulationResource(Caller caller, PositionStore positions, SimulationForm form, Simulations simulations) {
        this.caller = caller;
        this.positions = positions;
        this.form = form;
        this.simulations = simulations;
    }

    @POST
    @Needs(Scope.READ)
    @Operation(
            summary = "Simulate a position",
            description =
                    "How it stands in the latest market (`before`) and how it would stand if all of this happened at"
                            + " once (`after`); nothing is stored. A shock is a `changePercent` or a `price` of an asset and moves"
                            + " its whole correlation group by the same factor, unless it says `\"only\": true`; `\"group\": \"all\"`"
                            + " is everything that does not follow the dollar. Of several shocks that reach an asset the one that"
                            + " names it counts, then the one of its group. What the sources disagree about stays. `moved` lists"
                            + " the prices that moved; `held` is false for those that are not of this position. `repay`,"
                            + " `borrow`, `deposit` and `withdraw` are as in POST /positions/{id}/adjust: of perpetual contracts"
                            + " the latter two name `USD` and change the margin, the former are refused.")
    public Uni<JsonObject> simulate(@RestPath UUID id, byte[] body) {
        var simulation = form.read(body);
        return positions
                .find(caller.account(), id)
                .emitOn(Infrastructure.getDefaultWorkerPool()) // a position may have many legs
                .map(found -> found.orElseThrow(() -> Problems.notFound(WHAT)))
                .map(position -> simulations.of(position, simulation));
    }
}
