package dev.plimsoll.chat;

import dev.plimsoll.chat.Talk.Holding;
import dev.plimsoll.risk.LiquidationThreshold;
import dev.plimsoll.risk.LiquidationThreshold.Notation;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.AssetRegistry;
import dev.plimsoll.unit.Decimals;
import dev.plimsoll.unit.Nearest;
import dev.plimsoll.unit.Printable;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What people mean by what they type. */
final class Typing {
    private static final BigDecimal MOST_TOKENS = new BigDecimal("1e24");
    private static final BigDecimal FEWEST_TOKENS = new BigDecimal("1e-18");
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final BigDecimal HIGHEST_RATIO = BigDecimal.TEN;
    private static final int LONGEST = 200;

    /** Thousands and millions stand at their number, and apart from what begins with the same letter. */
    private static final Pattern AMOUNT_FIRST = Pattern.compile(
            "([0-9.,][0-9.,'_ \\u00a0\\u202f]*?" + "(?:(?<=[0-9])[kKmM](?=\\s))?)\\s*([A-Za-z][A-Za-z0-9.]*)");

    private static final Pattern ASSET_FIRST = Pattern.compile("([A-Za-z][A-Za-z0-9.]*)\\s+(\\S.*)");

    private static final NotUnderstood NO_AMOUNT =
            new NotUnderstood("That is no amount I can count. Type one such as 1.5, 12000 or 12k.");

    private Typing() {}

    /** What came of reading an amount of an asset. */
    sealed interface Read {}

    record Understood(Holding holding) implements Read {}

    /** @param small and {@code large}: what else it may mean, to be typed or pressed */
    record Doubtful(Holding small, Holding large) implements Read {}

    /** @param why a sentence that says what to type */
    record NotUnderstood(String why) implements Read {}

    /**
     * {@code 0.5 eth}, {@code 12k usdc}, {@code USDC 12'000}.
     *
     * @param usual what a bare number is an amount of
     */
    static Read amount(String typed, Optional<Asset> usual, AssetRegistry assets) {
        var text = typed.strip().replaceFirst("^\\$", "");
        if (text.length() > LONGEST) {
            return new NotUnderstood("That is too long. Type an amount and an asset, such as 10 ETH.");
        }
        if (usual.isPresent() && !(HumanNumber.of(text) instanceof HumanNumber.None)) {
            return number(HumanNumber.of(text), usual.get());
        }
        var first = AMOUNT_FIRST.matcher(text);
        if (first.matches()) {
            return amount(first.group(1), first.group(2), assets);
        }
        var second = ASSET_FIRST.matcher(text);
        return second.matches()
                ? amount(second.group(2), second.group(1), assets)
                : new NotUnderstood("Type an amount and an asset, such as 10 ETH or 12k USDC.");
    }

    private static Read amount(String number, String name, AssetRegistry assets) {
        return assets.find(name)
                .map(asset -> number(HumanNumber.of(number), asset))
                .orElseGet(() -> new NotUnderstood(unknownAsset(name, assets)));
    }

    private static Read number(HumanNumber number, Asset asset) {
        return switch (number) {
            case HumanNumber.One(var value) -> fits(value) ? new Understood(new Holding(asset, value)) : NO_AMOUNT;
            case HumanNumber.Either(var small, var large) ->
                new Doubtful(new Holding(asset, small), new Holding(asset, large));
            case HumanNumber.None() -> NO_AMOUNT;
        };
    }

    private static boolean fits(BigDecimal value) {
        return value.compareTo(FEWEST_TOKENS) >= 0 && value.compareTo(MOST_TOKENS) <= 0;
    }

    static String unknownAsset(String name, AssetRegistry assets) {
        var names = assets.all().stream()
                .flatMap(info -> Stream.concat(Stream.of(info.asset().symbol()), info.aliases().stream()))
                .toList();
        return "I know no asset " + Printable.shortened(name)
                + Nearest.to(name, names)
                        .map(near -> ". Did you mean " + near + "?")
                        .orElse(".");
    }

    /** {@code 82.5 %}, {@code 0.825}, or {@code 150 %} and {@code 1.5} as a collateral ratio; empty for what is neither. */
    static Optional<LiquidationThreshold> threshold(String typed) {
        var text = typed.strip().replace(',', '.');
        var isPercent = text.endsWith("%");
        return Decimals.parse(text.replaceFirst("\\s*%$", ""))
                .map(number -> isPercent || number.compareTo(HIGHEST_RATIO) > 0 ? number.divide(HUNDRED) : number)
                .map(BigDecimal::stripTrailingZeros)
                .filter(ratio -> ratio.signum() > 0 && ratio.compareTo(HIGHEST_RATIO) <= 0)
                .map(ratio -> new LiquidationThreshold(
                        ratio.compareTo(BigDecimal.ONE) > 0
                                ? Notation.LIQUIDATION_RATIO
                                : Notation.LIQUIDATION_THRESHOLD,
                        ratio.scale() < 0 ? ratio.setScale(0) : ratio));
    }

    /** {@code 0.5 ETH}, to be understood again. */
    static String text(Holding holding) {
        return Decimals.plain(holding.amount()) + " " + holding.asset();
    }

    /** {@code 3,603.9 USDC}, for people. */
    static String shown(Holding holding) {
        var amount = holding.amount().stripTrailingZeros();
        return String.format(Locale.ROOT, "%,." + Math.max(0, amount.scale()) + "f %s", amount, holding.asset());
    }
}
