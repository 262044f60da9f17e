package dev.plimsoll.api.page;

import dev.plimsoll.risk.Shown;
import dev.plimsoll.unit.PriceRange;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** How figures read on a page. Ranges are rounded outwards, ages up: nothing looks surer or younger than it is. */
final class Words {
    /** Where there is nothing to show. */
    static final String NOTHING = "–";

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);

    private Words() {}

    /** In US dollars: a point, or from its lower to its upper end. */
    static String price(PriceRange range) {
        if (range.high().isEmpty()) {
            return NOTHING;
        }
        var high = range.high().get();
        return range.isPoint()
                ? number(range.low(), RoundingMode.HALF_EVEN)
                : number(range.low(), RoundingMode.FLOOR) + " to " + number(high, RoundingMode.CEILING);
    }

    static String time(Instant instant) {
        return TIME.format(instant);
    }

    static String bps(BigDecimal bps) {
        return bps.setScale(0, RoundingMode.UP).toPlainString() + " bps";
    }

    static String signedBps(BigDecimal bps) {
        var whole = bps.setScale(0, RoundingMode.UP);
        return (whole.signum() > 0 ? "+" : "") + whole.toPlainString().replace('-', '−') + " bps";
    }

    /** {@code 8 s}, {@code 4 min 10 s}, {@code 2 h 5 min}. */
    static String span(Duration span) {
        var whole = span.plusNanos(999_999_999).toSeconds();
        var time = Duration.ofSeconds(whole);
        if (time.toHours() > 0) {
            return time.toHours() + " h" + part(time.toMinutesPart(), " min");
        }
        return time.toMinutes() > 0 ? time.toMinutes() + " min" + part(time.toSecondsPart(), " s") : whole + " s";
    }

    static String millis(Duration span) {
        return span.toMillis() + " ms";
    }

    static String percent(double ratio) {
        return Math.round(ratio * 100) + " %";
    }

    static String or(Optional<String> text) {
        return text.orElse(NOTHING);
    }

    static String capital(String word) {
        var spaced = word.replace('-', ' ');
        return spaced.substring(0, 1).toUpperCase(Locale.ROOT) + spaced.substring(1);
    }

    private static String part(int number, String unit) {
        return number == 0 ? "" : " " + number + unit;
    }

    private static String number(BigDecimal number, RoundingMode rounding) {
        var format = new DecimalFormat("#,##0", DecimalFormatSymbols.getInstance(Locale.ROOT));
        format.setMinimumFractionDigits(2);
        format.setMaximumFractionDigits(Shown.decimals(number));
        format.setRoundingMode(rounding);
        return format.format(number);
    }
}
