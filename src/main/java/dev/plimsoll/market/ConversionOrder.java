package dev.plimsoll.market;

import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.AssetInfo;
import dev.plimsoll.unit.AssetInfo.Anchor;
import dev.plimsoll.unit.AssetInfo.Listing;
import dev.plimsoll.unit.AssetRegistry;
import dev.plimsoll.unit.BadAssetFile;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The order in which assets are priced: USDT from US dollar pairs only, then USDC, BTC and ETH, each from what was
 * priced before it, then all others after the assets they are quoted in or held against.
 */
final class ConversionOrder {
    private static final List<Asset> FIRST =
            Stream.of("USDT", "USDC", "BTC", "ETH").map(Asset::new).toList();

    private ConversionOrder() {}

    /** @throws BadAssetFile when assets need each other's price */
    static List<AssetInfo> of(AssetRegistry registry) {
        var placed = new LinkedHashSet<>(FIRST.stream().filter(registry::knows).toList());
        var left = new ArrayList<>(registry.all().stream()
                .filter(info -> !placed.contains(info.asset()))
                .toList());
        while (!left.isEmpty()) {
            var ready = left.stream()
                    .filter(info -> needs(info).allMatch(placed::contains))
                    .toList();
            if (ready.isEmpty()) {
                throw new BadAssetFile("Asset file: these assets are quoted in or held against each other in a circle: "
                        + left.stream().map(AssetInfo::asset).toList() + ".");
            }
            ready.forEach(info -> placed.add(info.asset()));
            left.removeAll(ready);
        }
        return placed.stream().map(registry::info).toList();
    }

    private static Stream<Asset> needs(AssetInfo info) {
        return Stream.concat(
                info.listings().values().stream().map(Listing::quotedIn).flatMap(Optional::stream),
                info.anchor().flatMap(Anchor::asset).stream());
    }
}
