package dev.plimsoll.api;

import dev.plimsoll.api.form.Form;
import dev.plimsoll.api.form.Reader;
import dev.plimsoll.api.form.Readers;
import dev.plimsoll.rule.Condition;
import dev.plimsoll.rule.Level;
import dev.plimsoll.rule.Level.Limit;
import dev.plimsoll.rule.LevelJson;
import dev.plimsoll.rule.Severity;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads the levels of a rule; its condition says in which fields their limits stand. */
final class LevelForm {
    private static final int MAX_LEVELS = 3;
    private static final Duration LONGEST = Duration.ofDays(30);
    private static final Duration LONGEST_WITHIN = Duration.ofDays(3650);
    private static final Duration CALM = Duration.ofMinutes(5);
    private static final Duration CALM_OF_BLIND = Duration.ofMinutes(1);

    private LevelForm() {}

    static Reader<List<Level>> reader(Condition condition) {
        return Readers.list(1, MAX_LEVELS, Readers.object(form -> level(form, condition)));
    }

    private static Optional<Level> level(Form form, Condition condition) {
        var severity = form.required("severity", Readers.oneOf(Severity.class));
        var limit = limit(form, condition);
        var clear = limit.flatMap(it -> form.optional(LevelJson.clearField(condition, it), Readers.decimal()));
        var hold = form.optional("hold", Readers.duration(LONGEST));
        var clearHold = form.optional("clearHold", Readers.duration(LONGEST));
        var repeatEvery = form.optional("repeatEvery", Readers.duration(LONGEST));
        var channels = form.optional("channels", TellingForm.channels());
        return form.complete(() -> new Level(
                severity.orElseThrow(),
                limit.orElseThrow(),
                clear,
                hold.orElse(Duration.ZERO),
                clearHold.orElse(condition instanceof Condition.Blind ? CALM_OF_BLIND : CALM),
                repeatEvery.orElseGet(() -> repeat(severity.orElseThrow())),
                channels));
    }

    private static Optional<Limit> limit(Form form, Condition condition) {
        return switch (condition) {
            case Condition.OnPosition onPosition -> limitOnPosition(form, onPosition);
            case Condition.OnAsset onAsset -> limitOnAsset(form, onAsset);
            case Condition.Blind ignored ->
                form.required("after", autoOr(Readers.duration(LONGEST).map(Limit.After::new)));
        };
    }

    private static Optional<Limit> limitOnPosition(Form form, Condition.OnPosition condition) {
        return switch (condition) {
            case Condition.HealthFactor ignored -> number(form, "below", Limit.Below::new);
            case Condition.LoanToValue ignored -> number(form, "above", Limit.Above::new);
            case Condition.CollateralRatio ignored -> number(form, "below", Limit.Below::new);
            case Condition.LiquidationDistance ignored ->
                form.required("percent", autoOr(Readers.decimal().map(Limit.Percent::new)));
            case Condition.HealthDrop ignored -> number(form, "percent", Limit.Moved::new);
            case Condition.TimeToLiquidation ignored ->
                form.required("within", Readers.duration(LONGEST_WITHIN).map(Limit.Within::new));
            case Condition.LiquidationProbability ignored -> number(form, "above", Limit.Above::new);
            case Condition.OracleGap ignored ->
                byItself(form, "bps", Readers.decimal().map(Limit.Bps::new));
            case Condition.FeedSkew ignored ->
                byItself(form, "after", Readers.duration(LONGEST).map(Limit.After::new));
        };
    }

    private static Optional<Limit> limitOnAsset(Form form, Condition.OnAsset condition) {
        return switch (condition) {
            case Condition.AssetPrice ignored -> aboveOrBelow(form);
            case Condition.PriceChange ignored -> number(form, "percent", Limit.Moved::new);
            case Condition.PriceDivergence ignored ->
                byItself(form, "bps", Readers.decimal().map(Limit.Bps::new));
            case Condition.PriceStale ignored ->
                byItself(form, "after", Readers.duration(LONGEST).map(Limit.After::new));
            case Condition.Depeg ignored -> number(form, "bps", Limit.Bps::new);
        };
    }

    private static Optional<Limit> number(Form form, String field, Function<BigDecimal, Limit> limit) {
        return form.required(field, Readers.decimal().map(limit));
    }

    private static Optional<Limit> aboveOrBelow(Form form) {
        var above = form.optional("above", Readers.decimal().<Limit>map(Limit.Above::new));
        var below = form.optional("below", Readers.decimal().<Limit>map(Limit.Below::new));
        if (form.says("above") == form.says("below")) {
            form.refuse("Say exactly one of 'above' and 'below'.");
        }
        return above.or(() -> below);
    }

    /** Automatic where nothing is said: for a feed what it may do by itself, between feeds what is usual. */
    private static Optional<Limit> byItself(Form form, String field, Reader<? extends Limit> given) {
        return form.optional(field, autoOr(given)).or(() -> Optional.of(new Limit.Auto()));
    }

    private static Reader<Limit> autoOr(Reader<? extends Limit> given) {
        return Readers.wordOr("auto", new Limit.Auto(), given.map(limit -> limit));
    }

    private static Duration repeat(Severity severity) {
        return switch (severity) {
            case INFO -> Duration.ofDays(1);
            case WARNING -> Duration.ofHours(4);
            case CRITICAL -> Duration.ofMinutes(15);
        };
    }
}
