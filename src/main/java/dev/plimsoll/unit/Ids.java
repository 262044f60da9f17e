package dev.plimsoll.unit;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.UUID;

/** Makes ids (RFC 9562). */
public final class Ids {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Clock CLOCK = Clock.systemUTC();

    private Ids() {}

    /** UUIDv7: ordered by the millisecond of its making, then random. */
    public static UUID next() {
        var millis = CLOCK.millis();
        var high = (millis << 16) | 0x7000L | (RANDOM.nextInt() & 0x0fffL);
        var low = (RANDOM.nextLong() & 0x3fffffffffffffffL) | 0x8000000000000000L;
        return new UUID(high, low);
    }

    /** The same id for the same bytes, at least 16 of them from a strong hash: UUIDv8. */
    public static UUID ofHash(byte[] hash) {
        var bytes = ByteBuffer.wrap(hash);
        var high = bytes.getLong() & 0xffffffffffff0fffL | 0x8000L;
        var low = bytes.getLong() & 0x3fffffffffffffffL | 0x8000000000000000L;
        return new UUID(high, low);
    }
}
