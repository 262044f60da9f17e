package dev.plimsoll.api;

import dev.plimsoll.api.BacktestRequest.Past;
import dev.plimsoll.market.PriceAge;
import dev.plimsoll.market.PriceBar;
import dev.plimsoll.market.PriceBarStore;
import dev.plimsoll.pipeline.backtest.CrashPrices;
import dev.plimsoll.pipeline.backtest.PastPrice;
import dev.plimsoll.pipeline.backtest.PastPrices;
import dev.plimsoll.unit.Asset;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds the prices of a past: recorded ones in the database, those of crashes in what comes with Plimsoll. */
@Singleton
class BacktestPrices {
    private final PriceBarStore recorded;
    private final PriceAge age;
    private final CrashPrices crashes;
    private final Clock clock;

    BacktestPrices(PriceBarStore recorded, PriceAge age, CrashPrices crashes, Clock clock) {
        this.recorded = recorded;
        this.age = age;
        this.crashes = crashes;
        this.clock = clock;
    }

    /** At how many instants such a past may be judged, at most. */
    long most(Past past) {
        return switch (past) {
            case Past.Days(var days) -> age.rows(Duration.ofDays(days));
            case Past.InCrash(var crash) -> crash.bars();
        };
    }

    /** Of these assets; those that this past does not have are left out. */
    Uni<PastPrices> of(Past past, Set<Asset> assets) {
        return switch (past) {
            case Past.Days(var days) ->
                recorded.read(assets, clock.instant().minus(Duration.ofDays(days)), clock.instant())
                        .map(BacktestPrices::moved);
            case Past.InCrash(var crash) -> Uni.createFrom().item(() -> crashes.of(crash, assets));
        };
    }

    private static PastPrices moved(Map<Asset, List<PriceBar>> bars) {
        return new PastPrices(bars.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> PastPrice.Moved.of(entry.getValue()))));
    }

    /** That these have no price in this past, and which has. */
    String refusal(Past past, Collection<Asset> missing, Collection<Asset> wanted) {
        return switch (past) {
            case Past.Days(var days) ->
                "No price of %s was recorded in the last %s."
                        .formatted(names(missing), days == 1 ? "day" : days + " days");
            case Past.InCrash(var crash) ->
                "The crash '%s' has no prices of %s. ".formatted(crash.id(), names(missing)) + having(wanted);
        };
    }

    private String having(Collection<Asset> wanted) {
        var windows = crashes.having(wanted);
        return windows.isEmpty()
                ? "None that comes with Plimsoll has prices of %s.".formatted(names(wanted))
                : "Prices of %s are in '%s'.".formatted(names(wanted), String.join("', '", windows));
    }

    /** What stands for the price of an asset. */
    String words(Past past, Asset asset) {
        return switch (past) {
            case Past.Days ignored -> "as Plimsoll believed and recorded it";
            case Past.InCrash(var crash) -> crashes.words(crash, asset).orElseThrow();
        };
    }

    private static String names(Collection<Asset> assets) {
        var symbols = assets.stream().map(Asset::symbol).sorted().toList();
        return symbols.size() == 1
                ? symbols.getFirst()
                : String.join(", ", symbols.subList(0, symbols.size() - 1)) + " and " + symbols.getLast();
    }
}
