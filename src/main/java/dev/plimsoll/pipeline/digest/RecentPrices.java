package dev.plimsoll.pipeline.digest;

import dev.plimsoll.market.PriceHistoryStore;
import dev.plimsoll.market.PriceSpan;
import dev.plimsoll.unit.Asset;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Recorded prices of the last days, read once for all digests of about the same time: thousands are due at the same minute,
 * and stand on the same few assets.
 */
@Singleton
class RecentPrices {
    private static final int MOST_FRAMES = 6;

    private final PriceHistoryStore prices;
    private final AtomicReference<Map<Frame, Map<Asset, List<PriceSpan>>>> known = new AtomicReference<>(Map.of());

    RecentPrices(PriceHistoryStore prices) {
        this.prices = prices;
    }

    /**
     * A time in steps of equal length.
     *
     * @param from a multiple of the step since 1970, and so {@code to}
     * @param step whole minutes
     */
    record Frame(Instant from, Instant to, Duration step) {

        /** The finest that a digest looks at: a week in quarters of an hour is as much work as two days in minutes. */
        static Frame of(Instant since, Instant now) {
            var length = Duration.between(since, now);
            var minutes =
                    length.compareTo(Duration.ofDays(2)) <= 0 ? 5 : length.compareTo(Duration.ofDays(9)) <= 0 ? 15 : 60;
            return of(since, now, Duration.ofMinutes(minutes));
        }

        static Frame of(Instant since, Instant now, Duration step) {
            var seconds = step.toSeconds();
            return new Frame(
                    Instant.ofEpochSecond(Math.floorDiv(since.getEpochSecond(), seconds) * seconds),
                    Instant.ofEpochSecond(Math.ceilDiv(now.getEpochSecond(), seconds) * seconds),
                    step);
        }
    }

    /** By asset; none of an asset without any. */
    Uni<Map<Asset, List<PriceSpan>>> of(Set<Asset> assets, Frame frame) {
        var held = known.get().getOrDefault(frame, Map.of());
        var missing = new HashSet<>(assets);
        missing.removeAll(held.keySet());
        return missing.isEmpty()
                ? Uni.createFrom().item(held)
                : prices.read(missing, frame.from(), frame.to(), frame.step())
                        .map(spans -> keep(frame, missing, spans));
    }

    private Map<Asset, List<PriceSpan>> keep(Frame frame, Set<Asset> asked, List<PriceSpan> spans) {
        var read = spans.stream().collect(Collectors.groupingBy(PriceSpan::asset));
        return known.updateAndGet(all -> with(all, frame, asked, read)).get(frame);
    }

    private static Map<Frame, Map<Asset, List<PriceSpan>>> with(
            Map<Frame, Map<Asset, List<PriceSpan>>> all,
            Frame frame,
            Set<Asset> asked,
            Map<Asset, List<PriceSpan>> read) {
        var of = new HashMap<>(all.getOrDefault(frame, Map.of()));
        asked.forEach(asset -> of.put(asset, List.copyOf(read.getOrDefault(asset, List.of()))));
        var newest = all.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(frame))
                .sorted((one, other) ->
                        other.getKey().to().compareTo(one.getKey().to()))
                .limit(MOST_FRAMES - 1L);
        return Stream.concat(newest, Stream.of(Map.entry(frame, Map.copyOf(of))))
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
