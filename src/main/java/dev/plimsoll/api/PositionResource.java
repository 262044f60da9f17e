package dev.plimsoll.api;

import dev.plimsoll.account.Caller;
import dev.plimsoll.position.Position;
import dev.plimsoll.position.PositionDraft;
import dev.plimsoll.position.PositionStore;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;

/** Positions: what is watched, who would hear of it, and how it stands. */
@Path(Creation.BASE + "/positions")
@Tag(name = "Positions")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class PositionResource {
    private static final String WHAT = "position";

    private static final String LOAN = """

            `priceSource` is the one source whose word liquidates the position, by its name in `GET /market/sources`; left out, \
            or `market`, it is the median of independent sources. Of an asset that it does not quote the market's price is \
            taken, and `health.prices` says so. `closeFactor` is the part of the debt that one liquidation may close, over 0 \
            and up to 1: `0.5` is half; left out, all of it. The `annualRate` of a collateral is what it earns a year, \
            compounded: `0.03` is 3 %. It counts for `timeToLiquidation` alone, for its amount is what you say it is.""";

    private static final String HEALTH = """

            `healthFactor` and every figure after it are on the price that liquidates the position; `marketHealthFactor` is \
            on the market's, null with `marketWhy` while that is not known. In `prices`, `priceSource` says whose word was \
            taken, `market` what the market says beside it, and `priceSourceWhy` why the market's stands in. \
            `timeToLiquidation` is until interest alone liquidates it. `touchProbability` is the chance to touch the \
            liquidation price `within` that time, were prices to move on as wildly as of late (`volatilityPercentPerDay`). \
            `lossAtLiquidation` is the bonus on the debt that one liquidation may close. At or below `spiral.healthFactor` \
            each liquidation leaves it worse off, and beyond `badDebtPrices` its collateral does not pay for debt and bonus.""";

    private final Caller caller;
    private final Creation creation;
    private final PositionStore positions;
    private final PositionForm form;
    private final PositionAnswers answers;

    PositionResource(
            Caller caller, Creation creation, PositionStore positions, PositionForm form, PositionAnswers answers) {
        this.caller = caller;
        this.creation = creation;
        this.positions = positions;
        this.form = form;
        this.answers = answers;
    }

    @POST
    @Operation(
            summary = "Declare a position",
            description =
                    "From the next tick on it is watched by every rule that covers it. The answer holds its health in"
                            + " the latest market, and whether anybody would hear of it (`coverage`)."
                            + LOAN)
    public Uni<RestResponse<JsonObject>> create(byte[] body) {
        var draft = form.create(body);
        return Writes.keyed(creation.once(body, session -> add(session, draft)), WHAT);
    }

    @GET
    @Operation(summary = "List positions", description = "The oldest first, each with its health in the latest market.")
    public Uni<Page<JsonObject>> list(@RestQuery Optional<String> limit, @RestQuery Optional<String> after) {
        var page = PageRequest.of(limit, after);
        return positions
                .list(caller.account(), page.start(), page.fetch())
                .map(found -> page.page(found, Position::id))
                .chain(shown ->
                        answers.whole(caller.account(), shown.items()).map(items -> new Page<>(items, shown.next())));
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "Get a position", description = "With its health in the latest market." + HEALTH)
    public Uni<RestResponse<JsonObject>> get(@RestPath UUID id) {
        return positions
                .find(caller.account(), id)
                .map(found -> found.orElseThrow(() -> Problems.notFound(WHAT)))
                .chain(this::answer);
    }

    @PUT
    @Path("/{id}")
    @Operation(
            summary = "Replace a position",
            description =
                    "Everything anew, as in POST. What is left out is cleared. Interest goes on where the debt is the"
                            + " same as before; changed debt is what is owed now.")
    public Uni<RestResponse<JsonObject>> replace(
            @RestPath UUID id, @RestHeader("If-Match") Optional<String> ifMatch, byte[] body) {
        return change(id, ifMatch, now -> form.replace(body, now));
    }

    @PATCH
    @Consumes({MediaType.APPLICATION_JSON, Patch.MEDIA_TYPE})
    @Path("/{id}")
    @Operation(
            summary = "Change a position",
            description = "What is named changes, null clears. A list of legs is replaced as a whole.")
    public Uni<RestResponse<JsonObject>> patch(
            @RestPath UUID id, @RestHeader("If-Match") Optional<String> ifMatch, byte[] body) {
        return change(id, ifMatch, now -> form.patch(body, now));
    }

    @POST
    @Path("/{id}/adjust")
    @Operation(
            summary = "Say what you just did to a loan",
            description =
                    "Repaid, borrowed, deposited or withdrew: all of it or, with reasons, nothing. Interest up to now"
                            + " becomes debt first. Answers the whole position with its new health. Send an"
                            + " `Idempotency-Key`, so that a repeated request is not taken for a second repayment.")
    public Uni<RestResponse<JsonObject>> adjust(
            @RestPath UUID id, @RestHeader("If-Match") Optional<String> ifMatch, byte[] body) {
        return creation.change(
                body,
                session -> positions
                        .change(session, caller.account(), id, checked(ifMatch, now -> form.adjust(body, now)))
                        .map(written -> Writes.value(written, WHAT))
                        .chain(position -> whole(session, position)));
    }

    @DELETE
    @Path("/{id}")
    @Operation(
            summary = "Delete a position",
            description = "Its open alerts resolve as `position-deleted` at the next tick.")
    public Uni<Void> delete(@RestPath UUID id, @RestHeader("If-Match") Optional<String> ifMatch) {
        return positions
                .delete(caller.account(), id, now -> Etag.require(ifMatch, WHAT, now.version()))
                .map(written -> Writes.value(written, WHAT))
                .replaceWithVoid();
    }

    private Uni<Created> add(Mutiny.Session session, PositionDraft draft) {
        return positions
                .add(session, caller.account(), draft)
                .map(written -> Writes.value(written, WHAT))
                .chain(position -> whole(session, position));
    }

    private Uni<Created> whole(Mutiny.Session session, Position position) {
        return answers.whole(session, position)
                .map(whole -> new Created("/positions/" + position.id(), position.version(), whole));
    }

    private Uni<RestResponse<JsonObject>> change(
            UUID id, Optional<String> ifMatch, Function<Position, PositionDraft> edit) {
        return positions
                .change(caller.account(), id, checked(ifMatch, edit))
                .map(done -> Writes.value(done, WHAT))
                .chain(this::answer);
    }

    private static Function<Position, PositionDraft> checked(
            Optional<String> ifMatch, Function<Position, PositionDraft> edit) {
        return now -> {
            Etag.require(ifMatch, WHAT, now.version());
            return edit.apply(now);
        };
    }

    private Uni<RestResponse<JsonObject>> answer(Position position) {
        return answers.whole(position).map(whole -> Etag.tagged(whole, position.version()));
    }
}
