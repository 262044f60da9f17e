package dev.plimsoll.book;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnsTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final int ETH = 0;
    private static final int USDC = 1;

    private final Columns columns = new Columns();

    /** 10 ETH at 0.8 against 16,000 USDC: the health factor is the price of ETH / 2,000. */
    @ParameterizedTest
    @CsvSource({
        "2400, 2400, false",
        "2000, 2000, false", // exactly 1.0, the lower end of the band
        "1999.99, 1999.99, true",
        "3000, 3000, false", // exactly 1.5, the upper end
        "3000.01, 3000.01, true",
        "2400, 2500, false",
        "1990, 2500, true",
        "2400, 3100, true",
        "0, 0, true",
        "0, Infinity, true",
        "2400, Infinity, true",
        "Infinity, Infinity, true",
        "NaN, NaN, true",
        "NaN, 2400, true",
        "2400, NaN, true",
        "-2400, -2400, true"
    })
    void aSlotIsSelectedUnlessBothEndsLieInItsBand(double low, double high, boolean selected) {
        var slot = loan(10 * 0.8, 16_000);
        columns.settle(slot, new Band(1.0, 1.5, Instant.MAX));

        assertThat(scan(low, high, 1, 1, NOON)).isEqualTo(selected ? List.of(slot) : List.of());
    }

    @ParameterizedTest
    @CsvSource({"NaN, NaN", "0, Infinity", "0, 0", "Infinity, Infinity"})
    void debtWithoutAPriceSelects(double low, double high) {
        var slot = loan(10 * 0.8, 16_000);
        columns.settle(slot, new Band(1.0, 1.5, Instant.MAX));

        assertThat(scan(2400, 2400, low, high, NOON)).containsExactly(slot);
    }

    @Test
    void dustWithoutAPriceIsNoReasonWhereNoValueIsTooHigh() {
        var slot = loan(10 * 0.8, 16_000);
        columns.settle(slot, new Band(1.0, Double.POSITIVE_INFINITY, Instant.MAX));

        assertThat(scan(2400, Double.POSITIVE_INFINITY, 1, 1, NOON)).isEmpty();
    }

    @Test
    void aBandThatIsDueSelects() {
        var slot = loan(10 * 0.8, 16_000);
        columns.settle(slot, new Band(1.0, 1.5, NOON.plusSeconds(20)));

        assertThat(scan(2400, 2400, 1, 1, NOON.plusSeconds(19))).isEmpty();
        assertThat(scan(2400, 2400, 1, 1, NOON.plusSeconds(20))).containsExactly(slot);
    }

    @Test
    void aSlotIsSelectedUntilItIsSettledAndNeverWhenItIsFree() {
        var slot = loan(10 * 0.8, 16_000);

        assertThat(scan(2400, 2400, 1, 1, NOON)).containsExactly(slot);
        assertThat(scan(2400, 2400, 1, 1, NOON)).containsExactly(slot);
        columns.release(slot);
        assertThat(scan(Double.NaN, Double.NaN, 1, 1, NOON)).isEmpty();
    }

    @Test
    void aSlotWithoutLegsIsSelectedByTimeAlone() {
        var slot = columns.take();
        columns.put(slot, new Legs(new int[0], new double[0], 0));
        columns.settle(slot, Band.EVERYWHERE.dueAt(NOON.plusSeconds(60)));

        assertThat(scan(0, Double.POSITIVE_INFINITY, Double.NaN, Double.NaN, NOON))
                .isEmpty();
        assertThat(scan(2400, 2400, 1, 1, NOON.plusSeconds(60))).containsExactly(slot);
    }

    /** Slots come, change their size and go, as often as it takes to compact a chunk and to start another. */
    @Property(tries = 20)
    void whatWasPutLastIsWhatIsScanned(@ForAll long seed) {
        var random = new Random(seed);
        var several = new Columns();
        var expected = new TreeMap<Integer, Double>();
        var slots = new ArrayList<Integer>();
        for (var step = 0; step < 60_000; step++) {
            if (slots.size() < 2 || random.nextInt(3) == 0) {
                slots.add(several.take());
            }
            var at = random.nextInt(slots.size());
            int slot = slots.get(at);
            if (random.nextInt(8) == 0) {
                several.release(slot);
                expected.remove(slot);
                slots.remove(at);
            } else {
                expected.put(slot, put(several, slot, random));
            }
        }
        var limit = 1.0;

        expected.forEach(
                (slot, factor) -> several.settle(slot, new Band(limit, Double.POSITIVE_INFINITY, Instant.MAX)));

        var below = expected.entrySet().stream()
                .filter(entry -> entry.getValue() < limit)
                .map(Map.Entry::getKey)
                .toList();
        assertThat(list(several.scan(prices(1, 1, 1, 1), NOON))).isEqualTo(below);
    }

    private static double put(Columns columns, int slot, Random random) {
        var collateral = 1 + random.nextInt(4);
        var debt = 1 + random.nextInt(4);
        var amounts = random.doubles(collateral + debt, 0.1, 10).toArray();
        columns.put(slot, new Legs(new int[collateral + debt], amounts, collateral));
        return IntStream.range(0, collateral).mapToDouble(leg -> amounts[leg]).sum()
                / IntStream.range(collateral, collateral + debt)
                        .mapToDouble(leg -> amounts[leg])
                        .sum();
    }

    private int loan(double collateral, double debt) {
        var slot = columns.take();
        columns.put(slot, new Legs(new int[] {ETH, USDC}, new double[] {collateral, debt}, 1));
        return slot;
    }

    private List<Integer> scan(double ethLow, double ethHigh, double usdcLow, double usdcHigh, Instant now) {
        return list(columns.scan(prices(ethLow, ethHigh, usdcLow, usdcHigh), now));
    }

    private static FactorPrices prices(double ethLow, double ethHigh, double usdcLow, double usdcHigh) {
        var prices = new FactorPrices(2);
        prices.set(ETH, ethLow, ethHigh);
        prices.set(USDC, usdcLow, usdcHigh);
        return prices;
    }

    private static List<Integer> list(Slots slots) {
        return IntStream.range(0, slots.size()).mapToObj(slots::get).toList();
    }
}
