package dev.plimsoll.api;

import io.vertx.core.json.JsonObject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What would become of a position that nobody declared. Open to anybody; on a worker, for it may have many legs. */
@Path(Creation.BASE + "/simulate")
@Tag(name = "Positions")
@WithoutKey
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class SimulationResource {
    private final SimulationForm form;
    private final Simulations simulations;

    SimulationResource(SimulationForm form, Simulations simulations) {
        this.form = form;
        this.simulations = simulations;
    }

    @POST
    @Operation(
            summary = "Simulate any position",
            description =
                    "No account is needed and nothing is stored. `position` is the body of POST /positions, its name"
                            + " left out if you like; everything else as in POST /positions/{id}/simulate. Without anything that"
                            + " happens, `after` is as `before`.")
    public JsonObject simulate(byte[] body) {
        var asked = form.readInline(body);
        return simulations.of(asked.position().unstored(), asked.simulation());
    }
}
