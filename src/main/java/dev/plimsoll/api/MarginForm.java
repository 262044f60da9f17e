package dev.plimsoll.api;

import dev.plimsoll.api.form.Form;
import dev.plimsoll.api.form.Reader;
import dev.plimsoll.api.form.Readers;
import dev.plimsoll.risk.Margin;
import dev.plimsoll.risk.Margin.Leg;
import dev.plimsoll.risk.Margin.Side;
import dev.plimsoll.risk.Terms;
import dev.plimsoll.unit.Asset;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Reads perpetual contracts on one margin. */
@Singleton
class MarginForm {
    private static final int MAX_LEGS = 20;
    private static final BigDecimal MOST_FUNDING = new BigDecimal("1e15");
    private static final BigDecimal HIGHEST_PRICE = new BigDecimal("1e12");
    private static final BigDecimal LOWEST_PRICE = new BigDecimal("1e-12");
    private static final BigDecimal LOWEST_MAINTENANCE = new BigDecimal("0.0001");
    private static final BigDecimal HIGHEST_FEE = new BigDecimal("0.1");
    private static final String MAINTENANCE = "maintenanceMarginRate";

    private final AssetNames assets;

    MarginForm(AssetNames assets) {
        this.assets = assets;
    }

    /** @return what makes the terms once the form is complete */
    Supplier<Terms> whole(Form form) {
        var legs = form.required("legs", legs());
        var margin = form.required("margin", margin());
        var maintenance = form.required(MAINTENANCE, maintenance());
        var fee = form.optional("closingFeeRate", fee());
        var funding = form.optional("fundingOwed", funding());
        return terms(form, legs, margin, maintenance, fee, funding);
    }

    /** What is named changes, everything else stays. */
    Supplier<Terms> patch(Form form, Margin now) {
        var legs = Patch.kept(form, "legs", legs(), now.legs());
        var margin = Patch.kept(form, "margin", margin(), now.balance());
        var maintenance = Patch.kept(form, MAINTENANCE, maintenance(), now.maintenanceRate());
        var fee = Patch.of(form, "closingFeeRate", fee(), Optional.of(now.closingFeeRate()));
        var funding = Patch.of(form, "fundingOwed", funding(), Optional.of(now.fundingOwed()));
        return terms(form, legs, margin, maintenance, fee, funding);
    }

    private static Supplier<Terms> terms(
            Form form,
            Optional<List<Leg>> legs,
            Optional<BigDecimal> margin,
            Optional<BigDecimal> maintenance,
            Optional<BigDecimal> fee,
            Optional<BigDecimal> funding) {
        var closing = fee.orElse(BigDecimal.ZERO);
        if (maintenance
                .filter(rate -> rate.add(closing).compareTo(BigDecimal.ONE) >= 0)
                .isPresent()) {
            form.refuse(MAINTENANCE, "Maintenance margin and closing fee together stay below 1: write 0.03 for 3 %.");
        }
        return () -> new Margin(
                legs.orElseThrow(),
                margin.orElseThrow(),
                maintenance.orElseThrow(),
                closing,
                funding.orElse(BigDecimal.ZERO));
    }

    private Reader<List<Leg>> legs() {
        return Readers.list(1, MAX_LEGS, Readers.object(this::leg)).find(MarginForm::once, MarginForm::twice);
    }

    private Optional<Leg> leg(Form form) {
        var asset = form.required("asset", assets.reader());
        var side = form.required("side", Readers.oneOf(Side.class));
        var size = form.required("size", LoanForm.amount());
        var price = form.required("entryPrice", price());
        return form.complete(
                () -> new Leg(asset.orElseThrow(), side.orElseThrow(), size.orElseThrow(), price.orElseThrow()));
    }

    private static Reader<BigDecimal> price() {
        return Readers.positive()
                .where(
                        price -> price.compareTo(LOWEST_PRICE) >= 0 && price.compareTo(HIGHEST_PRICE) <= 0,
                        "An entry price is in US dollars per whole token, from 10^-12 to 10^12.")
                .map(LoanForm::plain);
    }

    private static Reader<BigDecimal> margin() {
        return Readers.positive()
                .where(
                        usd -> usd.compareTo(Margin.LEAST_BALANCE) >= 0 && usd.compareTo(Margin.MOST_BALANCE) <= 0,
                        "A margin is in US dollars, from 0.01 to 10^15.")
                .map(LoanForm::plain);
    }

    private static Reader<BigDecimal> maintenance() {
        return Readers.positive()
                .where(
                        rate -> rate.compareTo(LOWEST_MAINTENANCE) >= 0 && rate.compareTo(BigDecimal.ONE) < 0,
                        "A maintenance margin rate is a plain ratio from 0.0001 to below 1: write 0.03 for 3 %.")
                .map(LoanForm::plain);
    }

    private static Reader<BigDecimal> fee() {
        return Readers.notNegative()
                .where(
                        rate -> rate.compareTo(HIGHEST_FEE) <= 0,
                        "A closing fee rate is a plain ratio from 0 to 0.1: write 0.0005 for 0.05 %.")
                .map(LoanForm::plain);
    }

    private static Reader<BigDecimal> funding() {
        return Readers.decimal()
                .where(
                        usd -> usd.abs().compareTo(MOST_FUNDING) <= 0,
                        "Funding owed is in US dollars, at most 10^15; negative when the venue owes it to you.")
                .map(LoanForm::plain);
    }

    private static Optional<List<Leg>> once(List<Leg> legs) {
        return doubled(legs).isEmpty() ? Optional.of(legs) : Optional.empty();
    }

    private static String twice(List<Leg> legs) {
        return "Each asset stands at most once a side, also under another symbol; twice: "
                + doubled(legs).stream().map(Asset::symbol).collect(Collectors.joining(", "))
                + ". Add the sizes and average the entry prices.";
    }

    private static List<Asset> doubled(List<Leg> legs) {
        var seen = new HashSet<String>();
        return legs.stream()
                .filter(leg -> !seen.add(leg.asset() + " " + leg.side()))
                .map(Leg::asset)
                .distinct()
                .toList();
    }
}
