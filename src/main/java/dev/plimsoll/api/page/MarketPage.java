package dev.plimsoll.api.page;

import dev.plimsoll.api.WithoutKey;
import dev.plimsoll.market.Consensus;
import dev.plimsoll.market.Consensus.NoQuorum;
import dev.plimsoll.market.LatestMarket;
import dev.plimsoll.market.MarketDay;
import dev.plimsoll.market.MarketSnapshot;
import dev.plimsoll.oracle.Oracles;
import dev.plimsoll.oracle.SourceBoard;
import dev.plimsoll.oracle.SourceBoard.Posted;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.AssetInfo;
import dev.plimsoll.unit.AssetRegistry;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestPath;

/**
 * The market for people to check: what is believed, and the evidence. Everything is there without JavaScript.
 *
 * <p>Made on a worker thread, since the last day of an asset is a long walk.
 */
@Blocking
@Path("/")
@WithoutKey
@Produces(MediaType.TEXT_HTML + ";charset=UTF-8")
public class MarketPage {
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
            + " img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final AssetRegistry registry;
    private final LatestMarket latest;
    private final SourceBoard board;
    private final Oracles oracles;

    MarketPage(AssetRegistry registry, LatestMarket latest, SourceBoard board, Oracles oracles) {
        this.registry = registry;
        this.latest = latest;
        this.board = board;
        this.oracles = oracles;
    }

    @CheckedTemplate(basePath = "page", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
    static final class Pages {
        private Pages() {}

        static native TemplateInstance market(String asOf, List<AssetView> assets);

        static native TemplateInstance asset(String asOf, AssetView asset, DayView day);

        static native TemplateInstance sources(String asOf, List<SourceView> sources);

        static native TemplateInstance missing(String title, String text);
    }

    @GET
    @Operation(hidden = true)
    public Response root() {
        return Response.status(Status.SEE_OTHER)
                .header("Location", "/market") // relative: what stands before us may speak https
                .build();
    }

    @GET
    @Operation(hidden = true)
    @Path("market")
    public Uni<Response> market() {
        return latest.snapshot()
                .map(market -> page(Status.OK, Pages.market(asOf(market), assets(market))))
                .orElseGet(MarketPage::tooEarly);
    }

    @GET
    @Operation(hidden = true)
    @Path("market/sources")
    public Uni<Response> sources() {
        var posted = board.latest();
        var asOf = posted.map(Posted::at).map(Words::time).orElse(Words.NOTHING);
        var sources = posted.map(Posted::statuses).orElseGet(oracles::status).stream()
                .map(SourceView::of)
                .toList();
        return page(Status.OK, Pages.sources(asOf, sources));
    }

    @GET
    @Operation(hidden = true)
    @Path("market/{asset}")
    public Uni<Response> asset(@RestPath String asset) {
        var known = registry.find(asset);
        if (known.isEmpty()) {
            return page(Status.NOT_FOUND, Pages.missing("No such asset", "Plimsoll knows no asset of this name."));
        }
        return latest.snapshot()
                .map(market -> page(Status.OK, asset(market, known.get())))
                .orElseGet(MarketPage::tooEarly);
    }

    private TemplateInstance asset(MarketSnapshot market, Asset asset) {
        var view = AssetView.of(registry.info(asset), consensus(market, asset));
        return Pages.asset(
                asOf(market), view, DayView.of(MarketDay.before(market.tick().at(), latest.trail(), asset)));
    }

    private List<AssetView> assets(MarketSnapshot market) {
        return registry.all().stream()
                .sorted(Comparator.comparing(AssetInfo::asset))
                .map(info -> AssetView.of(info, consensus(market, info.asset())))
                .toList();
    }

    private static Consensus consensus(MarketSnapshot market, Asset asset) {
        return market.of(asset).orElseGet(() -> new NoQuorum(asset, "the last tick did not ask", List.of()));
    }

    private static String asOf(MarketSnapshot market) {
        return Words.time(market.tick().at());
    }

    private static Uni<Response> tooEarly() {
        return page(
                Status.SERVICE_UNAVAILABLE,
                Pages.missing("No market yet", "The first prices are being asked for: come back in a few seconds."));
    }

    private static Uni<Response> page(Status status, TemplateInstance page) {
        var seconds = Optional.of(status).filter(Status.OK::equals).map(ok -> 1).orElse(0);
        return page.createUni()
                .map(html -> Response.status(status)
                        .entity(html)
                        .header("Content-Security-Policy", POLICY)
                        .header("Cache-Control", "public, max-age=" + seconds)
                        .build());
    }
}
