package dev.plimsoll.rule;

import dev.plimsoll.risk.Loan;
import dev.plimsoll.risk.Terms;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.AssetInfo.Volatility;
import dev.plimsoll.unit.AssetRegistry;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What {@code "auto"} means for a distance to liquidation, in percent: the wilder the assets, the earlier the word.
 *
 * @param info half as early again as the warning
 */
public record AutoDistance(BigDecimal info, BigDecimal warning, BigDecimal critical) {
    private static final AutoDistance SAME_GROUP = of("3", "2", "1");
    private static final AutoDistance STABLE = of("4.5", "3", "1.5");
    private static final AutoDistance MAJOR = of("22.5", "15", "7");
    private static final AutoDistance OTHER = of("30", "20", "10");
    private static final AutoDistance AI = of("45", "30", "15");

    private static AutoDistance of(String info, String warning, String critical) {
        return new AutoDistance(new BigDecimal(info), new BigDecimal(warning), new BigDecimal(critical));
    }

    /** As a condition on a position asks for it. */
    public static AutoDistance of(Condition condition, Terms terms, AssetRegistry assets) {
        var named = condition instanceof Condition.LiquidationDistance(var asset) ? asset : Optional.<Asset>empty();
        return of(named, terms, assets);
    }

    /**
     * By the wildest asset of the loan, or by the one the condition names; collateral and debt in one correlation group
     * stand closer together than either stands to the dollar.
     */
    public static AutoDistance of(Optional<Asset> named, Terms terms, AssetRegistry assets) {
        if (terms instanceof Loan && isOneGroup(terms, assets)) {
            return SAME_GROUP;
        }
        return named.map(Set::of).orElseGet(terms::assets).stream()
                .filter(assets::knows)
                .map(asset -> assets.info(asset).volatility())
                .max(Comparator.naturalOrder())
                .map(AutoDistance::of)
                .orElse(OTHER);
    }

    private static AutoDistance of(Volatility volatility) {
        return switch (volatility) {
            case STABLE -> STABLE;
            case MAJOR -> MAJOR;
            case ALT -> OTHER;
            case AI -> AI;
        };
    }

    private static boolean isOneGroup(Terms terms, AssetRegistry assets) {
        var groups = terms.assets().stream()
                .map(asset -> assets.knows(asset) ? assets.info(asset).group() : Optional.<String>empty())
                .collect(Collectors.toSet());
        return groups.size() == 1 && groups.iterator().next().isPresent();
    }

    public BigDecimal at(Severity severity) {
        return switch (severity) {
            case INFO -> info;
            case WARNING -> warning;
            case CRITICAL -> critical;
        };
    }
}
