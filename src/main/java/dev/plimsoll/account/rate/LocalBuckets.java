package dev.plimsoll.account.rate;

import java.util.LinkedHashMap;
import java.util.Map;

/** Buckets of this process alone, for as long as Redis cannot be asked. */
final class LocalBuckets {
    /** Far more clients than one process serves at once; the longest unseen goes first. */
    private static final int MAX = 100_000;

    private record Level(double tokens, long nanos) {}

    private final Map<String, Level> levels = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Level> eldest) {
            return size() > MAX;
        }
    };

    synchronized Draw draw(Bucket bucket, long nanos) {
        var name = bucket.name() + ':' + bucket.whose();
        var seen = levels.getOrDefault(name, new Level(bucket.capacity(), nanos));
        var grown = (nanos - seen.nanos()) / 1e6 * bucket.refillPerMilli();
        var tokens = Math.min(bucket.capacity(), seen.tokens() + grown);
        var granted = tokens >= 1;
        var rest = granted ? tokens - 1 : tokens;
        levels.put(name, new Level(rest, nanos));
        return Draw.of(bucket, granted, rest);
    }
}
