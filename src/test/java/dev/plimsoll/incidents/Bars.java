package dev.plimsoll.incidents;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The bars of {@code src/test/resources/venues}, as its README says. */
final class Bars {
    private Bars() {}

    /**
     * One bar of one venue.
     *
     * @param end  when its close is known
     * @param pair as the venue writes it: {@code ETH/USDT:USDT} is a perpetual swap
     */
    record Bar(Instant end, String venue, String pair, BigDecimal high, BigDecimal low, String close) {

        String asset() {
            return pair.substring(0, pair.indexOf('/'));
        }

        boolean isInUsdt() {
            return pair.contains("/USDT");
        }

        BigDecimal last() {
            return new BigDecimal(close);
        }
    }

    /** In the order of their times. */
    static List<Bar> read(String window, Duration length) {
        try (var in = Bars.class.getResourceAsStream("/venues/" + window + ".csv");
                var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return lines.lines()
                    .skip(1)
                    .map(line -> line.split(","))
                    .map(cells -> bar(cells, length))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the bars of " + window, e);
        }
    }

    private static Bar bar(String[] cells, Duration length) {
        return new Bar(
                Instant.parse(cells[0]).plus(length),
                cells[1],
                cells[2],
                new BigDecimal(cells[3]),
                new BigDecimal(cells[4]),
                cells[5]);
    }
}
