package dev.plimsoll.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.plimsoll.unit.Asset;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.api.Test;

/** At the price that is told, the health factor or the distance is what was asked for. */
class ReachesTest {
    private static final BigDecimal NEXT_TO_NOTHING = new BigDecimal("1e-20");
    private static final Asset ETH = new Asset("ETH");

    /** Two of one group as collateral, one of another; a stable and a volatile debt. */
    private static final Loan LOAN =
            Given.loan(List.of("5 ETH 0.825", "4 wstETH 0.8", "0.1 BTC 0.75"), List.of("9000 USDC", "500 LINK"));

    private static final String[] PRICES = {"ETH 3000", "wstETH 3600", "BTC 60000", "USDC 1", "LINK 15"};

    @Test
    void theLoanOfTheContractReachesItsWarning() {
        var health = Given.health(Given.loan("10 ETH 0.825", "20000 USDC"), "ETH 2981.11", "USDC 1");

        assertThat(health.pricesAtFactor(new BigDecimal("1.10")))
                .filteredOn(price -> price.asset().equals(ETH))
                .singleElement()
                .satisfies(price -> assertThat(price.alone().orElseThrow())
                        .isCloseTo(new BigDecimal("2666.666666666666"), within(new BigDecimal("1e-9"))));
    }

    @Property(tries = 200)
    void thePriceAloneBringsTheHealthFactor(@ForAll @BigRange(min = "0.5", max = "3") @Scale(4) BigDecimal factor) {
        for (var price : Given.health(LOAN, PRICES).pricesAtFactor(factor)) {
            price.alone()
                    .map(alone -> Given.health(LOAN, with(price.asset(), alone)))
                    .ifPresent(then -> assertThat(then.healthFactor().value().orElseThrow())
                            .isCloseTo(factor, within(NEXT_TO_NOTHING)));
        }
    }

    @Property(tries = 200)
    void theGroupTogetherBringsTheHealthFactor(@ForAll @BigRange(min = "0.9", max = "3") @Scale(4) BigDecimal factor) {
        var price = Given.health(LOAN, PRICES).pricesAtFactor(factor).stream()
                .filter(one -> one.asset().equals(ETH))
                .findFirst();

        price.flatMap(LiquidationPrice::together)
                .map(eth -> Given.health(LOAN, with(ETH, eth, "wstETH", eth.multiply(new BigDecimal("1.2")))))
                .ifPresent(then -> assertThat(then.healthFactor().value().orElseThrow())
                        .isCloseTo(factor, within(NEXT_TO_NOTHING)));
    }

    @Property(tries = 200)
    void thePriceAloneBringsTheDistance(@ForAll @BigRange(min = "0.1", max = "60") @Scale(3) BigDecimal percent) {
        for (var price : Given.health(LOAN, PRICES).pricesAtDistance(percent)) {
            price.alone()
                    .map(alone -> Given.health(LOAN, with(price.asset(), alone)))
                    .ifPresent(then -> assertThat(then.distance().low()).isCloseTo(percent, within(NEXT_TO_NOTHING)));
        }
    }

    @Property(tries = 200)
    void thePriceOfTheNamedAssetBringsItsDistance(
            @ForAll @BigRange(min = "0.1", max = "60") @Scale(3) BigDecimal percent) {
        for (var asset : LOAN.assets()) {
            for (var price : Given.health(LOAN, PRICES).pricesAtDistance(percent, asset)) {
                price.alone()
                        .flatMap(alone -> Given.health(LOAN, with(asset, alone)).distance(asset))
                        .ifPresent(then -> assertThat(then.low()).isCloseTo(percent, within(NEXT_TO_NOTHING)));
            }
        }
    }

    @Test
    void noPriceIsAHundredPercentAway() {
        assertThat(Given.health(LOAN, PRICES).pricesAtDistance(new BigDecimal("100")))
                .isEmpty();
    }

    private static String[] with(Asset asset, BigDecimal price) {
        return Arrays.stream(PRICES)
                .map(text -> text.startsWith(asset + " ") ? asset + " " + price.toPlainString() : text)
                .toArray(String[]::new);
    }

    private static String[] with(Asset asset, BigDecimal price, String other, BigDecimal otherPrice) {
        return Arrays.stream(with(asset, price))
                .map(text -> text.startsWith(other + " ") ? other + " " + otherPrice.toPlainString() : text)
                .toArray(String[]::new);
    }
}
