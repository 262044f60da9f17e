package dev.plimsoll.risk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.market.Consensus;
import dev.plimsoll.market.MarketSnapshot;
import dev.plimsoll.risk.Shock.Change;
import dev.plimsoll.risk.Shock.Reach;
import dev.plimsoll.risk.Shocks.Clash;
import dev.plimsoll.risk.Shocks.Contradiction;
import dev.plimsoll.risk.Shocks.Moved;
import dev.plimsoll.risk.Shocks.Shocked;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.PriceRange;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ShocksTest {
    private static final MarketSnapshot MARKET =
            Given.market("ETH 3000", "wstETH 3600", "BTC 60000", "USDC 1", "DAI 1", "LINK 20", "RENDER ?");

    @Test
    void aFallOfAnAssetTakesItsWholeGroupAlong() {
        var shocked = shocked(MARKET, "ETH wstETH BTC USDC", group("ETH", "-20"));

        assertThat(price(shocked, "ETH")).isEqualTo(point("2400"));
        assertThat(price(shocked, "wstETH")).isEqualTo(point("2880"));
        assertThat(price(shocked, "BTC")).isEqualTo(point("60000"));
        assertThat(symbols(shocked)).containsExactly("ETH", "wstETH");
    }

    @Test
    void onlyMeansOnly() {
        var shocked = shocked(MARKET, "ETH wstETH", only("wstETH", "-10"));

        assertThat(price(shocked, "ETH")).isEqualTo(point("3000"));
        assertThat(price(shocked, "wstETH")).isEqualTo(point("3240"));
        assertThat(symbols(shocked)).containsExactly("wstETH");
    }

    @Test
    void aPriceIsReachedExactlyAndTheGroupFollowsInProportion() {
        var shocked = shocked(MARKET, "ETH wstETH", to("ETH", "1000"));

        assertThat(price(shocked, "ETH")).isEqualTo(point("1000"));
        assertThat(price(shocked, "wstETH")).isEqualTo(point("1200"));
        assertThat(moved(shocked, "wstETH").percent().orElseThrow()).isCloseTo(new BigDecimal("-66.666667"), within());
    }

    @Test
    void everythingIsWhatDoesNotFollowTheDollar() {
        var shocked = shocked(MARKET, "BTC DAI ETH LINK USDC", shock(new Reach.All(), "-30"));

        assertThat(symbols(shocked)).containsExactly("BTC", "ETH", "LINK");
        assertThat(price(shocked, "LINK")).isEqualTo(point("14"));
        assertThat(price(shocked, "USDC")).isEqualTo(point("1"));
    }

    @Test
    void aGroupIsMovedByItsName() {
        var shocked = shocked(MARKET, "DAI ETH USDC", shock(new Reach.Group("USD"), "-3"));

        assertThat(symbols(shocked)).containsExactly("DAI", "USDC");
        assertThat(price(shocked, "DAI")).isEqualTo(point("0.97"));
    }

    @Test
    void theNearestShockCounts() {
        var shocked = shocked(
                MARKET,
                "BTC ETH LINK wstETH",
                shock(new Reach.All(), "-30"),
                group("ETH", "-20"),
                only("wstETH", "-50"));

        assertThat(price(shocked, "ETH")).isEqualTo(point("2400"));
        assertThat(price(shocked, "wstETH")).isEqualTo(point("1800"));
        assertThat(price(shocked, "BTC")).isEqualTo(point("42000"));
    }

    @Test
    void twoThatAreEquallyNearAreAContradiction() {
        var outcome = in(MARKET, "ETH", only("ETH", "-20"), group("BTC", "-10"), to("ETH", "2000"));

        assertThat(outcome).isEqualTo(new Contradiction(List.of(new Clash(new Asset("ETH"), 0, 2))));
    }

    @Test
    void twoOfAGroupThatMeetOnlyInWhatIsNotHeldDoNoHarm() {
        var shocked = shocked(MARKET, "ETH", group("DAI", "-1"), group("USDC", "-2"));

        assertThat(symbols(shocked)).containsExactly("DAI", "USDC");
    }

    @Test
    void whatTheSourcesDisagreeAboutTheyStillDisagreeAbout() {
        var shocked = shocked(Given.market("ETH 2900..3100", "USDC 1"), "ETH USDC", group("ETH", "-50"));

        assertThat(shocked.market().of(new Asset("ETH")).orElseThrow()).isInstanceOf(Consensus.Diverged.class);
        assertThat(price(shocked, "ETH")).isEqualTo(PriceRange.between(new BigDecimal("1450"), new BigDecimal("1550")));
    }

    @Test
    void aPriceIsTheMiddleOfWhatTheSourcesSay() {
        var shocked = shocked(Given.market("ETH 2900..3100", "USDC 1"), "ETH USDC", to("ETH", "1500"));

        assertThat(price(shocked, "ETH")).isEqualTo(PriceRange.between(new BigDecimal("1450"), new BigDecimal("1550")));
    }

    @Test
    void whatHasNoPriceFallsNowhereAndSaysSo() {
        var shocked = shocked(MARKET, "RENDER", group("RENDER", "-20"));

        assertThat(price(shocked, "RENDER")).isEqualTo(PriceRange.ANYTHING);
        assertThat(moved(shocked, "RENDER").why()).contains("no believable price of RENDER to start from");
    }

    @Test
    void aPriceCanBeSupposedWhereThereIsNone() {
        var shocked = shocked(MARKET, "RENDER", to("RENDER", "7"));

        assertThat(price(shocked, "RENDER")).isEqualTo(point("7"));
        assertThat(moved(shocked, "RENDER").why()).isEmpty();
    }

    @Test
    void aGroupCannotFollowAPriceThatStartsNowhere() {
        var shocked = shocked(Given.market("ETH ?", "wstETH 3600"), "wstETH", to("ETH", "2000"));

        assertThat(price(shocked, "wstETH")).isEqualTo(point("3600"));
        assertThat(moved(shocked, "wstETH").why()).contains("no believable price of ETH to start from");
    }

    @Test
    void aShockedLoanIsJudgedAsIfThePricesWereThere() {
        var loan = Given.loan("10 ETH 0.825", "20000 USDC");
        var shocked = shocked(MARKET, "ETH USDC", group("ETH", "-20"));

        assertThat(Given.health(loan, shocked.market()).healthFactor())
                .isEqualTo(Given.health(loan, "ETH 2400", "USDC 1").healthFactor());
    }

    private static Shocks.Outcome in(MarketSnapshot market, String held, Shock... shocks) {
        var assets = Arrays.stream(held.split(" ")).map(Asset::new).collect(Collectors.toSet());
        return new Shocks(List.of(shocks)).in(market, Given.ASSETS, Set.copyOf(assets));
    }

    private static Shocked shocked(MarketSnapshot market, String held, Shock... shocks) {
        return (Shocked) in(market, held, shocks);
    }

    private static Shock group(String asset, String percent) {
        return shock(new Reach.WithGroup(new Asset(asset)), percent);
    }

    private static Shock only(String asset, String percent) {
        return shock(new Reach.Only(new Asset(asset)), percent);
    }

    private static Shock to(String asset, String price) {
        return new Shock(new Reach.WithGroup(new Asset(asset)), new Change.ToPrice(new BigDecimal(price)));
    }

    private static Shock shock(Reach reach, String percent) {
        return new Shock(reach, new Change.ByPercent(new BigDecimal(percent)));
    }

    private static PriceRange price(Shocked shocked, String asset) {
        return shocked.market().range(new Asset(asset));
    }

    private static PriceRange point(String price) {
        return PriceRange.between(new BigDecimal(price), new BigDecimal(price));
    }

    private static Moved moved(Shocked shocked, String asset) {
        return shocked.moved().stream()
                .filter(moved -> moved.asset().symbol().equals(asset))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> symbols(Shocked shocked) {
        return shocked.moved().stream().map(moved -> moved.asset().symbol()).toList();
    }

    private static org.assertj.core.data.Offset<BigDecimal> within() {
        return org.assertj.core.data.Offset.offset(new BigDecimal("0.000001"));
    }
}
