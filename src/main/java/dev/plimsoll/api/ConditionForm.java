package dev.plimsoll.api;

import dev.plimsoll.api.form.Form;
import dev.plimsoll.api.form.Reader;
import dev.plimsoll.api.form.Readers;
import dev.plimsoll.rule.Condition;
import dev.plimsoll.rule.Condition.Basis;
import dev.plimsoll.rule.Watches;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads what a rule asks. */
@Singleton
class ConditionForm {
    private static final List<String> BUILT = Stream.concat(
                    Stream.of(
                            "health-factor",
                            "loan-to-value",
                            "collateral-ratio",
                            "liquidation-distance",
                            "feed-skew",
                            "blind"),
                    AssetConditionForm.TYPES.stream())
            .toList();
    private static final List<String> NOT_YET = List.of(
            "health-drop",
            "oracle-gap",
            "parameter-change",
            "liquidated",
            "time-to-liquidation",
            "liquidation-probability",
            "next-price",
            "borrow-rate",
            "utilisation",
            "sequencer-down",
            "redemption-risk");
    private static final List<String> TYPES =
            Stream.concat(BUILT.stream(), NOT_YET.stream()).toList();

    private static final List<String> FIELDS = List.of("basis", "asset", "source", "of", "direction", "within");

    private final AssetNames assets;
    private final AssetConditionForm onAssets;

    ConditionForm(AssetNames assets, AssetConditionForm onAssets) {
        this.assets = assets;
        this.onAssets = onAssets;
    }

    /** @param watches whose asset a condition on assets is about, where it names none */
    Reader<Condition> reader(Optional<Watches> watches) {
        return Readers.object(form -> condition(form, watches));
    }

    private Optional<Condition> condition(Form form, Optional<Watches> watches) {
        var type = form.required("type", Readers.oneOf(TYPES).map(ConditionForm::built));
        if (type.isEmpty()) {
            FIELDS.forEach(form::mentions);
            return form.complete(Condition.Blind::new);
        }
        return switch (type.get()) {
            case "health-factor" -> {
                var basis = form.optional("basis", Readers.oneOf(Basis.class));
                yield form.complete(() -> new Condition.HealthFactor(basis.orElse(Basis.PROTOCOL)));
            }
            case "loan-to-value" -> form.complete(Condition.LoanToValue::new);
            case "collateral-ratio" -> form.complete(Condition.CollateralRatio::new);
            case "liquidation-distance" -> {
                var asset = form.optional("asset", assets.reader());
                yield form.complete(() -> new Condition.LiquidationDistance(asset));
            }
            case "feed-skew" -> form.complete(Condition.FeedSkew::new);
            case "blind" -> form.complete(Condition.Blind::new);
            default -> onAssets.condition(type.get(), form, watches);
        };
    }

    private static String built(String type) {
        if (NOT_YET.contains(type)) {
            throw Problems.notYet("Rules of the type '" + type + "'");
        }
        return type;
    }
}
