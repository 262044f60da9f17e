package dev.plimsoll.api.form;

import dev.plimsoll.unit.Decimals;
import dev.plimsoll.unit.Nearest;
import dev.plimsoll.unit.Printable;
import dev.plimsoll.unit.SecretShape;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** The readers of every kind of value a request may hold. */
public final class Readers {
    private static final int MAX_KEY = 100;
    private static final int MAX_LABELS = 20;
    private static final String UUID_FORM =
            "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}";

    private Readers() {}

    /** What a person wrote on one line: stripped, 1 to {@code max} characters, nothing invisible, no private key or seed phrase. */
    public static Reader<String> text(int max) {
        return printable(max, false)
                .where(
                        text -> !SecretShape.matches(text),
                        "This looks like a private key or a seed phrase. We never need"
                                + " one: keep it to yourself, and consider it exposed if you sent it to anybody.");
    }

    /** As {@link #text}, but lines may break. */
    public static Reader<String> paragraph(int max) {
        return printable(max, true)
                .where(
                        text -> !SecretShape.matches(text),
                        "This looks like a private key or a seed phrase. We never need"
                                + " one: keep it to yourself, and consider it exposed if you sent it to anybody.");
    }

    /** A code, token or address for machines: printable ASCII without spaces; may look like a secret, as some addresses do. */
    public static Reader<String> token(int max) {
        return string("a string")
                .where(text -> text.matches("[!-~]+"), "Only visible ASCII characters without spaces can stand here.")
                .where(text -> text.length() <= max, "At most " + max + " characters.");
    }

    private static Reader<String> printable(int max, boolean lines) {
        return string("a string")
                .map(String::strip)
                .where(text -> !text.isEmpty(), "This must not be empty.")
                .where(text -> text.codePointCount(0, text.length()) <= max, "At most " + max + " characters.")
                .where(
                        text -> text.codePoints().allMatch(c -> Printable.prints(c) || (lines && c == '\n')),
                        "Control characters and other invisible characters cannot stand here.");
    }

    private static Reader<String> string(String expected) {
        return value -> value.json() instanceof Json.Text text ? Optional.of(text.value()) : value.expected(expected);
    }

    public static Reader<Boolean> flag() {
        return value ->
                value.json() instanceof Json.Flag flag ? Optional.of(flag.value()) : value.expected("true or false");
    }

    /** A decimal, as a string or a number; at most 60 digits and an exponent within ±40. */
    public static Reader<BigDecimal> decimal() {
        return value -> value.json() instanceof Json.Num number
                ? decimal(number.literal(), value)
                : value.json() instanceof Json.Text text ? decimal(text.value(), value) : value.expected("a decimal");
    }

    private static Optional<BigDecimal> decimal(String text, Value value) {
        return Decimals.parse(text)
                .or(() -> value.refuse(
                        "Expected a decimal such as \"1.25\", of at most 60 digits and an exponent within ±40."));
    }

    public static Reader<BigDecimal> positive() {
        return decimal().where(number -> number.signum() > 0, "This must be more than 0.");
    }

    public static Reader<BigDecimal> notNegative() {
        return decimal().where(number -> number.signum() >= 0, "This must be 0 or more.");
    }

    /** A whole number from min to max, both included. */
    public static Reader<Integer> whole(int min, int max) {
        var range = "Expected a whole number from " + min + " to " + max + ".";
        return decimal()
                .where(number -> number.stripTrailingZeros().scale() <= 0, range)
                .where(number -> number.compareTo(BigDecimal.valueOf(min)) >= 0, range)
                .where(number -> number.compareTo(BigDecimal.valueOf(max)) <= 0, range)
                .map(BigDecimal::intValueExact);
    }

    /** An ISO-8601 duration of at least 0 and at most {@code max}. */
    public static Reader<Duration> duration(Duration max) {
        return string("a duration such as \"PT30S\"")
                .find(
                        Readers::parseDuration,
                        text -> "Expected an ISO-8601 duration such as \"PT30S\", \"PT5M\" or \"P1D\".")
                .where(duration -> !duration.isNegative(), "A duration must not be negative.")
                .where(duration -> duration.compareTo(max) <= 0, "At most " + words(max) + ".");
    }

    private static String words(Duration most) {
        return most.toHours() < 48 ? most.toHours() + " hours" : most.toDays() + " days";
    }

