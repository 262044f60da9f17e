package dev.plimsoll.risk;

import dev.plimsoll.unit.AssetRegistry;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** What happens once a position is liquidated. Of perpetual contracts there is nothing to say. */
public final class Aftermath {
    private final Terms terms;
    private final List<Exposure> exposures;
    private final AssetRegistry assets;

    Aftermath(Terms terms, List<Exposure> exposures, AssetRegistry assets) {
        this.terms = terms;
        this.exposures = exposures;
        this.assets = assets;
    }

    /**
     * Where each price would leave the debt larger than all collateral pays with the liquidator's bonus: from there on
     * liquidation leaves bad debt. None for what is no loan.
     */
    public List<LiquidationPrice> badDebtPrices() {
        return loan().map(loan -> new Liquidations(indebtedWithBonus(loan), assets).prices())
                .orElse(List.of());
    }

    private List<Exposure> indebtedWithBonus(Loan loan) {
        var withBonus = BigDecimal.ONE.add(Advisor.bonus(loan));
        return exposures.stream().map(e -> e.unweighted().owing(withBonus)).toList();
    }

    /**
     * The health factor at or below which each partial liquidation lowers it further, so that they repeat until nothing is
     * left: the weighted threshold times one and the liquidator's bonus. Empty without collateral, and for what is no loan.
     */
    public Optional<BigDecimal> spiralBelow() {
        return loan().flatMap(loan -> Figures.quotient(
                        Figures.sum(exposures, Exposure::weighted), Figures.sum(exposures, Exposure::collateral))
                .map(threshold -> threshold.multiply(BigDecimal.ONE.add(Advisor.bonus(loan)), Precision.WORK)));
    }

    /** Whether it is so low; the collateral then pays for the debt and the bonus no more, at the prices it is from. */
    public boolean spiralsAt(HealthFactor now) {
        return spiralBelow()
                .flatMap(factor -> now.value().filter(value -> value.compareTo(factor) <= 0))
                .isPresent();
    }

    private Optional<Loan> loan() {
        return terms instanceof Loan loan ? Optional.of(loan) : Optional.empty();
    }
}
