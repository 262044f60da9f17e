package dev.plimsoll.api;

import dev.plimsoll.api.form.Form;
import dev.plimsoll.api.form.Reader;
import dev.plimsoll.api.form.Readers;
import dev.plimsoll.rule.Condition;
import dev.plimsoll.rule.Condition.Basis;
import dev.plimsoll.rule.Watches;
import dev.plimsoll.unit.Asset;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads what a rule asks. */
@Singleton
class ConditionForm {
    private static final List<String> BUILT = List.of("health-factor", "liquidation-distance", "price", "blind");
    private static final List<String> NOT_YET = List.of(
            "loan-to-value",
            "collateral-ratio",
            "health-drop",
            "price-change",
            "price-divergence",
            "oracle-gap",
            "price-stale",
            "depeg",
            "parameter-change",
            "liquidated",
            "time-to-liquidation",
            "liquidation-probability",
            "next-price",
            "borrow-rate",
            "utilisation",
            "feed-skew",
            "sequencer-down",
            "redemption-risk");
    private static final List<String> TYPES =
            Stream.concat(BUILT.stream(), NOT_YET.stream()).toList();

    private final AssetNames assets;

    ConditionForm(AssetNames assets) {
        this.assets = assets;
    }

    /** @param watches whose asset a price is of, where the condition names none */
    Reader<Condition> reader(Optional<Watches> watches) {
        return Readers.object(form -> condition(form, watches));
    }

    private Optional<Condition> condition(Form form, Optional<Watches> watches) {
        var type = form.required("type", Readers.oneOf(TYPES).map(ConditionForm::built));
        if (type.isEmpty()) {
            Stream.of("basis", "asset").forEach(form::mentions);
            return form.complete(Condition.Blind::new);
        }
        return switch (type.get()) {
            case "health-factor" -> {
                var basis = form.optional("basis", Readers.oneOf(Basis.class));
                yield form.complete(() -> new Condition.HealthFactor(basis.orElse(Basis.PROTOCOL)));
            }
            case "liquidation-distance" -> {
                var asset = form.optional("asset", assets.reader());
                yield form.complete(() -> new Condition.LiquidationDistance(asset));
            }
            case "price" -> price(form, watches);
            default -> form.complete(Condition.Blind::new);
        };
    }

    private Optional<Condition> price(Form form, Optional<Watches> watches) {
        Optional<Asset> watched = watches.flatMap(
                it -> it instanceof Watches.OneAsset(var asset) ? Optional.of(asset) : Optional.empty());
        var named = form.mentions("asset") ? form.required("asset", assets.reader()) : watched;
        if (named.isEmpty() && !form.mentions("asset")) {
            form.refuse("asset", "'asset' is required: the price of what?");
        }
        return form.complete(() -> new Condition.AssetPrice(named.orElseThrow()));
    }

    private static String built(String type) {
        if (NOT_YET.contains(type)) {
            throw Problems.notYet("Rules of the type '" + type + "'");
        }
        return type;
    }
}
