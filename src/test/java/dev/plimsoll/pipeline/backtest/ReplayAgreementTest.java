package dev.plimsoll.pipeline.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.position.Position;
import dev.plimsoll.risk.Given;
import dev.plimsoll.rule.Condition;
import dev.plimsoll.rule.DefaultRules;
import dev.plimsoll.rule.RuleJson;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.AssetRegistry;
import dev.plimsoll.unit.Assets;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * What {@code ops.demo.CrashReplayTest} sees of a whole Plimsoll on five venues, told by a backtest on one. Each tick of that
 * replay is a minute, or twelve seconds, after the end of the bar that counts here, because the venues are some seconds late.
 */
class ReplayAgreementTest {
    private static final AssetRegistry ASSETS = Assets.registry();
    private static final UUID ADA = new UUID(1, 1);
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("MM-dd HH:mm").withZone(ZoneOffset.UTC);

    /** The replay: the same minute by minute, until the watch sees a close below 1, at 02:11. */
    @Test
    void theTariffCrashOfFebruary2025() {
        var stories = stories("2025-02-03", "2025-02-02T19:55:00Z");

        assertThat(told(stories))
                .containsExactly(
                        "02-02 22:45 warning alert.firing crossed",
                        "02-03 01:55 critical alert.firing crossed",
                        "02-03 01:55 warning alert.worsened worsened",
                        "02-03 02:00 critical alert.worsened worsened",
                        "02-03 02:00 warning alert.worsened worsened");
        assertThat(liquidated(stories)).containsOnly(Instant.parse("2025-02-03T01:55:00Z"));
    }

    /**
     * The replay: critical at 11:32 and worsened at 12:44 for the first time, both a minute later than here. One of its five
     * venues then still shows the minute before, and a level fires when no venue contradicts it.
     */
    @Test
    void theCrashOfMay2021() {
        var stories = stories("2021-05-19", "2021-05-19T10:59:00Z");

        assertThat(told(stories))
                .containsExactly(
                        "05-19 11:03 warning alert.firing crossed",
                        "05-19 11:31 critical alert.firing crossed",
                        "05-19 11:31 warning alert.worsened worsened",
                        "05-19 11:32 critical alert.worsened worsened",
                        "05-19 11:32 warning alert.worsened worsened",
                        "05-19 11:42 critical alert.resolved recovered",
                        "05-19 12:33 critical alert.firing crossed",
                        "05-19 12:43 critical alert.worsened worsened",
                        "05-19 12:45 critical alert.worsened worsened",
                        "05-19 12:45 warning alert.worsened worsened");
        assertThat(liquidated(stories)).containsOnly(Instant.parse("2021-05-19T12:45:00Z"));
    }

    /** Of the demo's ETH loan under the rules every account starts with. */
    private static List<Story> stories(String crash, String from) {
        var since = Instant.parse(from);
        var loan = Given.loan("10 ETH 0.825", "20000 USDC");
        var position = new Position(
                new UUID(1, 2), ADA, Optional.empty(), "ETH loan", Map.of(), loan, Optional.empty(), since, since, 1);
        var prices = prices(crash, since.getEpochSecond(), loan.assets());
        return DefaultRules.of(ADA, since).stream()
                .filter(rule -> rule.condition() instanceof Condition.LiquidationDistance)
                .flatMap(rule -> new Backtest(rule, List.of(position), prices, ASSETS).run().stream())
                .toList();
    }

    private static List<String> told(List<Story> stories) {
        return stories.stream()
                .flatMap(story -> story.told().stream())
                .map(ReplayAgreementTest::line)
                .sorted()
                .toList();
    }

    private static List<Instant> liquidated(List<Story> stories) {
        return stories.stream().map(story -> story.sunk().orElseThrow().at()).toList();
    }

    private static PastPrices prices(String crash, long from, Set<Asset> assets) {
        var listings = Crashes.read().named(crash).orElseThrow().listings();
        var prices = new HashMap<Asset, PastPrice>();
        assets.forEach(asset -> prices.put(
                asset,
                Optional.ofNullable(listings.get(asset))
                        .<PastPrice>map(listing -> PastPrice.Moved.of(listing.bars().stream()
                                .filter(bar -> bar.from() >= from)
                                .toList()))
                        .orElseGet(() -> new PastPrice.Held(BigDecimal.ONE))));
        return new PastPrices(prices);
    }

    private static String line(Told told) {
        var transition = told.transition();
        return String.join(
                " ",
                MINUTE.format(transition.at()),
                RuleJson.word(transition.severity()),
                transition.type(),
                transition.reason());
    }
}
