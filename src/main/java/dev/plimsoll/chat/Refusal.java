package dev.plimsoll.chat;

/** Nothing is written, and the person is told why. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param why a sentence for the person */
    Refusal(String why) {
        super(why);
    }
}
