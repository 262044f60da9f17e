package dev.plimsoll.pipeline.digest;

import dev.plimsoll.alert.AlertReviewStore;
import dev.plimsoll.alert.AlertReviewStore.Window;
import dev.plimsoll.alert.Drill;
import dev.plimsoll.alert.DrillFeedStore;
import dev.plimsoll.delivery.ChannelTroubleStore;
import dev.plimsoll.delivery.ChannelTroubleStore.TroubledChannel;
import dev.plimsoll.delivery.WakingFeed;
import dev.plimsoll.market.MarketSnapshot;
import dev.plimsoll.market.PriceSpan;
import dev.plimsoll.pipeline.digest.Occasion.Bedtime;
import dev.plimsoll.pipeline.digest.Occasion.Daily;
import dev.plimsoll.pipeline.digest.Occasion.Weekly;
import dev.plimsoll.pipeline.digest.RecentPrices.Frame;
import dev.plimsoll.position.Position;
import dev.plimsoll.position.PositionFeedStore;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.AssetRegistry;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Writes digests: reads what they are about, and puts it into words. */
@Singleton
public class Editor {
    private final PositionFeedStore positions;
    private final AlertReviewStore alerts;
    private final ChannelTroubleStore channels;
    private final WakingFeed wakings;
    private final DrillFeedStore drills;
    private final RecentPrices prices;
    private final AssetRegistry assets;

    @Inject
    Editor(
            PositionFeedStore positions,
            AlertReviewStore alerts,
            ChannelTroubleStore channels,
            WakingFeed wakings,
            DrillFeedStore drills,
            RecentPrices prices,
            AssetRegistry assets) {
        this.positions = positions;
        this.alerts = alerts;
        this.channels = channels;
        this.wakings = wakings;
        this.drills = drills;
        this.prices = prices;
        this.assets = assets;
    }

    /**
     * What they are about, one each, in their order.
     *
     * @param tx of the engine, or of the one account whose they are
     */
    public Uni<List<Survey>> survey(SqlConnection tx, List<Edition> editions) {
        var accounts =
                editions.stream().map(edition -> edition.digest().account()).collect(Collectors.toUnmodifiableSet());
        var windows = editions.stream().map(Editor::window).distinct().toList();
        return positions
                .ofAccounts(tx, accounts)
                .chain(held -> alerts.of(tx, windows)
                        .chain(fired -> channels.of(tx, accounts)
                                .chain(troubled -> vigilance(tx, editions, accounts)
                                        .map(awake -> surveys(editions, held, fired, troubled, awake)))));
    }

    private Uni<Function<Edition, Wakefulness>> vigilance(
            SqlConnection tx, List<Edition> editions, Set<UUID> accounts) {
        var from = editions.stream().map(Edition::asOf).min(Comparator.naturalOrder());
        return from.map(at -> wakings.of(tx, accounts, at)
                        .chain(known -> drills.last(tx, accounts)
                                .<Function<Edition, Wakefulness>>map(
                                        last -> edition -> wakefulness(edition, known, last))))
                .orElseGet(() -> Uni.createFrom().item(edition -> Wakefulness.UNTRIED));
    }

    private static Wakefulness wakefulness(Edition edition, WakingFeed.Known known, Map<UUID, Drill> last) {
        var account = edition.digest().account();
        return new Wakefulness(
                known.problem(account, edition.zone(), edition.asOf()), Optional.ofNullable(last.get(account)));
    }

    private static Window window(Edition edition) {
        return new Window(edition.digest().account(), edition.since());
    }

    private static List<Survey> surveys(
            List<Edition> editions,
            List<Position> held,
            Map<Window, AlertReviewStore.Review> fired,
            Map<UUID, List<TroubledChannel>> troubled,
            Function<Edition, Wakefulness> wakefulness) {
        var byAccount = held.stream().collect(Collectors.groupingBy(Position::account));
        return editions.stream()
                .map(edition -> new Survey(
                        edition,
                        byAccount.getOrDefault(edition.digest().account(), List.of()),
                        fired.getOrDefault(window(edition), AlertReviewStore.Review.NONE),
                        troubled.getOrDefault(edition.digest().account(), List.of()),
                        wakefulness.apply(edition)))
                .toList();
    }

    /**
     * One paper each, in their order; one that cannot be written says so.
     *
     * @param market by which positions are judged
     */
    public Uni<List<Paper>> write(List<Survey> surveys, MarketSnapshot market) {
        return Multi.createFrom()
                .iterable(surveys)
                .onItem()
                .transformToUniAndConcatenate(survey -> write(survey, market))
                .collect()
                .asList();
    }

    private Uni<Paper> write(Survey survey, MarketSnapshot market) {
        var edition = survey.edition();
        return prices.of(indebted(survey), frame(edition))
                .emitOn(Infrastructure.getDefaultWorkerPool()) // hundreds of judgements
                .map(past -> paper(survey, market, past))
                .onFailure()
                .invoke(failure -> Log.errorf(
                        "digest not written: digest=%s failure=%s; its reader is told so",
                        edition.digest().id(), failure.getClass().getSimpleName()))
                .onFailure()
                .recoverWithItem(() -> Paper.unwritten(edition));
    }

    private static Set<Asset> indebted(Survey survey) {
        return survey.positions().stream()
                .filter(position -> position.terms().hasDebt())
                .flatMap(position -> position.terms().assets().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Frame frame(Edition edition) {
        var now = edition.asOf();
        return switch (edition.digest().occasion()) {
            case Daily ignored -> Frame.of(edition.since(), now);
            case Weekly ignored -> Frame.of(edition.since(), now);
            case Bedtime ignored -> Frame.of(now.minus(Night.LOOKS_BACK), now, Night.STEP);
        };
    }

    private Paper paper(Survey survey, MarketSnapshot market, Map<Asset, List<PriceSpan>> past) {
        return switch (survey.edition().digest().occasion()) {
            case Daily ignored -> Paper.of(Review.of(survey, market, past, assets));
            case Weekly ignored -> Paper.of(Review.of(survey, market, past, assets));
            case Bedtime night -> Paper.of(Night.of(night, survey, market, past, assets));
        };
    }
}
