package dev.plimsoll.api;

import dev.plimsoll.api.form.Form;
import dev.plimsoll.api.form.Reader;
import dev.plimsoll.api.form.Readers;
import dev.plimsoll.rule.Condition;
import dev.plimsoll.rule.Condition.Basis;
import dev.plimsoll.rule.Watches;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Reads what a rule asks. */
@Singleton
class ConditionForm {
    private static final List<String> ON_POSITION = List.of(
            "health-factor",
            "loan-to-value",
            "collateral-ratio",
            "liquidation-distance",
            "health-drop",
            "time-to-liquidation",
            "liquidation-probability",
            "oracle-gap",
            "feed-skew");
    private static final List<String> NOT_YET = List.of(
            "parameter-change",
            "liquidated",
            "next-price",
            "borrow-rate",
            "utilisation",
            "sequencer-down",
            "redemption-risk");
    private static final List<String> TYPES = Stream.of(
                    ON_POSITION, AssetConditionForm.TYPES, List.of("blind"), NOT_YET)
            .flatMap(List::stream)
            .toList();

    private static final List<String> FIELDS = List.of("basis", "asset", "source", "of", "direction", "within");

    private static final Duration LONGEST = Duration.ofDays(365);

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
        if (ON_POSITION.contains(type.get())) {
            return onPosition(type.get(), form);
        }
        return AssetConditionForm.TYPES.contains(type.get())
                ? onAssets.condition(type.get(), form, watches)
                : form.complete(Condition.Blind::new);
    }

    private Optional<Condition> onPosition(String type, Form form) {
        return switch (type) {
            case "loan-to-value" -> form.complete(Condition.LoanToValue::new);
            case "collateral-ratio" -> form.complete(Condition.CollateralRatio::new);
            case "liquidation-distance" -> {
                var asset = form.optional("asset", assets.reader());
                yield form.complete(() -> new Condition.LiquidationDistance(asset));
            }
            case "health-drop" -> within(form, Condition.HealthDrop::new);
            case "time-to-liquidation" -> form.complete(Condition.TimeToLiquidation::new);
            case "liquidation-probability" -> within(form, Condition.LiquidationProbability::new);
            case "oracle-gap" -> form.complete(Condition.OracleGap::new);
            case "feed-skew" -> form.complete(Condition.FeedSkew::new);
            default -> {
                var basis = form.optional("basis", Readers.oneOf(Basis.class));
                yield form.complete(() -> new Condition.HealthFactor(basis.orElse(Basis.PROTOCOL)));
            }
        };
    }

    private static Optional<Condition> within(Form form, Function<Duration, Condition> condition) {
        var within = form.required("within", Readers.duration(LONGEST));
        return form.complete(() -> condition.apply(within.orElseThrow()));
    }

    private static String built(String type) {
        if (NOT_YET.contains(type)) {
            throw Problems.notYet("Rules of the type '" + type + "'");
        }
        return type;
    }
}
