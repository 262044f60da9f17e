package dev.plimsoll.api;

import dev.plimsoll.market.LatestMarket;
import dev.plimsoll.market.MarketDay;
import dev.plimsoll.market.MarketSnapshot;
import dev.plimsoll.oracle.Oracles;
import dev.plimsoll.oracle.SourceBoard;
import dev.plimsoll.oracle.SourceBoard.Posted;
import dev.plimsoll.oracle.SourceStatus;
import dev.plimsoll.unit.AssetRegistry;
import io.vertx.core.json.JsonObject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** The market as Plimsoll believes it. Public, and cheap to ask again: every answer has an ETag. */
@Path("/api/v1/market")
@Tag(name = "Market")
@WithoutKey
@Produces(MediaType.APPLICATION_JSON)
public class MarketResource {
    private static final Duration UNTIL_THE_FIRST_TICK = Duration.ofSeconds(2);
    private static final int ASSETS_SECONDS = 3600;
    private static final int PRICES_SECONDS = 1;

    private final AssetRegistry registry;
    private final LatestMarket latest;
    private final SourceBoard board;
    private final Oracles oracles;

    MarketResource(AssetRegistry registry, LatestMarket latest, SourceBoard board, Oracles oracles) {
        this.registry = registry;
        this.latest = latest;
        this.board = board;
        this.oracles = oracles;
    }

    @GET
    @Path("/assets")
    @Operation(
            summary = "List the assets",
            description = "Every asset that a position may hold or owe, with its other names, its token addresses and"
                    + " what each price source calls it. All on one page.")
    public Response assets(@Context Request request) {
        return answer(request, MarketAnswers.assets(registry.all()), ASSETS_SECONDS);
    }

    @GET
    @Path("/prices")
    @Operation(
            summary = "List the prices",
            description = "What the last tick believed of every asset: `agreed` on a price, `diverged` over a range, or"
                    + " `no-quorum`; with every source, whether it counted, and why not. All on one page.")
    public Response prices(@Context Request request) {
        return answer(request, MarketAnswers.prices(market()), PRICES_SECONDS);
    }

    @GET
    @Path("/prices/{asset}")
    @Operation(
            summary = "Get the price of an asset",
            description =
                    "By its symbol, another symbol of it, or a token address such as `ethereum:0x…`. With every source's"
                            + " `quote` as it gave it (`quotedIn`, `confidence` where it gives one), what that is in US"
                            + " dollars, `ageSeconds` and the `staleAfterSeconds` from which it is not believed,"
                            + " `divergenceBps` from the median of the others beside the source's own `bandBps`, and"
                            + " `why` it was not used. `anchor`, where the asset has one, is what a single source is held"
                            + " against, at the last known `rate`. `volatilityPercentPerHour` is measured from the"
                            + " minutes of late, and absent before there are two. With the last 24"
                            + " hours in minutes that are over: `day` has the lowest and the highest price, the first"
                            + " and the last; `divergence` how far each source was at most from the median of the"
                            + " others (`sources`, negative below) and the farthest of all in every quarter of an hour"
                            + " (`points`). Both change once a minute.")
    public Response price(@Context Request request, @RestPath String asset) {
        var known = registry.find(asset)
                .orElseThrow(() -> Problems.of(
                        ProblemType.NOT_FOUND,
                        "We know no such asset. GET /api/v1/market/assets lists those we know."));
        var market = market();
        var day = MarketDay.before(market.tick().at(), latest.trail(), known);
        return answer(request, MarketAnswers.price(market, registry.info(known), day), PRICES_SECONDS);
    }

    @GET
    @Path("/sources")
    @Operation(
            summary = "List the price sources",
            description =
                    "Whether each is `ok`, `degraded` (silent for some assets), `silent` or `disabled`; why it was last"
                            + " silent, how long it takes, when it is asked next and whether its breaker lets it be"
                            + " asked; what must be set before it is asked at all (`missing`); and how listening to it"
                            + " goes, where it has a stream. The same on every replica, from the last tick.")
    public Response sources(@Context Request request) {
        return answer(request, MarketAnswers.sources(statuses()), PRICES_SECONDS);
    }

    /** Before the first tick, that nobody has been asked yet. */
    private List<SourceStatus> statuses() {
        return board.latest().map(Posted::statuses).orElseGet(oracles::status);
    }

    private MarketSnapshot market() {
        return latest.snapshot()
                .orElseThrow(() -> Problems.unavailable(
                        "No market has been judged yet: the first tick is still running.", UNTIL_THE_FIRST_TICK));
    }

    /** 304 where the caller has it already; the tag is weak because it stands for the content, not for its bytes. */
    private static Response answer(Request request, JsonObject body, int seconds) {
        var tag =
                new EntityTag(UUID.nameUUIDFromBytes(body.toBuffer().getBytes()).toString(), true);
        var known = request.evaluatePreconditions(tag);
        var response = known == null ? Response.ok(body) : known;
        return response.tag(tag)
                .header(HttpHeaders.CACHE_CONTROL, "public, max-age=" + seconds)
                .build();
    }
}
