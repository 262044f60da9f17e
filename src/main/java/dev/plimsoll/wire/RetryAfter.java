package dev.plimsoll.wire;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads {@code Retry-After}: seconds, also with a fraction, or one of the three dates of HTTP. Bounded to 1 s..1 h, so
 * that neither a huge nor a negative wish silences or floods the other side; garbage counts as absent.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#field.retry-after">RFC 9110, 10.2.3 and 5.6.7</a>
 */
public final class RetryAfter {
    private static final Duration LEAST = Duration.ofSeconds(1);
    private static final Duration MOST = Duration.ofHours(1);
    private static final int MAX_CHARACTERS = 64;
    private static final List<DateTimeFormatter> DATES = List.of(
            DateTimeFormatter.RFC_1123_DATE_TIME,
            new DateTimeFormatterBuilder()
                    .appendPattern("EEEE, dd-MMM-")
                    .appendValueReduced(ChronoField.YEAR, 2, 2, 2000)
                    .appendPattern(" HH:mm:ss 'GMT'")
                    .toFormatter(Locale.ENGLISH)
                    .withZone(ZoneOffset.UTC),
            DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ENGLISH)
                    .withZone(ZoneOffset.UTC));

    private RetryAfter() {}

    /** @param now what a date is counted from */
    public static Optional<Duration> parse(String header, Instant now) {
        var text = header.strip();
        if (text.length() > MAX_CHARACTERS) {
            return Optional.empty();
        }
        return seconds(text).or(() -> date(text, now)).map(RetryAfter::bounded);
    }

    private static Optional<Duration> seconds(String text) {
        if (!text.matches("[+-]?\\d+(\\.\\d+)?")) {
            return Optional.empty();
        }
        var seconds = new BigDecimal(text)
                .setScale(0, RoundingMode.CEILING)
                .min(BigDecimal.valueOf(MOST.toSeconds()))
                .max(BigDecimal.ZERO);
        return Optional.of(Duration.ofSeconds(seconds.longValueExact()));
    }

    private static Optional<Duration> date(String text, Instant now) {
        return DATES.stream()
                .flatMap(format -> date(text, format))
                .findFirst()
                .map(date -> Duration.between(now, date));
    }

    private static Stream<Instant> date(String text, DateTimeFormatter format) {
        try {
            return Stream.of(format.parse(text, ZonedDateTime::from).toInstant());
        } catch (DateTimeException notThisForm) {
            return Stream.empty();
        }
    }

    private static Duration bounded(Duration wish) {
        return wish.compareTo(LEAST) < 0 ? LEAST : wish.compareTo(MOST) > 0 ? MOST : wish;
    }
}
