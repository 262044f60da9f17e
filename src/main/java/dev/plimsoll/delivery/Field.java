package dev.plimsoll.delivery;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One thing the API takes for a kind of channel. Its value is a string, sealed in the database.
 *
 * @param name     as in JSON
 * @param required whether there is no channel without it
 * @param fallback what it is where it is not said
 * @param leads    whether another value leads to somebody else: then the channel must be proven anew
 */
public record Field(
        String name, Form form, boolean required, Optional<String> fallback, Display display, boolean leads) {

    /** What its value must look like. */
    public sealed interface Form {}

    /** A URL that we call; the guard must allow it. */
    public record Url() implements Form {}

    /** Visible ASCII without spaces. @param otherwise a sentence for a value that does not match */
    public record Token(Pattern pattern, String otherwise) implements Form {}

    /** One of these words. */
    public record Choice(List<String> words) implements Form {
        public Choice {
            words = List.copyOf(words);
        }
    }

    /** A mail address, kept as {@link MailAddress} writes it. */
    public record Mailbox() implements Form {}

    /** What nobody says: it is learnt when the channel is linked from its other end. */
    public record Learnt() implements Form {}

    /** What of its value the API answers. */
    public enum Display {
        WHOLE,
        /** Scheme and host of a URL: path and query may be a token. */
        HOST,
        /** The last four characters. */
        ENDING,
        /** The first letter and the domain of a mail address. */
        MAILBOX
    }

    /** Where it leads; shown by its host. */
    public static Field url(String name) {
        return new Field(name, new Url(), true, Optional.empty(), Display.HOST, true);
    }

    /**
     * A key or the like, which leads to somebody; shown by its ending.
     *
     * @param pattern   of the whole value
     * @param otherwise a sentence: "A routing key has 32 letters and digits."
     */
    public static Field key(String name, String pattern, String otherwise) {
        var form = new Token(Pattern.compile(pattern), otherwise);
        return new Field(name, form, true, Optional.empty(), Display.ENDING, true);
    }

    /** A mail address, which leads to somebody. */
    public static Field mailbox(String name) {
        return new Field(name, new Mailbox(), true, Optional.empty(), Display.MAILBOX, true);
    }

    /** What the API does not take, as it is learnt when the channel is linked; it leads to somebody and is shown by its ending. */
    public static Field learnt(String name) {
        return new Field(name, new Learnt(), false, Optional.empty(), Display.ENDING, true);
    }

    /** One of several words, the first where nothing is said. */
    public static Field choice(String name, List<String> words) {
        var first = Optional.of(words.getFirst());
        return new Field(name, new Choice(words), false, first, Display.WHOLE, false);
    }

    public Field optional() {
        return new Field(name, form, false, fallback, display, leads);
    }

    public Field orElse(String value) {
        return new Field(name, form, false, Optional.of(value), display, leads);
    }

    /** One that may be shown. */
    public Field whole() {
        return new Field(name, form, required, fallback, Display.WHOLE, leads);
    }

    /** One that changes how, not whom it tells. */
    public Field notLeading() {
        return new Field(name, form, required, fallback, display, false);
    }

    /** Whether the API takes it. */
    public boolean isSaid() {
        return !(form instanceof Learnt);
    }

    /** What the API answers of a value. */
    public String shown(String value) {
        return switch (display) {
            case WHOLE -> value;
            case HOST -> ShownAddress.of(value);
            case ENDING -> "…" + value.substring(Math.max(value.length() / 2, value.length() - 4));
            case MAILBOX -> MailAddress.parse(value).map(MailAddress::shown).orElse("…");
        };
    }
}
