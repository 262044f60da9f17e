package dev.plimsoll.ops;

/** Plimsoll will not start. The message is one sentence for the operator: what is wrong and what to do. */
public final class Refused extends RuntimeException {
    public Refused(String sentence) {
        super(sentence);
    }

    public Refused(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
