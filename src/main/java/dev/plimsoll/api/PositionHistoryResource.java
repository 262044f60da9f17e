package dev.plimsoll.api;

import dev.plimsoll.account.Caller;
import dev.plimsoll.market.PriceHistoryStore;
import dev.plimsoll.position.HealthHistory;
import dev.plimsoll.position.HistoryFrame;
import dev.plimsoll.position.Position;
import dev.plimsoll.position.PositionStore;
import dev.plimsoll.unit.AssetRegistry;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.json.JsonObject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** How the health factor of a position went. */
@Path(Creation.BASE + "/positions/{id}/history")
@Tag(name = "Positions")
@Produces(MediaType.APPLICATION_JSON)
public class PositionHistoryResource {
    private static final String WHAT = "position";

    private final Caller caller;
    private final PositionStore positions;
    private final PriceHistoryStore prices;
    private final AssetRegistry assets;
    private final Clock clock;

    PositionHistoryResource(
            Caller caller, PositionStore positions, PriceHistoryStore prices, AssetRegistry assets, Clock clock) {
        this.caller = caller;
        this.positions = positions;
        this.prices = prices;
        this.assets = assets;
        this.clock = clock;
    }

    @GET
    @Operation(
            summary = "Get the history of a position",
            description =
                    "The health factor that the position as it is today, with today's interest, would have had on the"
                            + " recorded market prices: for each step its lowest, its highest and its last. It shows what prices"
                            + " did, not what you did. A step that could not be judged has no figures, and `unknownFor` says how"
                            + " much of one could not. Minutes are kept for two days, five minutes for a month and hours for a year"
                            + " unless the operator says otherwise; shorter steps repeat what is kept.")
    public Uni<JsonObject> history(
            @RestPath UUID id,
            @RestQuery Optional<String> from,
            @RestQuery Optional<String> to,
            @RestQuery Optional<String> step) {
        var frame = HistoryQuery.read(from, to, step, clock.instant());
        return positions
                .find(caller.account(), id)
                .map(found -> found.orElseThrow(() -> Problems.notFound(WHAT)))
                .chain(position -> history(position, frame));
    }

    private Uni<JsonObject> history(Position position, HistoryFrame frame) {
        var history = new HealthHistory(position, clock.instant(), assets);
        return prices.read(position.terms().assets(), frame.from(), frame.to(), frame.bin())
                .emitOn(Infrastructure.getDefaultWorkerPool()) // thousands of judgements
                .map(spans -> HistoryAnswer.of(position, frame, history.points(frame, spans)));
    }
}
