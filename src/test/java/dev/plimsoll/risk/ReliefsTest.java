package dev.plimsoll.risk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.market.MarketSnapshot;
import dev.plimsoll.unit.Asset;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** What to pay before going to bed. */
class ReliefsTest {
    private static final Duration NIGHT = Duration.ofHours(8);
    private static final BigDecimal ONE_IN_A_THOUSAND = new BigDecimal("0.001");

    /** About 5.7 % a day. */
    private static final String WILD = "0.0015";

    @Test
    void theAdvisedRepaymentIsTheLeastThatBringsTheChanceDown() {
        var loan = Given.loan("10 ETH 0.8", "22500 USDC");
        var before = chance(loan, WILD);

        var repay = first(loan, WILD);

        assertThat(before).isBetween(new BigDecimal("0.0010"), new BigDecimal("0.3"));
        assertThat(repay).isInstanceOf(Advice.Option.Repay.class);
        assertThat(chance(repaid(loan, repay.amount()), WILD)).isLessThanOrEqualTo(ONE_IN_A_THOUSAND);
        assertThat(chance(repaid(loan, repay.amount().subtract(BigDecimal.ONE)), WILD))
                .isGreaterThan(ONE_IN_A_THOUSAND);
    }

    @Property(tries = 200)
    void whoRepaysOrAddsWhatIsAdvisedIsBelowTheChanceByAJudgementOfItsOwn(
            @ForAll @IntRange(min = 14_000, max = 24_500) int debt,
            @ForAll @IntRange(min = 20, max = 400) int hundredThousandths) {
        var loan = Given.loan("10 ETH 0.8", debt + " USDC");
        var wild = BigDecimal.valueOf(hundredThousandths, 5).toPlainString();

        var reliefs = reliefs(loan, wild);

        assertThat(reliefs).allSatisfy(relief -> {
            var after = switch (relief.payment()) {
                case Advice.Option.Repay repay -> chance(repaid(loan, repay.amount()), wild);
                case Advice.Option.Add add -> chance(added(loan, add.amount()), wild);
                case Advice.Option.AddMargin ignored -> BigDecimal.ONE;
                case Advice.Option.Reduce ignored -> BigDecimal.ONE;
            };
            assertThat(after).isLessThanOrEqualTo(ONE_IN_A_THOUSAND);
            assertThat(relief.chance()).isLessThanOrEqualTo(ONE_IN_A_THOUSAND);
        });
        assertThat(reliefs.isEmpty()).isEqualTo(chance(loan, wild).compareTo(ONE_IN_A_THOUSAND) <= 0);
    }

    @Test
    void ofTwoDebtsTheOneThatCostsLessToRepayComesFirst() {
        var loan = Given.loan(List.of("10 ETH 0.8"), List.of("11900 USDC", "10600 DAI"));

        var payments = reliefs(loan, WILD).stream().map(Relief::payment).toList();

        assertThat(payments).hasSizeGreaterThanOrEqualTo(2);
        assertThat(payments.get(0).amount()).isLessThanOrEqualTo(payments.get(1).amount());
    }

    @Test
    void marginIsAddedToContracts() {
        var margin = Given.margin("1200", "0.03", "5 ETH long 3000");

        var relief = reliefs(margin, WILD).getFirst();

        var after = margin.withBalance(margin.balance().add(relief.payment().amount()));
        assertThat(relief.payment()).isInstanceOf(Advice.Option.AddMargin.class);
        assertThat(chance(after, WILD)).isLessThanOrEqualTo(ONE_IN_A_THOUSAND);
    }

    @Test
    void whereTheChanceIsSmallEnoughNothingIsAdvised() {
        assertThat(reliefs(Given.loan("10 ETH 0.8", "10000 USDC"), "0.0005")).isEmpty();
    }

    private static Advice.Option first(Terms terms, String deviation) {
        return reliefs(terms, deviation).getFirst().payment();
    }

    private static List<Relief> reliefs(Terms terms, String deviation) {
        return new Reliefs(health(terms, deviation), Given.ASSETS, ONE_IN_A_THOUSAND, NIGHT).all();
    }

    private static BigDecimal chance(Terms terms, String deviation) {
        return health(terms, deviation).outlook().orElseThrow().chance(NIGHT);
    }

    private static Health health(Terms terms, String deviation) {
        return switch (terms.judge(Given.NOON, market(deviation), Given.ASSETS, Lending.DEFAULT_TARGET)) {
            case Judgement.Judged(var health) -> health;
            case Judgement.NoDebt(var health) -> health;
            case Judgement.Unknown(var why, var causes) -> throw new AssertionError(why);
        };
    }

    private static MarketSnapshot market(String deviation) {
        return Given.market("ETH 3000", "USDC 1", "DAI 1")
                .moving(Map.of(
                        new Asset("ETH"), new BigDecimal(deviation),
                        new Asset("USDC"), new BigDecimal("0.00001"),
                        new Asset("DAI"), new BigDecimal("0.00001")));
    }

    private static Loan repaid(Loan loan, BigDecimal amount) {
        var debt = loan.debt().getFirst();
        var left = debt.amount().subtract(amount);
        return loan.with(
                loan.collateral(),
                left.signum() > 0 ? List.of(new Loan.Debt(debt.asset(), left, debt.annualRate())) : List.of());
    }

    private static Loan added(Loan loan, BigDecimal amount) {
        var held = loan.collateral().getFirst();
        return loan.with(List.of(held.of(held.amount().add(amount))), loan.debt());
    }
}
