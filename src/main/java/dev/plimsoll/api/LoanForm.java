package dev.plimsoll.api;

import dev.plimsoll.api.form.Form;
import dev.plimsoll.api.form.Reader;
import dev.plimsoll.api.form.Readers;
import dev.plimsoll.position.LoanJson;
import dev.plimsoll.risk.LiquidationThreshold;
import dev.plimsoll.risk.LiquidationThreshold.Notation;
import dev.plimsoll.risk.Loan;
import dev.plimsoll.risk.Loan.Collateral;
import dev.plimsoll.risk.Loan.Debt;
import dev.plimsoll.risk.Terms;
import dev.plimsoll.unit.Asset;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads the two sides of a declared loan. */
@Singleton
class LoanForm {
    private static final int MAX_LEGS = 20;
    private static final BigDecimal MOST_TOKENS = new BigDecimal("1e24");
    private static final BigDecimal FEWEST_TOKENS = new BigDecimal("1e-18");
    private static final BigDecimal HIGHEST_RATIO = BigDecimal.TEN;
    private static final BigDecimal HIGHEST_RATE = BigDecimal.TEN;

    private final AssetNames assets;
    private final PriceSourceForm priceSources;

    LoanForm(AssetNames assets, PriceSourceForm priceSources) {
        this.assets = assets;
        this.priceSources = priceSources;
    }

    /** To be made once the form is complete. */
    Supplier<Terms> whole(Form form) {
        var collateral = form.required("collateral", collateral());
        var debt = form.optional("debt", debt());
        var priceSource = priceSources.whole(form);
        var closeFactor = form.optional("closeFactor", closeFactor());
        return () -> new Loan(collateral.orElseThrow(), debt.orElse(List.of()), priceSource, closeFactor);
    }

    /** What is named changes, null clears; to be made once the form is complete. */
    Supplier<Terms> patch(Form form, Loan now) {
        var collateral = form.optional("collateral", collateral());
        var debt = Patch.of(form, "debt", debt(), Optional.of(now.debt()));
        var priceSource = priceSources.patch(form, now.priceSource());
        var closeFactor = Patch.of(form, "closeFactor", closeFactor(), now.closeFactor());
        return () -> new Loan(collateral.orElse(now.collateral()), debt.orElse(List.of()), priceSource, closeFactor);
    }

    private static Reader<BigDecimal> closeFactor() {
        return Readers.positive()
                .where(
                        part -> part.compareTo(BigDecimal.ONE) <= 0,
                        "The part of the debt that one liquidation may close, above 0 and at most 1: write 0.5 for half.")
                .map(LoanForm::plain);
    }

    Reader<List<Collateral>> collateral() {
        return Readers.list(1, MAX_LEGS, Readers.object(this::collateral))
                .find(legs -> once(legs, Collateral::asset), legs -> twice(legs, Collateral::asset));
    }

    Reader<List<Debt>> debt() {
        return Readers.list(0, MAX_LEGS, Readers.object(this::debt))
                .find(legs -> once(legs, Debt::asset), legs -> twice(legs, Debt::asset));
    }

    /** Whole tokens. */
    static Reader<BigDecimal> amount() {
        return Readers.positive()
                .where(amount -> amount.compareTo(MOST_TOKENS) <= 0, "At most 10^24 whole tokens.")
                .where(amount -> amount.compareTo(FEWEST_TOKENS) >= 0, "At least 10^-18 whole tokens.")
                .map(LoanForm::plain);
    }

    private Optional<Collateral> collateral(Form form) {
        var asset = form.required("asset", assets.reader());
        var amount = form.required("amount", amount());
        var threshold = threshold(form);
        var loanToValue = form.optional("loanToValue", ratio("0.8 for 80 %", BigDecimal.ZERO, BigDecimal.ONE));
        var bonus = form.optional("liquidationBonus", ratio("0.05 for 5 %", BigDecimal.ZERO, BigDecimal.ONE));
        if (threshold.isPresent()
                && loanToValue.isPresent()
                && loanToValue.get().compareTo(threshold.get().weight()) > 0) {
            form.refuse(
                    "loanToValue", "What may be borrowed cannot be more than what liquidates: lower 'loanToValue'.");
        }
        var rate = form.optional("annualRate", ratio("0.03 for 3 % a year", BigDecimal.ZERO, HIGHEST_RATE));
        return form.complete(() -> new Collateral(
                asset.orElseThrow(), amount.orElseThrow(), threshold.orElseThrow(), loanToValue, bonus, rate));
    }

    private Optional<Debt> debt(Form form) {
        var asset = form.required("asset", assets.reader());
        var amount = form.required("amount", amount());
        var rate = form.optional("annualRate", ratio("0.052 for 5.2 % a year", BigDecimal.ZERO, HIGHEST_RATE));
        return form.complete(() -> new Debt(asset.orElseThrow(), amount.orElseThrow(), rate));
    }

    /** Empty only after a fault was told. */
    private static Optional<LiquidationThreshold> threshold(Form form) {
        var mentioned = Stream.of(Notation.values())
                .filter(notation -> form.says(LoanJson.field(notation)))
                .toList();
        var read = Stream.of(Notation.values())
                .flatMap(notation -> form.optional(LoanJson.field(notation), threshold(notation)).stream())
                .toList();
        if (mentioned.size() != 1) {
            form.refuse("Say exactly one of 'liquidationThreshold' (0.825), 'liquidationRatio' (1.5) and"
                    + " 'maintenanceMargin' (0.15).");
        }
        return mentioned.size() == 1 ? read.stream().findFirst() : Optional.empty();
    }

    private static Reader<LiquidationThreshold> threshold(Notation notation) {
        var number = switch (notation) {
            case LIQUIDATION_THRESHOLD ->
                Readers.positive()
                        .where(
                                it -> it.compareTo(BigDecimal.ONE) <= 0,
                                "A liquidation threshold is at most 1: write 0.825 for 82.5 %.");
            case LIQUIDATION_RATIO -> ratio("1.5 for 150 %", BigDecimal.ONE, HIGHEST_RATIO);
            case MAINTENANCE_MARGIN ->
                Readers.notNegative()
                        .where(
                                it -> it.compareTo(BigDecimal.ONE) < 0,
                                "A maintenance margin is below 1: write 0.15 for 15 %.");
        };
        return number.map(given -> new LiquidationThreshold(notation, plain(given)));
    }

    private static Reader<BigDecimal> ratio(String example, BigDecimal low, BigDecimal high) {
        return Readers.decimal()
                .where(
                        it -> it.compareTo(low) >= 0 && it.compareTo(high) <= 0,
                        "A plain ratio from " + low + " to " + high + ": write " + example + ".")
                .map(LoanForm::plain);
    }

    private static <T> Optional<List<T>> once(List<T> legs, Function<T, Asset> asset) {
        var seen = new HashSet<Asset>();
        return legs.stream().map(asset).allMatch(seen::add) ? Optional.of(legs) : Optional.empty();
    }

    private static <T> String twice(List<T> legs, Function<T, Asset> asset) {
        var seen = new HashSet<Asset>();
        var names = legs.stream()
                .map(asset)
                .filter(it -> !seen.add(it))
                .map(Asset::symbol)
                .distinct()
                .collect(Collectors.joining(", "));
        return "Each asset stands once in a list, also under another symbol; twice: " + names + ". Add the amounts.";
    }

    /** Without trailing zeros and exponent, so that equal numbers are equal. */
    static BigDecimal plain(BigDecimal number) {
        var stripped = number.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
