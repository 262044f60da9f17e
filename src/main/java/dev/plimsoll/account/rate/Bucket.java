package dev.plimsoll.account.rate;

import java.time.Duration;

/**
 * A token bucket: {@code capacity} requests at once, refilled evenly over {@code window}.
 *
 * @param name  what is counted, as the RateLimit headers say it: {@code key}
 * @param whose who is counted; holds no secret
 */
public record Bucket(String name, String whose, int capacity, Duration window) {
    public Bucket {
        if (capacity < 1 || window.toMillis() < 1) {
            throw new IllegalArgumentException("a bucket holds at least 1 a ms, was " + capacity + " in " + window);
        }
    }

    double refillPerMilli() {
        return (double) capacity / window.toMillis();
    }
}
