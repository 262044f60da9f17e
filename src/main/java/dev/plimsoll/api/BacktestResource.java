package dev.plimsoll.api;

import dev.plimsoll.account.Caller;
import dev.plimsoll.account.Scope;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What a rule would have said, had it been there. */
@Path(Creation.BASE + "/rules/backtest")
@Tag(name = "Rules")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class BacktestResource {
    private final Caller caller;
    private final BacktestForm form;
    private final OwnIds own;
    private final Backtests backtests;

    BacktestResource(Caller caller, BacktestForm form, OwnIds own, Backtests backtests) {
        this.caller = caller;
        this.form = form;
        this.own = own;
        this.backtests = backtests;
    }

    @POST
    @Needs(Scope.READ)
    @Operation(
            summary = "Backtest a rule",
            description =
                    "`rule` is the same body as POST /rules, and nothing is stored. Tries it on recorded prices of the"
                            + " last `days`, or on a `crash` whose prices come with Plimsoll, with the positions it watches as"
                            + " they are now: when it would have fired, when each would have been liquidated and how long before"
                            + " that was. One at a time for each account.")
    public Uni<JsonObject> backtest(byte[] body) {
        return own.of(caller.account())
                .map(known -> form.read(body, known))
                .chain(request -> backtests.of(caller.account(), request));
    }
}
