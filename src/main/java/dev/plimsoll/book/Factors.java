package dev.plimsoll.book;

import dev.plimsoll.market.MarketSnapshot;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.PriceRange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The factors that legs refer to by a small number, counted so that unused numbers are given out again. */
final class Factors {
    private final Map<Factor, Integer> numbers = new HashMap<>();
    private final List<Optional<Factor>> factors = new ArrayList<>();
    private final Deque<Integer> free = new ArrayDeque<>();
    private Optional<Instant> origin = Optional.empty();
    private int[] uses = new int[64];

    /** The number of the factor, from now on used once more. */
    int take(Factor factor) {
        int number = numbers.computeIfAbsent(factor, this::number);
        uses[number]++;
        return number;
    }

    private int number(Factor factor) {
        if (!free.isEmpty()) {
            factors.set(free.peek(), Optional.of(factor));
            return free.pop();
        }
        factors.add(Optional.of(factor));
        uses = factors.size() > uses.length ? Arrays.copyOf(uses, 2 * uses.length) : uses;
        return factors.size() - 1;
    }

    /** Undoes one {@link #take}. */
    void release(Factor factor) {
        int number = numbers.get(factor);
        uses[number]--;
        if (uses[number] == 0) {
            numbers.remove(factor);
            factors.set(number, Optional.empty());
            free.push(number);
        }
    }

    /** What one token owed since then counts for at the origin, the instant all growth is counted from. */
    double atOrigin(Factor factor, Instant since) {
        if (!factor.bearsInterest()) {
            return 1;
        }
        origin = origin.or(() -> Optional.of(since));
        return factor.growth(seconds(since, origin.get()));
    }

    FactorPrices prices(MarketSnapshot market, Instant now) {
        var prices = new FactorPrices(factors.size());
        numbers.forEach((factor, number) -> {
            var range = factor.price(market);
            var growth = factor.bearsInterest() ? factor.growth(seconds(origin.orElse(now), now)) : 1;
            prices.set(number, factor.lowest(range) * growth, factor.highest(range) * growth);
        });
        return prices;
    }

    boolean has(Predicate<Factor> some) {
        return numbers.keySet().stream().anyMatch(some);
    }

    /** Which numbers stand for one of these. */
    boolean[] those(Predicate<Factor> some) {
        var which = new boolean[Math.max(1, factors.size())];
        numbers.forEach((factor, number) -> which[number] = some.test(factor));
        return which;
    }

    /** The prices of those that have none to be believed, on whoever's word. */
    Map<Factor, PriceRange> unpriced(MarketSnapshot market) {
        return numbers.keySet().stream()
                .filter(factor -> factor.isPriced() && !factor.price(market).isBounded())
                .collect(Collectors.toUnmodifiableMap(factor -> factor, factor -> factor.price(market)));
    }

    Set<Asset> assets() {
        return numbers.keySet().stream()
                .filter(Factor::isPriced)
                .map(Factor::asset)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static double seconds(Instant from, Instant to) {
        var duration = Duration.between(from, to);
        return duration.toSeconds() + duration.getNano() / 1e9;
    }
}
