package dev.plimsoll.alert;

import static dev.plimsoll.risk.Given.NOON;
import static dev.plimsoll.risk.Given.market;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.market.Trail;
import dev.plimsoll.position.Position;
import dev.plimsoll.risk.Given;
import dev.plimsoll.rule.AssetReadings;
import dev.plimsoll.rule.Condition;
import dev.plimsoll.rule.DefaultRules;
import dev.plimsoll.rule.Rule;
import dev.plimsoll.rule.Severity;
import dev.plimsoll.rule.Telling;
import dev.plimsoll.rule.Watches;
import dev.plimsoll.unit.Asset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ObservationsTest {
    private static final List<Rule> DEFAULTS = DefaultRules.of(new UUID(0, 2), NOON);
    private static final Asset ETH = new Asset("ETH");

    private AlertState state = AlertState.quiet(0);

    @Test
    void theCriticalDefaultFiresAtSevenPercent() {
        assertThat(atEth("2610").transitions()).isEmpty();
        assertThat(atEth("2600").transitions()).singleElement().isInstanceOf(Transition.Fired.class);
    }

    @Test
    void aPositionThatIsUnknownIsObservedWithoutFigures() {
        var seen = observed("?");

        assertThat(seen.value()).isEmpty();
        assertThat(seen.room()).isEmpty();
        assertThat(seen.maybeBelowOne()).isFalse();
    }

    @Test
    void liquidatableIsOnlyWhatEverySourceSays() {
        assertThat(observed("2000..3000").liquidatable()).isFalse();
        assertThat(observed("2000..3000").maybeBelowOne()).isTrue();
        assertThat(observed("2000..2100").liquidatable()).isTrue();
    }

    @Test
    void aPriceAboveItsLimitFires() {
        var rule = new Rule(
                new UUID(0, 3),
                new UUID(0, 2),
                Optional.empty(),
                "low",
                Map.of(),
                new Watches.OneAsset(ETH),
                new Condition.AssetPrice(ETH),
                List.of(Story.level(Severity.WARNING, "3000", "PT0S", "PT5M", "PT4H")),
                Telling.EVERYTHING,
                NOON,
                1);

        assertThat(Life.next(state, ofPrice(rule, "ETH 2999")).transitions())
                .singleElement()
                .isInstanceOf(Transition.Fired.class);
        assertThat(Life.next(state, ofPrice(rule, "ETH ?")).transitions()).isEmpty();
    }

    private Step atEth(String price) {
        return Life.next(state, observed(price));
    }

    private static Observation ofPrice(Rule rule, String price) {
        var condition = new Condition.AssetPrice(ETH);
        var measure = new AssetReadings(market(price), new Trail()).of(condition);
        return Observations.ofAsset(rule, condition, measure, NOON, NOON);
    }

    private static Observation observed(String eth) {
        var loan = Given.loan("10 ETH 0.825", "20000 USDC");
        var position = new Position(
                new UUID(0, 1),
                new UUID(0, 2),
                Optional.empty(),
                "ETH loan",
                Map.of(),
                loan,
                Optional.empty(),
                NOON,
                NOON,
                1);
        var standing = Given.standing(loan, market("ETH " + eth, "USDC 1"));
        return Observations.ofPosition(DEFAULTS.get(1), position, standing, Given.ASSETS, NOON, NOON);
    }
}
