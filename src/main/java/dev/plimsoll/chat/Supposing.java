package dev.plimsoll.chat;

import dev.plimsoll.risk.Shock;
import dev.plimsoll.risk.Shock.Change;
import dev.plimsoll.risk.Shock.Reach;
import dev.plimsoll.risk.Shocks;
import dev.plimsoll.unit.AssetRegistry;
import dev.plimsoll.unit.Decimals;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Supposed moves of prices as people type them: {@code eth -20%}, {@code btc 55k, all -10 %}. */
sealed interface Supposing {

    record Moves(Shocks shocks) implements Supposing {}

    /** @param why a sentence that says what to type */
    record NotUnderstood(String why) implements Supposing {}

    Pattern MOVE = Pattern.compile(
            "([A-Za-z][A-Za-z0-9.]*)\\s+(?:to\\s+)?(?:([+\\-\\u2212]?)\\s*([0-9][0-9.,]*)\\s*%|([0-9][0-9.,'_]*[kKmM]?)(?![0-9%]))");
    String ALL = "all";
    int MOST = 10;
    int LONGEST = 200;
    BigDecimal LOWEST_PERCENT = BigDecimal.valueOf(-100);
    BigDecimal HIGHEST_PERCENT = BigDecimal.valueOf(10_000);
    NotUnderstood HOW = new NotUnderstood("Say what moves and by how much: /simulate eth -20%, /simulate btc 55k, or"
            + " /simulate all -30% for everything that does not follow the dollar.");

    static Supposing read(String words, AssetRegistry assets) {
        if (words.length() > LONGEST) {
            return HOW;
        }
        var shocks = new ArrayList<Shock>();
        var moves = MOVE.matcher(words);
        var end = 0;
        while (moves.find()) {
            var name = moves.group(1);
            var reach = reach(name, assets);
            if (reach.isEmpty()) {
                return new NotUnderstood(Typing.unknownAsset(name, assets));
            }
            var change = change(moves.group(2), moves.group(3), moves.group(4));
            if (change.isEmpty() || !isGap(words.substring(end, moves.start()))) {
                return HOW;
            }
            shocks.add(new Shock(reach.get(), change.get()));
            end = moves.end();
        }
        return shocks.isEmpty() || shocks.size() > MOST || !isGap(words.substring(end))
                ? HOW
                : new Moves(new Shocks(shocks));
    }

    private static boolean isGap(String between) {
        return between.isBlank() || between.strip().matches("[,;]|and");
    }

    private static Optional<Reach> reach(String name, AssetRegistry assets) {
        return name.toLowerCase(Locale.ROOT).equals(ALL)
                ? Optional.of(new Reach.All())
                : assets.find(name).map(Reach.WithGroup::new);
    }

    private static Optional<Change> change(String sign, String percent, String price) {
        return Optional.ofNullable(percent)
                .map(digits -> percent(sign, digits))
                .orElseGet(() -> HumanNumber.of(price) instanceof HumanNumber.One(var usd)
                        ? Optional.of(new Change.ToPrice(usd))
                        : Optional.empty());
    }

    private static Optional<Change> percent(String sign, String digits) {
        return Decimals.parse(digits.replace(',', '.'))
                .map(number -> sign.isEmpty() || sign.equals("+") ? number : number.negate())
                .filter(number -> number.compareTo(LOWEST_PERCENT) > 0 && number.compareTo(HIGHEST_PERCENT) <= 0)
                .map(Change.ByPercent::new);
    }
}
