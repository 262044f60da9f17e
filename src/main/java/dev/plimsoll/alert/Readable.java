package dev.plimsoll.alert;

import dev.plimsoll.risk.HealthFactor;
import dev.plimsoll.risk.LiquidationPrice.Direction;
import dev.plimsoll.risk.Shown;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Numbers for people: thousands apart, as many digits as matter, rounded towards danger. */
public final class Readable {
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int AMOUNT_DIGITS = 5;
    private static final BigDecimal LARGE = BigDecimal.valueOf(100);

    private Readable() {}

    /** Two decimals, down: {@code 1.22}. */
    public static String factor(HealthFactor factor) {
        return factor.value().map(Readable::ratio).orElse("infinite");
    }

    /** Two decimals, down: {@code 1.22}. */
    public static String ratio(BigDecimal ratio) {
        return grouped(ratio.setScale(2, RoundingMode.DOWN));
    }

    /** {@code 2,424.25}, towards today's price. */
    static String liquidationPrice(BigDecimal price, Direction direction) {
        return grouped(Shown.price(price, direction));
    }

    /** Five digits, at least cents: {@code 2,981.11}, {@code 0.12346}. */
    public static String price(BigDecimal price) {
        return grouped(price.setScale(Shown.decimals(price), RoundingMode.HALF_EVEN));
    }

    /** One decimal, down: {@code 18.6}. */
    public static String distance(BigDecimal percent) {
        return grouped(percent.setScale(1, RoundingMode.DOWN));
    }

    /** One decimal, up: {@code 67.1}; what is worse the larger it is. */
    static String percentUp(BigDecimal percent) {
        return grouped(percent.setScale(1, RoundingMode.UP));
    }

    /** Two decimals, down: {@code 0.08}; where little is left. */
    static String shortDistance(BigDecimal percent) {
        return grouped(Shown.percentDown(percent));
    }

    /** By how much something may be wrong, in percent; two decimals, up: {@code 0.12}. */
    static String doubt(BigDecimal percent) {
        return grouped(Shown.percentUp(percent));
    }

    /** Whole, down: {@code 2,874}; one decimal below ten. */
    static String bps(BigDecimal bps) {
        return grouped(bps.setScale(bps.compareTo(BigDecimal.TEN) >= 0 ? 0 : 1, RoundingMode.DOWN));
    }

    /** The two largest units of it, down: {@code 2 h 5 min}. */
    public static String duration(Duration duration) {
        var parts = Stream.of(
                        part(duration.toDaysPart(), "d"),
                        part(duration.toHoursPart(), "h"),
                        part(duration.toMinutesPart(), "min"),
                        part(duration.toSecondsPart(), "s"))
                .flatMap(Optional::stream)
                .limit(2)
                .toList();
        return parts.isEmpty() ? "less than a second" : String.join(" ", parts);
    }

    private static Optional<String> part(long number, String unit) {
        return number == 0 ? Optional.empty() : Optional.of(number + " " + unit);
    }

    /** What to repay or add: five digits, up, so that it suffices. Never finer than {@code amount} itself. */
    public static String amount(BigDecimal amount) {
        var decimals = Math.max(2, AMOUNT_DIGITS - (amount.precision() - amount.scale()));
        return grouped(amount.setScale(Math.min(decimals, Math.max(0, amount.scale())), RoundingMode.UP));
    }

    /** What is lost: up, whole dollars once it is a hundred. */
    public static String loss(BigDecimal usd) {
        return grouped(usd.setScale(usd.compareTo(LARGE) >= 0 ? 0 : 2, RoundingMode.UP));
    }

    /** {@code 0.05} as {@code 5}. */
    static String ratioAsPercent(BigDecimal ratio) {
        return ratio.movePointRight(2).stripTrailingZeros().toPlainString();
    }

    static String plain(BigDecimal number) {
        return grouped(number);
    }

    static String minute(Instant instant) {
        return MINUTE.format(instant);
    }

    /** With as many decimals as the number has. By hand: a formatter costs ten times as much, and a text holds many. */
    private static String grouped(BigDecimal number) {
        var plain = number.toPlainString();
        var point = plain.indexOf('.');
        var text = new StringBuilder(plain);
        var sign = number.signum() < 0 ? 1 : 0;
        for (var comma = (point < 0 ? plain.length() : point) - 3; comma > sign; comma -= 3) {
            text.insert(comma, ',');
        }
        return text.toString();
    }
}
