package dev.plimsoll.market;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.market.MarketDay.Divergence;
import dev.plimsoll.market.MarketDay.Prices;
import dev.plimsoll.market.PriceMinute.Believed;
import dev.plimsoll.unit.Asset;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MarketDayTest {
    private static final Asset ETH = new Asset("ETH");

    private final Trail trail = new Trail();

    @Test
    void aDayIsTheLast24HoursInMinutesThatAreOver() {
        minute("2026-03-01T12:06:00Z", "1", Map.of());
        minute("2026-03-01T12:07:00Z", "2900", Map.of());
        minute("2026-03-02T03:00:00Z", "3300", Map.of());
        minute("2026-03-02T04:00:00Z", "2800", Map.of());
        minute("2026-03-02T12:06:00Z", "3000", Map.of());
        minute("2026-03-02T12:07:00Z", "9999", Map.of());

        var day = day("2026-03-02T12:07:59Z");

        assertThat(day.from()).isEqualTo("2026-03-01T12:07:00Z");
        assertThat(day.to()).isEqualTo("2026-03-02T12:07:00Z");
        assertThat(day.prices())
                .contains(new Prices(
                        new BigDecimal("2800"),
                        new BigDecimal("3300"),
                        new BigDecimal("2900"),
                        new BigDecimal("3000")));
    }

    @Test
    void itSaysHowFarEachSourceWasAndWhen() {
        minute("2026-03-02T03:00:00Z", "3000", Map.of("kraken", 12, "coinbase", -3));
        minute("2026-03-02T03:01:00Z", "3000", Map.of("kraken", -40));
        minute("2026-03-02T03:02:00Z", "3000", Map.of("kraken", 40));

        var day = day("2026-03-02T12:00:00Z");

        assertThat(day.sources())
                .containsExactly(
                        new Divergence("coinbase", Instant.parse("2026-03-02T03:00:00Z"), -3),
                        new Divergence("kraken", Instant.parse("2026-03-02T03:01:00Z"), -40));
        assertThat(day.farthestBps()).isEqualTo(40);
    }

    @Test
    void itHasTheFarthestSourceOfEveryQuarterOfAnHour() {
        minute("2026-03-02T03:00:00Z", "3000", Map.of("kraken", 12, "coinbase", -3));
        minute("2026-03-02T03:14:00Z", "3000", Map.of("coinbase", -60));
        minute("2026-03-02T03:15:00Z", "3000", Map.of("kraken", 7));

        assertThat(day("2026-03-02T12:00:00Z").points())
                .containsExactly(
                        new Divergence("coinbase", Instant.parse("2026-03-02T03:00:00Z"), -60),
                        new Divergence("kraken", Instant.parse("2026-03-02T03:15:00Z"), 7));
    }

    @Test
    void aDayOfWhichNothingIsKnownSaysSo() {
        var day = day("2026-03-02T12:00:00Z");

        assertThat(day.prices()).isEmpty();
        assertThat(MarketDayJson.prices(day).fieldNames()).containsExactly("from", "to");
        assertThat(MarketDayJson.divergence(day)).isEqualTo(new JsonObject("""
                        {"from":"2026-03-01T12:00:00Z","to":"2026-03-02T12:00:00Z","step":"PT15M","maxBps":0,
                         "sources":[],"points":[]}"""));
    }

    @Test
    void aFullDayOfTenSourcesIsBelow10Kilobytes() {
        var said = IntStream.range(0, 10)
                .mapToObj(number -> "a-long-source-" + number)
                .collect(Collectors.toMap(Function.identity(), name -> -12345));
        var noon = Instant.parse("2026-03-02T12:00:00Z");
        IntStream.rangeClosed(1, 1440)
                .forEach(minute -> minute(noon.minusSeconds(60L * minute).toString(), "3000", said));

        assertThat(MarketDayJson.divergence(day(noon.toString())).toBuffer().length())
                .isBetween(5_000, 10_000);
    }

    private MarketDay day(String now) {
        return MarketDay.before(Instant.parse(now), trail, ETH);
    }

    private void minute(String at, String usd, Map<String, Integer> divergenceBps) {
        var price = new BigDecimal(usd);
        var believed = new Believed(new Extremes(price, price, price, price), price);
        trail.restore(List.of(new PriceMinute(ETH, Instant.parse(at), Optional.of(believed), divergenceBps)));
    }
}
