package dev.plimsoll.chat;

import dev.plimsoll.pipeline.digest.Occasion;
import dev.plimsoll.pipeline.digest.Occasion.Bedtime;
import dev.plimsoll.pipeline.digest.Occasion.Daily;
import dev.plimsoll.pipeline.digest.Occasion.Weekly;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.format.TextStyle;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** A digest as people type it: {@code daily 08:00}, {@code weekly monday 8}, {@code bedtime 10:30pm}. */
final class DigestWords {
    private static final LocalTime MORNING = LocalTime.of(8, 0);
    private static final LocalTime BEDTIME = LocalTime.of(22, 30);
    private static final Pattern TIME = Pattern.compile("([0-9]{1,2})(?:[:.]([0-9]{2}))?(am|pm)?");
    private static final int SHORTEST_DAY = 2;
    private static final int NOON = 12;
    private static final int LAST_MINUTE = 59;
    private static final int LAST_HOUR = 23;

    private DigestWords() {}

    sealed interface Typed {}

    record Understood(Occasion occasion) implements Typed {}

    /** @param why a sentence */
    record NotUnderstood(String why) implements Typed {}

    static Typed read(String words) {
        var parts = Arrays.asList(words.strip().toLowerCase(Locale.ROOT).split("\\s+"));
        var rest = parts.subList(1, parts.size());
        return switch (parts.getFirst()) {
            case "daily" -> time(rest, MORNING, Daily::new);
            case "weekly" -> weekly(rest);
            case "bedtime" ->
                time(rest, BEDTIME, at -> new Bedtime(at, Bedtime.USUAL_SLEEP, Bedtime.USUALLY_ACCEPTABLE));
            default -> new NotUnderstood("A digest is daily, weekly or bedtime.");
        };
    }

    private static Typed weekly(List<String> words) {
        if (words.isEmpty()) {
            return new Understood(new Weekly(MORNING, DayOfWeek.MONDAY));
        }
        var named = day(words.getFirst());
        if (named.isEmpty() && !startsWithDigit(words.getFirst())) {
            return new NotUnderstood("I need a day of the week, such as monday.");
        }
        var rest = named.isPresent() ? words.subList(1, words.size()) : words;
        return time(rest, MORNING, at -> new Weekly(at, named.orElse(DayOfWeek.MONDAY)));
    }

    private static boolean startsWithDigit(String word) {
        return Character.isDigit(word.codePointAt(0));
    }

    private static Optional<DayOfWeek> day(String word) {
        return Arrays.stream(DayOfWeek.values())
                .filter(day -> word.length() >= SHORTEST_DAY
                        && day.name().toLowerCase(Locale.ROOT).startsWith(word))
                .findFirst();
    }

    private static Typed time(List<String> words, LocalTime usual, Function<LocalTime, Occasion> at) {
        var typed = String.join("", words);
        var time = typed.isEmpty() ? Optional.of(usual) : time(typed);
        return time.<Typed>map(known -> new Understood(at.apply(known)))
                .orElseGet(() -> new NotUnderstood("I need a time of day, such as 08:00 or 22:30."));
    }

    private static Optional<LocalTime> time(String typed) {
        var found = TIME.matcher(typed);
        if (!found.matches()) {
            return Optional.empty();
        }
        var hour = Integer.parseInt(found.group(1));
        var minute = Optional.ofNullable(found.group(2)).map(Integer::parseInt).orElse(0);
        var half = Optional.ofNullable(found.group(3));
        if (minute > LAST_MINUTE || hour > LAST_HOUR || half.isPresent() && (hour < 1 || hour > NOON)) {
            return Optional.empty();
        }
        return Optional.of(LocalTime.of(
                half.map(which -> hour % NOON + (which.equals("pm") ? NOON : 0)).orElse(hour), minute));
    }

    /** {@code weekly on Monday at 08:00}, {@code bedtime check at 22:30}. */
    static String shown(Occasion occasion) {
        return switch (occasion) {
            case Daily(var at) -> "daily at " + at;
            case Weekly(var at, var day) ->
                "weekly on " + day.getDisplayName(TextStyle.FULL, Locale.ENGLISH) + " at " + at;
            case Bedtime night -> "bedtime check at " + night.at();
        };
    }
}