    private static Optional<Duration> parseDuration(String text) {
        try {
            return text.length() <= 40 ? Optional.of(Duration.parse(text)) : Optional.empty();
        } catch (DateTimeException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    /** An RFC 3339 instant with its offset, in the years 1970 to 9999. */
    public static Reader<Instant> instant() {
        return string("a time such as \"2026-11-21T10:00:00Z\"")
                .find(Readers::parseInstant, text -> "Expected an RFC 3339 time such as \"2026-11-21T10:00:00Z\".");
    }

    private static Optional<Instant> parseInstant(String text) {
        try {
            return Optional.of(text)
                    .filter(t -> t.length() <= 40)
                    .map(OffsetDateTime::parse)
                    .filter(time -> time.getYear() >= 1970 && time.getYear() <= 9999)
                    .map(OffsetDateTime::toInstant);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** A time of day to the minute, from 00:00 to 23:59. */
    public static Reader<LocalTime> timeOfDay() {
        return string("a time of day such as \"22:00\"")
                .where(
                        text -> text.matches("([01]\\d|2[0-3]):[0-5]\\d"),
                        "Expected a time of day from \"00:00\" to \"23:59\", such as \"22:00\".")
                .map(LocalTime::parse);
    }

    public static Reader<UUID> uuid() {
        return string("an id")
                .where(text -> text.matches(UUID_FORM), "Expected an id, which is a UUID.")
                .map(UUID::fromString);
    }

    /** One of an enum's constants, written as the API writes them: {@code health-factor}. */
    public static <E extends Enum<E>> Reader<E> oneOf(Class<E> type) {
        var words = Arrays.stream(type.getEnumConstants()).map(Readers::word).toList();
        return oneOf(words).map(word -> type.getEnumConstants()[words.indexOf(word)]);
    }

    public static Reader<String> oneOf(List<String> words) {
        var all = "one of '" + String.join("', '", words) + "'";
        return string(all)
                .find(
                        text -> words.stream().filter(text::equals).findFirst(),
                        text -> "Expected " + all
                                + Nearest.to(text, words)
                                        .map(near -> ": did you mean '" + near + "'?")
                                        .orElse("."));
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** A client-chosen key. */
    public static Reader<String> key() {
        return string("a string")
                .where(
                        text -> text.matches("[A-Za-z0-9._:-]{1," + MAX_KEY + "}"),
                        "A key has 1 to " + MAX_KEY + " letters, digits, '.', '_', ':' or '-'.")
                .where(text -> !SecretShape.matches(text), "This looks like a private key. Choose another key.");
    }

    /** Up to 20 labels: names as keys are, values of 1 to 100 characters. */
    public static Reader<Map<String, String>> labels() {
        return value -> !(value.json() instanceof Json.Obj object)
                ? value.expected("an object of labels")
                : object.fields().size() > MAX_LABELS
                        ? value.refuse("At most " + MAX_LABELS + " labels.")
                        : labels(object, value);
    }

    private static Optional<Map<String, String>> labels(Json.Obj object, Value value) {
        var labels = new LinkedHashMap<String, String>();
        object.fields().forEach((name, json) -> {
            var at = value.field(name, json);
            var key = key().read(new Value(new Json.Text(name), at.pointer(), at.faults()));
            var text = text(100).read(at);
            key.ifPresent(k -> text.ifPresent(t -> labels.put(k, t)));
        });
        return labels.size() == object.fields().size() ? Optional.of(labels) : Optional.empty();
    }

    /** A list of min to max items. Every item's faults are told. */
    public static <T> Reader<List<T>> list(int min, int max, Reader<T> item) {
        var expected = "a list of " + min + " to " + max + " items";
        return value -> !(value.json() instanceof Json.Arr array)
                ? value.expected(expected)
                : array.items().size() < min || array.items().size() > max
                        ? value.refuse("Expected " + expected + ", got "
                                + array.items().size() + ".")
                        : items(array, value, item);
    }

    private static <T> Optional<List<T>> items(Json.Arr array, Value value, Reader<T> item) {
        var read = new ArrayList<T>();
        for (var i = 0; i < array.items().size(); i++) {
            item.read(value.item(i, array.items().get(i))).ifPresent(read::add);
        }
        return read.size() == array.items().size() ? Optional.of(read) : Optional.empty();
    }

    /** An object, read as a form of its own. */
    public static <T> Reader<T> object(Function<Form, Optional<T>> reader) {
        return Form.object(reader);
    }

    /** As {@link #object(Function)}, where something else could stand as well. @param expected all that could */
    public static <T> Reader<T> object(String expected, Function<Form, Optional<T>> reader) {
        return Form.object(expected, reader);
    }

    /** One word that means something of its own, or what the other reader takes. */
    public static <T> Reader<T> wordOr(String word, T meaning, Reader<T> other) {
        return value -> value.json() instanceof Json.Text text && text.value().equals(word)
                ? Optional.of(meaning)
                : other.read(value);
    }
}
