package dev.plimsoll.position;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.risk.LiquidationThreshold;
import dev.plimsoll.risk.Loan;
import dev.plimsoll.unit.Asset;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LoanJsonTest {

    @Test
    void aLoanInAllThreeNotationsIsReadBackAsItWas() {
        var loan = new Loan(
                List.of(
                        new Loan.Collateral(
                                new Asset("ETH"),
                                new BigDecimal("10"),
                                LiquidationThreshold.threshold("0.825"),
                                Optional.of(new BigDecimal("0.8")),
                                Optional.of(new BigDecimal("0.05"))),
                        collateral("WBTC", LiquidationThreshold.ratio("1.5")),
                        collateral("AKT", LiquidationThreshold.margin("0.15"))),
                List.of(
                        new Loan.Debt(new Asset("USDC"), new BigDecimal("12000"), Optional.of(new BigDecimal("0.052"))),
                        new Loan.Debt(new Asset("DAI"), new BigDecimal("0.000000000000000001"), Optional.empty())));

        var read = LoanJson.read(new JsonObject(LoanJson.write(loan).encode()));

        assertThat(read).isEqualTo(loan);
    }

    @Test
    void amountsAreStringsAndAbsentFiguresAreAbsent() {
        var loan = new Loan(List.of(collateral("ETH", LiquidationThreshold.ratio("1.5"))), List.of());

        var json = LoanJson.write(loan).encode();

        assertThat(json)
                .isEqualTo(
                        "{\"collateral\":[{\"asset\":\"ETH\",\"amount\":\"2.5\",\"liquidationRatio\":\"1.5\"}],\"debt\":[]}");
    }

    private static Loan.Collateral collateral(String asset, LiquidationThreshold threshold) {
        return new Loan.Collateral(
                new Asset(asset), new BigDecimal("2.5"), threshold, Optional.empty(), Optional.empty());
    }
}
