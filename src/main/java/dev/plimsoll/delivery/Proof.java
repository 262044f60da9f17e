package dev.plimsoll.delivery;

import dev.plimsoll.delivery.Outcome.Delivered;

/** How sending the proof of a channel ended. */
public sealed interface Proof {

    /** Whoever registered it also reads what arrives there. */
    record Proven() implements Proof {}

    /**
     * The code may still be posted to {@code /verify}.
     *
     * @param why a sentence for the user
     */
    record Unproven(String why) implements Proof {}

    /** Where nothing can answer: people read the code there. */
    static Proof byReading(Outcome outcome) {
        return outcome instanceof Delivered
                ? new Unproven("The proof was sent there, with its code.")
                : failed(outcome);
    }

    /** Where no code can be read, and no stranger could be reached with the keys that were given. */
    static Proof byArriving(Outcome outcome) {
        return outcome instanceof Delivered ? new Proven() : failed(outcome);
    }

    /** It did not arrive. */
    static Proof failed(Outcome outcome) {
        return new Unproven("The proof could not be delivered: " + outcome.why() + ".");
    }
}
