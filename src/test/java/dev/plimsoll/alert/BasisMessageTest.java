package dev.plimsoll.alert;

import static dev.plimsoll.risk.Given.NOON;
import static dev.plimsoll.risk.Given.judge;
import static dev.plimsoll.risk.Given.market;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.market.MarketSnapshot;
import dev.plimsoll.position.Position;
import dev.plimsoll.risk.Given;
import dev.plimsoll.risk.LiquidationThreshold;
import dev.plimsoll.risk.Loan;
import dev.plimsoll.risk.Standing;
import dev.plimsoll.rule.Condition;
import dev.plimsoll.rule.Condition.Basis;
import dev.plimsoll.rule.Rule;
import dev.plimsoll.rule.Severity;
import dev.plimsoll.rule.Telling;
import dev.plimsoll.rule.Watches;
import dev.plimsoll.unit.Asset;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a notice says of a position that the price of one exchange liquidates, and of what a liquidation would come to. */
class BasisMessageTest {
    private static final Transition FIRED =
            new Transition.Fired(1, Severity.WARNING, NOON, Transition.Fired.How.CROSSED);
    private static final Loan LOAN = Given.loan("10 ETH 0.825", "20000 USDC");

    @Test
    void belowOneOnTheMarketPriceAloneIsNoLiquidation() {
        assertThat(text(Basis.MARKET, "3000", "2400"))
                .startsWith("loop is at health factor 0.99 on the market price."
                        + " At the market price it is below 1; it is liquidated on the price of kraken,"
                        + " where it is at health factor 1.23.")
                .doesNotContain("It can be liquidated now");
    }

    @Test
    void aFactorOnTheMarketPriceNamesItsPriceAndWhatWouldBringItToOne() {
        assertThat(text(Basis.MARKET, "2700", "2981.11"))
                .startsWith("loop is at health factor 1.22 on the market price."
                        + " ETH must fall 18.6 % to 2,424.25 USD to be at 1 on the market price;"
                        + " it is liquidated on the price of kraken, where it is at health factor 1.11.")
                .contains("to be at 1.50 on the market price.");
    }

    @Test
    void belowOneOnBothPricesItCanBeLiquidated() {
        assertThat(text(Basis.MARKET, "2400", "2300"))
                .startsWith("loop is at health factor 0.94 on the market price. It can be liquidated now.");
    }

    @Test
    void sourcesThatDisagreeAboutTheMarketPriceAreNoLiquidationEither() {
        assertThat(text(Basis.MARKET, "3000", "2400..2900"))
                .contains("If the worst source is right, it is below 1 at the market price;")
                .doesNotContain("can be liquidated now");
    }

    @Test
    void onTheProtocolsPriceNoOtherIsNamed() {
        assertThat(text(Basis.PROTOCOL, "2981.11", "2400"))
                .startsWith("loop is at health factor 1.22. ETH must fall 18.6 % to 2,424.25 USD to be liquidated.")
                .doesNotContain("market price");
    }

    @Test
    void aPartOfTheDebtIsNotTheWholeDebt() {
        assertThat(text(loan("0.5"), Basis.PROTOCOL, market("ETH 2981.11", "USDC 1")))
                .contains("Liquidation would cost about 500 USD (a bonus of 5 % on 50 % of the debt).");
    }

    @Test
    void aSpiralIntoBadDebtIsSaidOnceItIsReached() {
        assertThat(text(loan("0.5"), Basis.PROTOCOL, market("ETH 2110", "USDC 1")))
                .doesNotContain("bad debt");
        assertThat(text(loan("0.5"), Basis.PROTOCOL, market("ETH 2090", "USDC 1")))
                .contains(
                        "Its collateral does not pay for its debt and the bonus any more: each liquidation would leave it"
                                + " worse off than before, and bad debt at the end.");
    }

    @Test
    void whereOneLiquidationMayCloseAllThereIsNoSpiralButBadDebt() {
        assertThat(text(loan("1"), Basis.PROTOCOL, market("ETH 2090", "USDC 1")))
                .contains("on the whole debt). Its collateral does not pay for its debt and the bonus any more:"
                        + " liquidation would leave bad debt.");
    }

    private static String text(Basis basis, String onKraken, String onMarket) {
        var kraken = market("ETH " + onKraken, "USDC 1");
        var market = market("ETH " + onMarket, "USDC 1");
        return text(
                LOAN,
                basis,
                Standing.by(new Standing.Word("kraken", market), judge(LOAN, kraken), judge(LOAN, market)));
    }

    private static String text(Loan loan, Basis basis, MarketSnapshot market) {
        return text(loan, basis, Given.standing(loan, market));
    }

    private static String text(Loan loan, Basis basis, Standing standing) {
        return Message.ofPosition(FIRED, rule(basis), position(loan), standing).plain();
    }

    /** With a bonus of 5 %. */
    private static Loan loan(String closeFactor) {
        var ether = new Loan.Collateral(
                new Asset("ETH"),
                BigDecimal.TEN,
                LiquidationThreshold.threshold("0.825"),
                Optional.empty(),
                Optional.of(new BigDecimal("0.05")));
        return new Loan(
                List.of(ether),
                List.of(Given.debt("20000 USDC")),
                Optional.empty(),
                Optional.of(new BigDecimal(closeFactor)));
    }

    private static Position position(Loan loan) {
        return new Position(
                new UUID(0, 1),
                new UUID(0, 2),
                Optional.empty(),
                "loop",
                Map.of(),
                loan,
                Optional.empty(),
                NOON,
                NOON,
                1);
    }

    private static Rule rule(Basis basis) {
        return new Rule(
                new UUID(0, 3),
                new UUID(0, 2),
                Optional.empty(),
                "warn me",
                Map.of(),
                new Watches.All(),
                new Condition.HealthFactor(basis),
                List.of(Story.level(Severity.WARNING, "1.30", "PT0S", "PT5M", "PT4H")),
                Telling.EVERYTHING,
                NOON,
                1);
    }
}
