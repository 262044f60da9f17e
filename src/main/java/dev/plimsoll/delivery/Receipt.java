package dev.plimsoll.delivery;

import java.time.Duration;

/**
 * What a receiver gave us to ask it later what became of a message: whether somebody acknowledged it over there.
 *
 * @param reference the receiver's name for it; no secret
 * @param first     how long after the attempt it is asked for the first time
 * @param watched   how long after the attempt it is asked no more
 */
public record Receipt(String reference, Duration first, Duration watched) {
    public Receipt {
        if (first.isNegative() || first.compareTo(watched) > 0) {
            throw new IllegalArgumentException("first asked after " + first + ", but watched for " + watched);
        }
    }
}
