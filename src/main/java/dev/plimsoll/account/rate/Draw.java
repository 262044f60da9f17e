package dev.plimsoll.account.rate;

import java.time.Duration;

/**
 * One token asked of a bucket.
 *
 * @param left whole tokens left after it
 * @param pause until there is a token again; zero while there is one
 */
public record Draw(Bucket bucket, boolean granted, int left, Duration pause) {

    /** @param tokens after the draw, with the fraction that has grown */
    static Draw of(Bucket bucket, boolean granted, double tokens) {
        var missing = Math.max(0, 1 - tokens);
        var pause = Duration.ofMillis((long) Math.ceil(missing / bucket.refillPerMilli()));
        return new Draw(bucket, granted, (int) tokens, pause);
    }
}
