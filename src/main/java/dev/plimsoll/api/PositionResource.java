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

    private static final String CONTRACTS =
            " Of kind `perpetual`: linear contracts settled in US dollars; several `legs`"
                    + " share one `margin` (cross), one is isolated. `margin` is what was put in, before profit and loss;"
                    + " `maintenanceMarginRate` (0.03 is 3 %) and `closingFeeRate` are shares of the notional at today's price;"
                    + " `fundingOwed` is not yet taken from the margin, and negative when the venue owes it to you.";

    private static final String CONTRACTS_HEALTH =
            " Of perpetual contracts `healthFactor` is equity over maintenance margin"
                    + " and closing fee, `marginRatio` equity over notional, `equity` the margin with `unrealizedProfit` and less"
                    + " funding owed, `notional` all sizes at the price, long and short alike, `maintenanceMargin` and `closingFee`"
                    + " what equity must cover of it, `leverage` notional over equity; there is no `loanToValue`, `collateralValue`"
                    + " or `debtValue`. Their `lossAtLiquidation` is that maintenance margin and closing fee at today's prices or,"
                    + " where a rise liquidates, at the price it does: whichever is more. All in US dollars, each rounded towards"
                    + " danger.";

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
                            + LOAN
                            + CONTRACTS)
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
    @Operation(
            summary = "Get a position",
            description = "With its health in the latest market." + HEALTH + CONTRACTS_HEALTH)
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
            summary = "Say what you just did to a position",
            description =
                    "Repaid, borrowed, deposited or withdrew: all of it or, with reasons, nothing. Interest up to now"
                            + " becomes debt first. Of perpetual contracts `deposit` and `withdraw` name `USD` and change the"
                            + " margin: a deposit is added to it, a withdrawal comes from what was put in and not from open"
                            + " profit, and at least 0.01 USD stays. Nothing of theirs is borrowed or repaid, and a leg is"
                            + " changed by `legs` with PATCH. An empty object says that nothing changed and all is still true,"
                            + " which digests ask after 30 days. Answers the whole position with its new health. Send an"
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
