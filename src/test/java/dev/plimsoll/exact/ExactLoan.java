package dev.plimsoll.exact;

import static dev.plimsoll.exact.Fraction.ZERO;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The figures of a loan from their definitions, in fractions: written for tests, from what the API says of each figure and
 * nothing of how Plimsoll computes it. Every price has both ends.
 *
 * @param sides by asset, in the order of symbols
 */
record ExactLoan(List<Held> held, List<Owed> owed, Map<String, Side> sides) {

    /** @param weight liquidation threshold: what counts against debt */
    record Held(
            String asset, Fraction amount, Fraction weight, Optional<Fraction> loanToValue, Optional<Fraction> bonus) {}

    record Owed(String asset, Fraction amount) {}

    /** What the asset file and the sources say. */
    record Quote(Fraction low, Fraction high, Optional<String> group, boolean stable, int decimals) {}

    /** One asset's part in the loan. */
    record Side(String asset, Quote quote, Fraction held, Fraction weighted, Fraction owed) {

        Fraction net() {
            return weighted.minus(owed);
        }

        /** Where the loan is worst off. */
        Fraction danger() {
            return net().signum() >= 0 ? quote.low() : quote.high();
        }

        boolean movesWith(Side other) {
            return asset.equals(other.asset)
                    || quote.group().isPresent() && quote.group().equals(other.quote.group());
        }

        Side with(Fraction moreWeighted, Fraction lessOwed) {
            return new Side(
                    asset,
                    quote,
                    held,
                    weighted.plus(moreWeighted),
                    owed.minus(lessOwed).max(ZERO));
        }
    }

    static ExactLoan of(List<Held> held, List<Owed> owed, Map<String, Quote> quotes) {
        var sides = new TreeMap<String, Side>();
        Stream.concat(held.stream().map(Held::asset), owed.stream().map(Owed::asset))
                .forEach(asset -> sides.put(asset, side(asset, held, owed, quotes.get(asset))));
        return new ExactLoan(held, owed, sides);
    }

    private static Side side(String asset, List<Held> held, List<Owed> owed, Quote quote) {
        var mine = held.stream().filter(leg -> leg.asset().equals(asset)).toList();
        return new Side(
                asset,
                quote,
                Fraction.sum(mine.stream().map(Held::amount).toList()),
                Fraction.sum(mine.stream()
                        .map(leg -> leg.amount().times(leg.weight()))
                        .toList()),
                Fraction.sum(owed.stream()
                        .filter(leg -> leg.asset().equals(asset))
                        .map(Owed::amount)
                        .toList()));
    }

    /** The lowest health factor over every corner of the prices' ranges. */
    Fraction lowest() {
        return factors().min(Fraction::compareTo).orElseThrow();
    }

    Fraction highest() {
        return factors().max(Fraction::compareTo).orElseThrow();
    }

    private record Sums(Fraction weighted, Fraction owed) {}

    private Stream<Fraction> factors() {
        List<Sums> corners = List.of(new Sums(ZERO, ZERO));
        for (var side : sides.values()) {
            var wider = new ArrayList<Sums>();
            for (var price : List.of(side.quote().low(), side.quote().high())) {
                corners.forEach(sums -> wider.add(new Sums(
                        sums.weighted().plus(side.weighted().times(price)),
                        sums.owed().plus(side.owed().times(price)))));
            }
            corners = wider;
        }
        return corners.stream().map(sums -> sums.weighted().over(sums.owed()));
    }

    Fraction collateralValue() {
        return value(Side::held);
    }

    Fraction debtValue() {
        return value(Side::owed);
    }

    /** What could still be borrowed; empty where a collateral does not say how much it bears. */
    Optional<Fraction> room() {
        if (held.stream().anyMatch(leg -> leg.loanToValue().isEmpty())) {
            return Optional.empty();
        }
        return Optional.of(
                corners().map(this::room).min(Fraction::compareTo).orElseThrow().max(ZERO));
    }

    private Fraction room(Map<String, Fraction> prices) {
        var bearable = Fraction.sum(held.stream()
                .map(leg -> leg.amount().times(leg.loanToValue().orElseThrow()).times(prices.get(leg.asset())))
                .toList());
        return bearable.minus(value(prices, Side::owed));
    }

    /** Whatever the prices are within their ranges. */
    Fraction withdrawable(Held leg, Fraction target) {
        var spare = least(
                leg.asset(),
                leg.weight(),
                prices -> value(prices, Side::weighted).minus(target.times(value(prices, Side::owed))));
        var limit = room().flatMap(any -> leg.loanToValue())
                .filter(ratio -> ratio.signum() > 0)
                .map(ratio -> least(leg.asset(), ratio, this::room));
        return limit.orElse(spare).min(spare).min(leg.amount()).max(ZERO);
    }

    /** In whole tokens that count for so much. */
    private Fraction least(String asset, Fraction weight, Function<Map<String, Fraction>, Fraction> spare) {
        return corners()
                .map(prices -> spare.apply(prices).over(prices.get(asset).times(weight)))
                .min(Fraction::compareTo)
                .orElseThrow();
    }

    /** Every price at either end of its range. */
    private Stream<Map<String, Fraction>> corners() {
        var corners = Stream.of(Map.<String, Fraction>of());
        for (var side : sides.values()) {
            corners = corners.flatMap(prices -> Stream.of(
                            side.quote().low(), side.quote().high())
                    .map(price -> {
                        var wider = new HashMap<>(prices);
                        wider.put(side.asset(), price);
                        return wider;
                    }));
        }
        return corners;
    }

    private Fraction value(Map<String, Fraction> prices, Function<Side, Fraction> amount) {
        return Fraction.sum(sides.values().stream()
                .map(side -> amount.apply(side).times(prices.get(side.asset())))
                .toList());
    }

    /** Where this price alone brings the health factor to one; empty where it cannot. */
    Optional<Fraction> alone(Side side) {
        return reached(side, side::equals);
    }

    /** The same with its correlation group. */
    Optional<Fraction> together(Side side) {
        return reached(side, side::movesWith);
    }

    private Optional<Fraction> reached(Side side, Predicate<Side> moves) {
        var moving = worth(moves);
        if (moving.signum() == 0 || moving.signum() != side.net().signum()) {
            return Optional.empty();
        }
        return Optional.of(worth(moves.negate()).negate().over(moving))
                .filter(factor -> factor.signum() > 0)
                .map(factor -> factor.times(side.danger()));
    }

    /** What has to come to the weighted collateral for the target, whatever the prices are, in US dollars. */
    Fraction missing(Fraction target) {
        return Fraction.sum(sides.values().stream()
                .map(side -> {
                    var lacking = target.times(side.owed()).minus(side.weighted());
                    return lacking.times(
                            lacking.signum() > 0
                                    ? side.quote().high()
                                    : side.quote().low());
                })
                .toList());
    }

    ExactLoan with(Side changed) {
        var others = new TreeMap<>(sides);
        others.put(changed.asset(), changed);
        return new ExactLoan(held, owed, others);
    }

    private Fraction value(Function<Side, Fraction> amount) {
        return Fraction.sum(sides.values().stream()
                .map(side -> amount.apply(side).times(side.danger()))
                .toList());
    }

    private Fraction worth(Predicate<Side> which) {
        return Fraction.sum(sides.values().stream()
                .filter(which)
                .map(side -> side.net().times(side.danger()))
                .toList());
    }
}
