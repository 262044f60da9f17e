package dev.plimsoll.market;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Gives each source a place, so that divergences are kept as plain arrays. Thread-safe; places never change. */
final class SourcePlaces {
    private static final BigDecimal FARTHEST = BigDecimal.valueOf(Integer.MAX_VALUE);

    private final List<String> names = new CopyOnWriteArrayList<>();

    /** Whole basis points, rounded away from zero; a source that is not there has {@link Bucket#NONE}. */
    int[] packed(Map<String, BigDecimal> divergencesBps) {
        var places = new HashMap<Integer, Integer>();
        divergencesBps.forEach((source, bps) -> places.put(place(source), whole(bps)));
        var packed = new int
                [places.keySet().stream().mapToInt(place -> place + 1).max().orElse(0)];
        Arrays.fill(packed, Bucket.NONE);
        places.forEach((place, bps) -> packed[place] = bps);
        return packed;
    }

    /** What {@link #packed} packed, in whole basis points. */
    Map<String, Integer> named(int[] packed) {
        var named = new HashMap<String, Integer>();
        for (var place = 0; place < packed.length; place++) {
            if (packed[place] != Bucket.NONE) {
                named.put(names.get(place), packed[place]);
            }
        }
        return named;
    }

    private int place(String source) {
        var known = names.indexOf(source);
        return known >= 0 ? known : add(source);
    }

    private synchronized int add(String source) {
        var known = names.indexOf(source);
        if (known >= 0) {
            return known;
        }
        names.add(source);
        return names.size() - 1;
    }

    private static int whole(BigDecimal bps) {
        var whole = bps.setScale(0, RoundingMode.UP).abs().min(FARTHEST).intValue();
        return bps.signum() < 0 ? -whole : whole;
    }
}
