package dev.plimsoll.position;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.position.Adjustment.Adjusted;
import dev.plimsoll.position.Adjustment.Fault;
import dev.plimsoll.position.Adjustment.Move;
import dev.plimsoll.position.Adjustment.Refused;
import dev.plimsoll.risk.LiquidationThreshold;
import dev.plimsoll.risk.Loan;
import dev.plimsoll.unit.Asset;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AdjustmentTest {

    @Test
    void aPartialRepaymentLeavesTheRest() {
        var outcome = repay("USDC", "5000").of(loan("10", "20000"));

        assertThat(outcome).isEqualTo(new Adjusted(loan("10", "15000")));
    }

    @Test
    void theExactRepaymentOfAllRemovesTheDebt() {
        var outcome = repay("USDC", "20000.0").of(loan("10", "20000"));

        assertThat(((Adjusted) outcome).terms().hasDebt()).isFalse();
    }

    @Test
    void repayingMoreThanOwedSaysWhatIsOwed() {
        var outcome = repay("USDC", "20000.01").of(loan("10", "20000"));

        assertThat(outcome)
                .isEqualTo(new Refused(List.of(new Fault("You repay 20000.01 USDC but owe 20000 USDC.", "/repay/0"))));
    }

    @Test
    void oneRefusalRefusesAllAndEveryFaultIsTold() {
        var adjustment = new Adjustment(
                List.of(move("USDC", "5000"), move("DAI", "1")),
                List.of(),
                List.of(move("WBTC", "1")),
                List.of(move("ETH", "11")));

        var refused = (Refused) adjustment.of(loan("10", "20000"));

        assertThat(refused.faults())
                .extracting(Fault::pointer)
                .containsExactly("/deposit/0", "/repay/1", "/withdraw/0");
    }

    @Test
    void borrowingAndDepositingAddToWhatIsThere() {
        var adjustment =
                new Adjustment(List.of(), List.of(move("USDC", "1000")), List.of(move("ETH", "0.5")), List.of());

        var outcome = adjustment.of(loan("10", "20000"));

        assertThat(outcome).isEqualTo(new Adjusted(loan("10.5", "21000")));
    }

    @Test
    void withdrawingAllCollateralOfALoanIsRefused() {
        var adjustment = new Adjustment(List.of(), List.of(), List.of(), List.of(move("ETH", "10")));

        var refused = (Refused) adjustment.of(loan("10", "20000"));

        assertThat(refused.faults())
                .containsExactly(new Fault(
                        "That would leave debt without any collateral: repay it too, or delete the position.", ""));
    }

    @Test
    void interestIsOwedToTheTokensLastDecimalRoundedUp() {
        var start = Instant.parse("2025-01-01T00:00:00Z");
        var loan = new Loan(
                loan("10", "1").collateral(),
                List.of(new Loan.Debt(
                        new Asset("USDC"), new BigDecimal("12000"), Optional.of(new BigDecimal("0.052")))));

        var grown = loan.grown(start, start.plus(Duration.ofDays(365)), asset -> 6);

        assertThat(grown.debt().getFirst().amount()).isEqualTo("12640.508911"); // 12000 × e^0.052 = 12640.5089101…
    }

    private static Adjustment repay(String asset, String amount) {
        return new Adjustment(List.of(move(asset, amount)), List.of(), List.of(), List.of());
    }

    private static Move move(String asset, String amount) {
        return new Move(new Asset(asset), new BigDecimal(amount));
    }

    private static Loan loan(String eth, String usdc) {
        return new Loan(
                List.of(new Loan.Collateral(
                        new Asset("ETH"),
                        new BigDecimal(eth),
                        LiquidationThreshold.threshold("0.825"),
                        Optional.empty(),
                        Optional.empty())),
                List.of(new Loan.Debt(new Asset("USDC"), new BigDecimal(usdc), Optional.empty())));
    }
}
