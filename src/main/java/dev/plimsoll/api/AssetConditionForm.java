package dev.plimsoll.api;

import dev.plimsoll.api.form.Form;
import dev.plimsoll.api.form.Readers;
import dev.plimsoll.oracle.Oracles;
import dev.plimsoll.oracle.SourceStatus;
import dev.plimsoll.rule.Condition;
import dev.plimsoll.rule.Condition.Direction;
import dev.plimsoll.rule.RuleJson;
import dev.plimsoll.rule.Watches;
import dev.plimsoll.unit.Asset;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads what a rule asks of an asset. */
@Singleton
class AssetConditionForm {
    static final List<String> TYPES = List.of("price", "price-change", "price-divergence", "price-stale", "depeg");

    private static final Duration LONGEST = Duration.ofDays(365);

    private final AssetNames assets;
    private final Oracles oracles;

    AssetConditionForm(AssetNames assets, Oracles oracles) {
        this.assets = assets;
        this.oracles = oracles;
    }

    /**
     * @param type    one of {@link #TYPES}
     * @param watches whose asset it is about, where the condition names none
     */
    Optional<Condition> condition(String type, Form form, Optional<Watches> watches) {
        var asset = asset(form, watches);
        return switch (type) {
            case "price-change" -> change(form, asset);
            case "price-divergence" -> {
                var source = source(form, asset);
                yield form.complete(() -> new Condition.PriceDivergence(asset.orElseThrow(), source));
            }
            case "price-stale" -> {
                var source = source(form, asset);
                yield form.complete(() -> new Condition.PriceStale(asset.orElseThrow(), source));
            }
            case "depeg" -> {
                var of = form.optional(
                        "of",
                        Readers.wordOr(
                                RuleJson.DOLLAR,
                                Optional.<Asset>empty(),
                                assets.reader().map(Optional::of)));
                yield form.complete(() -> new Condition.Depeg(asset.orElseThrow(), of.flatMap(it -> it)));
            }
            default -> form.complete(() -> new Condition.AssetPrice(asset.orElseThrow()));
        };
    }

    private Optional<Asset> asset(Form form, Optional<Watches> watches) {
        Optional<Asset> watched = watches.flatMap(
                it -> it instanceof Watches.OneAsset(var asset) ? Optional.of(asset) : Optional.empty());
        if (form.says("asset")) {
            return form.required("asset", assets.reader());
        }
        if (watched.isEmpty()) {
            form.refuse("asset", "'asset' is required: the price of what?");
        }
        return watched;
    }

    private static Optional<Condition> change(Form form, Optional<Asset> asset) {
        var direction = form.optional("direction", Readers.oneOf(Direction.class));
        var within = form.required("within", Readers.duration(LONGEST));
        return form.complete(() -> new Condition.PriceChange(
                asset.orElseThrow(), direction.orElse(Direction.EITHER), within.orElseThrow()));
    }

    /** One of those that are asked and have a name for the asset. */
    private Optional<String> source(Form form, Optional<Asset> asset) {
        var known = oracles.status().stream()
                .filter(status -> status.state() != SourceStatus.State.DISABLED)
                .map(SourceStatus::name)
                .filter(source -> asset.isEmpty() || assets.isListed(asset.get(), source))
                .toList();
        return form.optional("source", Readers.oneOf(known));
    }
}
