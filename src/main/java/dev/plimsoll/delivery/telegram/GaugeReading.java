package dev.plimsoll.delivery.telegram;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/**
 * How all positions of an account stand.
 *
 * @param positions how many there are
 * @param lowest    of those that are judged and owe something
 * @param unseen    how many cannot be judged
 * @param why       one of them cannot, as a sentence
 * @param asOf      of the market they were judged in, by the watch's clock; empty before the first
 * @param late      how long ago that is, where it is longer than it should be
 */
public record GaugeReading(
        int positions,
        Optional<Lowest> lowest,
        int unseen,
        Optional<String> why,
        Optional<Instant> asOf,
        Optional<Duration> late) {
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
    private static final BigDecimal NEAR = new BigDecimal("1.1");
    private static final BigDecimal CLOSE = new BigDecimal("1.3");

    /** @param healthFactor on the price the protocol liquidates on */
    public record Lowest(BigDecimal healthFactor, String position) {}

    /** Whether nothing, or not everything, is seen. */
    public boolean isBlind() {
        return asOf.isEmpty() || late.isPresent() || unseen > 0;
    }

    /** What matters, without the time. */
    public String figures() {
        return headline().plain() + (isBlind() ? "\n" + blindness() : "");
    }

    RichText text(ZoneId zone) {
        var seen = RichText.plain(
                "\n" + positions + (positions == 1 ? " position" : " positions") + ", as of " + clock(zone));
        var text = headline().plus(seen);
        return isBlind() ? RichText.bold("⛔ " + blindness()).plus("\n").plus(text) : text;
    }

    private RichText headline() {
        return lowest.map(found -> RichText.plain(mark(found.healthFactor()) + " ")
                        .plus(RichText.bold("Health factor " + shown(found.healthFactor())))
                        .plus(" lowest: " + found.position()))
                .orElseGet(() -> RichText.plain(
                        positions == unseen && positions > 0 ? "Health factor unknown" : "🟢 Nothing is owed"));
    }

    private String blindness() {
        return late.map(age -> "I cannot see: no prices for " + Math.max(1, age.toMinutes()) + " min")
                .orElseGet(() -> asOf.isEmpty()
                        ? "I cannot see: no prices yet"
                        : "I cannot judge " + unseen + " of " + positions
                                + why.map(words -> ": " + words).orElse(""));
    }

    private String clock(ZoneId zone) {
        return asOf.map(MINUTE.withZone(zone)::format).orElse("never");
    }

    /** Two decimals, down. */
    private static String shown(BigDecimal healthFactor) {
        return healthFactor.setScale(2, RoundingMode.DOWN).toPlainString();
    }

    private static String mark(BigDecimal healthFactor) {
        if (healthFactor.compareTo(NEAR) < 0) {
            return "🔴";
        }
        return healthFactor.compareTo(CLOSE) < 0 ? "🟠" : "🟢";
    }
}
