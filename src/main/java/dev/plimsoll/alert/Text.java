package dev.plimsoll.alert;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a notice says, in parts that each channel lays out in its own way. Its owner's words stand in it literally: a
 * channel escapes them for its own format.
 *
 * @param happened what happened and how far it is, in sentences
 * @param stakes   what it costs to do nothing
 * @param remedy   what to do, the cheapest way first
 * @param remark   how far the prices can be trusted
 * @param figures  for whoever wants to know exactly
 */
public record Text(
        String happened,
        Optional<String> stakes,
        Optional<String> remedy,
        Optional<String> remark,
        List<Figure> figures) {

    /** One line of a table: {@code Health factor}, {@code 1.22}. */
    public record Figure(String name, String value) {}

    public Text {
        figures = List.copyOf(figures);
    }

    /** Nothing to lose and nothing to do. */
    public static Text of(String happened) {
        return new Text(happened, Optional.empty(), Optional.empty(), Optional.empty(), List.of());
    }

    /** @param words empty says nothing */
    Text staking(String words) {
        return new Text(happened, Optional.of(words).filter(some -> !some.isEmpty()), remedy, remark, figures);
    }

    /** The same after these words. */
    Text after(String opening) {
        return new Text(opening + happened, stakes, remedy, remark, figures);
    }

    Text remarked(Optional<String> words) {
        return new Text(happened, stakes, remedy, words, figures);
    }

    /** The same, with these figures after its own. */
    public Text with(List<Figure> more) {
        return new Text(
                happened,
                stakes,
                remedy,
                remark,
                Stream.concat(figures.stream(), more.stream()).toList());
    }

    /** Its sentences in a row, without the figures. */
    public String plain() {
        return Stream.of(Optional.of(happened), stakes, remedy, remark)
                .flatMap(Optional::stream)
                .collect(Collectors.joining(" "));
    }
}
