package dev.plimsoll.exact;

import dev.plimsoll.exact.ExactLoan.Held;
import dev.plimsoll.exact.ExactLoan.Owed;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Random loans, as somebody would send them, beside what they are in fractions. */
final class Chance {
    private final Random random;

    Chance(long seed) {
        this.random = new Random(seed);
    }

    /** @param json one leg as it is sent */
    record HeldLeg(JsonObject json, Held exact) {}

    record OwedLeg(JsonObject json, Owed exact) {}

    int below(int bound) {
        return random.nextInt(bound);
    }

    boolean oneIn(int many) {
        return random.nextInt(many) == 0;
    }

    <T> T of(List<T> all) {
        return all.get(below(all.size()));
    }

    /** So many of them, each once. */
    <T> List<T> some(List<T> all, int many) {
        var shuffled = new ArrayList<>(all);
        Collections.shuffle(shuffled, random);
        return List.copyOf(shuffled.subList(0, Math.min(many, all.size())));
    }

    /** From almost nothing to {@code most}, with up to so many decimals. */
    String decimal(long most, int decimals) {
        var places = below(decimals + 1);
        var units = 1 + (long) (random.nextDouble() * most * Math.pow(10, places));
        return new java.math.BigDecimal(java.math.BigInteger.valueOf(units), places).toPlainString();
    }

    HeldLeg held(String asset, String amount) {
        var json = new JsonObject().put("asset", asset).put("amount", amount);
        var weight = threshold(json);
        var limit = oneIn(3) ? Optional.<Fraction>empty() : Optional.of(Fraction.of(decimalBelow(weight)));
        limit.ifPresent(value -> json.put("loanToValue", value.floor(2)));
        var bonus = oneIn(2) ? Optional.<Fraction>empty() : Optional.of(Fraction.of("0." + (1 + below(9))));
        bonus.ifPresent(value -> json.put("liquidationBonus", value.floor(1)));
        return new HeldLeg(json, new Held(asset, Fraction.of(amount), weight, limit, bonus));
    }

    private String decimalBelow(Fraction weight) {
        return "0."
                + "%02d"
                        .formatted(below(Math.max(
                                1,
                                Integer.parseInt(weight.times(Fraction.of(100)).floor(0)))));
    }

    private Fraction threshold(JsonObject json) {
        return switch (below(3)) {
            case 0 -> {
                var given = "0." + (10 + below(90)) + below(10);
                json.put("liquidationThreshold", given);
                yield Fraction.of(given);
            }
            case 1 -> {
                var given = "1." + below(10) + (1 + below(9));
                json.put("liquidationRatio", given);
                yield Fraction.ONE.over(Fraction.of(given));
            }
            default -> {
                var given = "0." + (10 + below(80));
                json.put("maintenanceMargin", given);
                yield Fraction.ONE.minus(Fraction.of(given));
            }
        };
    }

    OwedLeg owed(String asset, String amount) {
        return new OwedLeg(
                new JsonObject().put("asset", asset).put("amount", amount), new Owed(asset, Fraction.of(amount)));
    }

    static JsonArray array(List<JsonObject> all) {
        return new JsonArray(List.copyOf(all));
    }
}
