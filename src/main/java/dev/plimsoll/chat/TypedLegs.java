package dev.plimsoll.chat;

import dev.plimsoll.chat.Talk.Held;
import dev.plimsoll.chat.Talk.Holding;
import dev.plimsoll.unit.AssetRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Several amounts in one line: {@code 10 eth at 82.5 %, 5 btc against 12k usdc and 3k dai}. */
sealed interface TypedLegs {

    /** @param debt what is owed, behind {@code against}; empty where nothing of it is said */
    record Legs(List<Held> collateral, List<Holding> debt) implements TypedLegs {}

    /** @param why a sentence that says what to type */
    record NotUnderstood(String why) implements TypedLegs {}

    int LONGEST = 400;
    Pattern AGAINST = Pattern.compile("(?i)\\b(?:against|versus|vs\\.?|owing|borrowed)\\s");

    /** An amount, an asset, and perhaps the share at which it is liquidated. */
    Pattern LEG = Pattern.compile("(?i)(?:and\\s|[\\s,;+&])*+"
            + "([0-9.,][0-9.,'_ \\u00a0\\u202f]*?(?:(?<=[0-9])[km](?=\\s))?)\\s*+([a-z][a-z0-9.]*+)"
            + "(?:\\s*+(?:@|at\\b)\\s*+([0-9.,]++\\s*+%?)|\\s*+([0-9.,]++\\s*+%))?");

    Pattern END = Pattern.compile("[\\s,;.]*");

    /** Empty where it does not even begin with an amount and an asset. */
    static Optional<TypedLegs> read(String typed, AssetRegistry assets) {
        var sides = AGAINST.split(typed.strip(), 2);
        if (typed.length() > LONGEST || !LEG.matcher(sides[0]).lookingAt()) {
            return Optional.empty();
        }
        var collateral = side(sides[0], assets);
        var debt = sides.length > 1 ? side(sides[1], assets) : new Legs(List.of(), List.of());
        return Optional.of(both(collateral, debt));
    }

    private static TypedLegs both(TypedLegs collateral, TypedLegs debt) {
        if (!(collateral instanceof Legs(var held, var none))) {
            return collateral;
        }
        if (!(debt instanceof Legs(var owed, var nothing))) {
            return debt;
        }
        return owed.stream().anyMatch(leg -> leg.threshold().isPresent())
                ? new NotUnderstood("What is owed has no liquidation threshold: say it behind the collateral.")
                : new Legs(held, owed.stream().map(Held::holding).toList());
    }

    private static TypedLegs side(String typed, AssetRegistry assets) {
        var legs = new ArrayList<Held>();
        var found = LEG.matcher(typed);
        var end = 0;
        while (end < typed.length() && found.find(end) && found.start() == end) {
            end = found.end();
            switch (leg(found.toMatchResult(), assets)) {
                case Legs(var held, var none) -> legs.addAll(held);
                case NotUnderstood why -> {
                    return why;
                }
            }
        }
        var rest = typed.substring(end);
        return !legs.isEmpty() && END.matcher(rest).matches()
                ? new Legs(legs, List.of())
                : new NotUnderstood("I do not understand “" + rest.strip()
                        + "”. Type amounts and assets, such as 10 ETH at 82.5 %, 1 BTC against 12k USDC.");
    }

    private static TypedLegs leg(MatchResult found, AssetRegistry assets) {
        var said = found.group(3) == null ? found.group(4) : found.group(3);
        var threshold = Optional.ofNullable(said).flatMap(Typing::threshold);
        if (said != null && threshold.isEmpty()) {
            return new NotUnderstood("“" + said.strip() + "” is no liquidation threshold: type it as 82.5 %.");
        }
        return switch (Typing.amount(found.group(1) + " " + found.group(2), Optional.empty(), assets)) {
            case Typing.Understood(var holding) -> new Legs(List.of(new Held(holding, threshold)), List.of());
            case Typing.Doubtful(var small, var large) ->
                new NotUnderstood("Do you mean " + Typing.shown(small) + " or " + Typing.shown(large)
                        + "? Type it all again without that mark.");
            case Typing.NotUnderstood(var why) -> new NotUnderstood(why);
        };
    }
}
