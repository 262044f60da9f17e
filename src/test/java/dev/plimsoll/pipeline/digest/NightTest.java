package dev.plimsoll.pipeline.digest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.alert.AlertReviewStore.Review;
import dev.plimsoll.delivery.ChannelTroubleStore.TroubledChannel;
import dev.plimsoll.delivery.RegisteredChannel.State;
import dev.plimsoll.market.Extremes;
import dev.plimsoll.market.MarketSnapshot;
import dev.plimsoll.market.PriceMinute.Believed;
import dev.plimsoll.market.PriceSpan;
import dev.plimsoll.pipeline.digest.Occasion.Bedtime;
import dev.plimsoll.position.Position;
import dev.plimsoll.risk.Given;
import dev.plimsoll.risk.Loan;
import dev.plimsoll.unit.Asset;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the check before going to bed says, and what it never leaves unsaid. */
class NightTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Instant DUE = Instant.parse("2026-11-21T21:30:00Z");
    private static final Loan NEAR = Given.loan("10 ETH 0.8", "22500 USDC");
    private static final Loan FAR = Given.loan("10 ETH 0.8", "9000 USDC");
    private static final Bedtime BEDTIME =
            new Bedtime(LocalTime.of(22, 30), Bedtime.USUAL_SLEEP, Bedtime.USUALLY_ACCEPTABLE);

    @Test
    void saysTheChanceAndTheLeastPaymentThatBringsItDown() {
        assertThat(text(DUE, calm("0.0015"), Map.of(), "ETH loan", NEAR))
                .isEqualTo("ETH loan, 6.2 % from liquidation, 8 hours asleep: 5 % chance of touching liquidation; repay"
                        + " 960.27 USDC and it is 0.1 %. As of 22:30. An estimate from how prices move now, or usually do"
                        + " where that is wilder: the days before are not known yet; a sudden crash is not in it.");
    }

    @Test
    void theWorstComesFirst() {
        var text = new NightText(
                        night(DUE, calm("0.0015"), Map.of(), List.of(), position("far", FAR), position("near", NEAR)))
                .text();

        assertThat(text.happened())
                .startsWith("near, ")
                .contains(" far, 62.5 % from liquidation, 8 hours asleep: 0.01 %");
    }

    @Test
    void aCalmEveningDoesNotMakeUpForAWildWeek() {
        var calm = night(DUE, calm("0.0001"), Map.of(), List.of(), position("ETH loan", NEAR));
        var wildWeek = Map.of(
                new Asset("ETH"), hours(hour -> hour % 2 == 0 ? "3000" : "3300"),
                new Asset("USDC"), hours(hour -> "1"));

        var after = night(DUE, calm("0.0001"), wildWeek, List.of(), position("ETH loan", NEAR));

        assertThat(chance(after)).isGreaterThan(new BigDecimal("0.5"));
        assertThat(chance(calm)).isBetween(new BigDecimal("0.0002"), new BigDecimal("0.001"));
        assertThat(new NightText(after).text().plain()).contains("in the last 7 days");
    }

    @Test
    void beforeAnythingIsMeasuredNobodyCanTellAndItSaysSo() {
        assertThat(text(DUE, Given.market("ETH 3000", "USDC 1"), Map.of(), "ETH loan", FAR))
                .startsWith("ETH loan: I cannot say what a night may bring, as it is not known yet how wildly ETH, USDC"
                        + " moves. Health factor now: 2.66.");
    }

    @Test
    void whatCannotBeJudgedIsSaidFirst() {
        var market = moving(Given.market("ETH 3000", "USDC 1", "LINK ?"), "0.0015");
        var link = Given.loan("100 LINK 0.7", "500 USDC");

        var text = new NightText(
                        night(DUE, market, Map.of(), List.of(), position("near", NEAR), position("link", link)))
                .text();

        assertThat(text.happened())
                .startsWith("link: I cannot judge it now (no believable price of LINK")
                .contains("near, 6.2 % from liquidation");
    }

    @Test
    void aNightThatIsOverIsNotPretendedToLieAhead() {
        assertThat(text(DUE.plus(Duration.ofHours(9)), calm("0.0015"), Map.of(), "ETH loan", NEAR))
                .isEqualTo(
                        "Late: due Sat 21 Nov, 22:30, as of Sun 22 Nov, 07:30. That night was not looked at before it was"
                                + " over. Lowest health factor now: 1.06. As of 07:30.");
    }

    @Test
    void aLateCheckIsAboutTheRestOfTheNight() {
        assertThat(text(DUE.plus(Duration.ofMinutes(150)), calm("0.0015"), Map.of(), "ETH loan", NEAR))
                .contains(", 5 h 30 min asleep: ");
    }

    @Test
    void whoOwesNothingIsToldThat() {
        var held = Given.loan(List.of("10 ETH 0.8"), List.of());

        assertThat(text(DUE, calm("0.0015"), Map.of(), "ETH", held))
                .isEqualTo("Nothing that is watched owes anything, so nothing can be liquidated while you sleep."
                        + " As of 22:30.");
    }

    @Test
    void aChannelThatWouldNotReachAnybodyIsNamedBeforeTheLightGoesOut() {
        var phone = new TroubledChannel(
                UUID.randomUUID(),
                "phone",
                "telegram",
                State.DISABLED,
                Optional.of("The bot was blocked."),
                Optional.empty());

        var text =
                new NightText(night(DUE, calm("0.0015"), Map.of(), List.of(phone), position("ETH loan", FAR))).text();

        assertThat(text.remedy()).contains("Channels in trouble: phone (telegram) is disabled: The bot was blocked.");
    }

    private static BigDecimal chance(Night night) {
        return ((Night.Prospect.Told) night.prospects().getFirst()).chance();
    }

    private static String text(
            Instant now, MarketSnapshot market, Map<Asset, List<PriceSpan>> hours, String name, Loan loan) {
        return new NightText(night(now, market, hours, List.of(), position(name, loan)))
                .text()
                .plain();
    }

    private static Night night(
            Instant now,
            MarketSnapshot market,
            Map<Asset, List<PriceSpan>> hours,
            List<TroubledChannel> channels,
            Position... positions) {
        var digest = new DigestDraft(BEDTIME, Optional.empty()).unstored(new UUID(0, 1), DUE);
        var edition = new Edition(digest, BERLIN, LocalDate.parse("2026-11-21"), DUE, now, DUE, List.of());
        var survey = new Survey(edition, List.of(positions), Review.NONE, channels, Wakefulness.UNTRIED);
        return Night.of(BEDTIME, survey, market, hours, Given.ASSETS);
    }

    private static MarketSnapshot calm(String deviation) {
        return moving(Given.market("ETH 3000", "USDC 1"), deviation);
    }

    private static MarketSnapshot moving(MarketSnapshot market, String deviation) {
        return market.moving(
                Map.of(new Asset("ETH"), new BigDecimal(deviation), new Asset("USDC"), new BigDecimal("0.00001")));
    }

    private interface Path {
        String at(int hour);
    }

    private static List<PriceSpan> hours(Path path) {
        return IntStream.range(0, 168)
                .mapToObj(hour -> {
                    var price = new BigDecimal(path.at(hour));
                    return new PriceSpan(
                            new Asset("ETH"),
                            DUE.minus(Duration.ofHours(168 - hour)),
                            Duration.ofHours(1),
                            new Believed(new Extremes(price, price, price, price), price));
                })
                .toList();
    }

    private static Position position(String name, Loan loan) {
        return new Position(
                UUID.nameUUIDFromBytes(name.getBytes()),
                new UUID(0, 1),
                Optional.empty(),
                name,
                Map.of(),
                loan,
                Optional.empty(),
                Given.NOON,
                Given.NOON,
                1);
    }
}
