package dev.plimsoll.unit;

/** What a client sent, made fit to stand in a sentence: short, and without characters that do not print. */
public final class Printable {
    private static final int MAX_CHARACTERS = 40;

    private Printable() {}

    public static String shortened(String text) {
        var head = text.length() <= MAX_CHARACTERS ? text : text.substring(0, MAX_CHARACTERS) + "…";
        return head.codePoints()
                .map(c -> prints(c) ? c : '?')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** Whether a person can see it and nothing else is done by it: no control, bidi override, lone surrogate, private use. */
    public static boolean prints(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            case Character.FORMAT -> codePoint == 0x200D; // joins emoji; the others hide or turn text
            default -> true;
        };
    }
}
