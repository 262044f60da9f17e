package dev.plimsoll.unit;

import dev.plimsoll.unit.AssetInfo.Anchor;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** All assets Plimsoll knows, found by symbol, alias or token address, whatever the case. Immutable. */
public final class AssetRegistry {
    private static final int MOST_DECIMALS = 18;

    private final SortedMap<Asset, AssetInfo> assets = new TreeMap<>();
    private final Map<String, Asset> names = new HashMap<>();

    public AssetRegistry(Collection<AssetInfo> infos) {
        for (var info : infos) {
            if (assets.putIfAbsent(info.asset(), info) != null) {
                throw new BadAssetFile("Asset file: asset " + info.asset() + " is there twice.");
            }
            claim(info.asset().symbol(), info.asset());
            info.aliases().forEach(alias -> claim(alias, info.asset()));
            info.tokens().forEach(token -> claim(token, info.asset()));
        }
        checkListings();
        assets.values().forEach(this::checkReferences);
    }

    private void claim(String name, Asset asset) {
        var other = names.putIfAbsent(name.toLowerCase(Locale.ROOT), asset);
        if (other != null && !other.equals(asset)) {
            throw new BadAssetFile("Asset file: " + name + " names both " + other + " and " + asset + ".");
        }
    }

    /** One word for two assets would give both the price of one. */
    private void checkListings() {
        var claimed = new HashMap<String, Asset>();
        assets.values()
                .forEach(info -> info.listings().forEach((source, listing) -> {
                    var other = claimed.putIfAbsent(source + " " + listing.id(), info.asset());
                    if (other != null) {
                        throw new BadAssetFile("Asset file: identifier " + listing.id() + " of " + source
                                + " stands at both " + other + " and " + info.asset() + ".");
                    }
                }));
    }

    private void checkReferences(AssetInfo info) {
        info.listings()
                .forEach((source, listing) -> listing.quotedIn()
                        .ifPresent(quote -> checkKnown(info, "identifiers." + source + ".quotedIn", quote)));
        info.anchor().flatMap(Anchor::asset).ifPresent(anchor -> checkKnown(info, "anchor.asset", anchor));
    }

    private void checkKnown(AssetInfo info, String field, Asset named) {
        if (!assets.containsKey(named) || named.equals(info.asset())) {
            throw new BadAssetFile("Asset file: asset " + info.asset() + ", field " + field + " names " + named
                    + ", which is " + (named.equals(info.asset()) ? "itself" : "no asset of the file") + ".");
        }
    }

    /** By symbol, alias, {@code <chain id>:0x…} or {@code ethereum:0x…}. */
    public Optional<Asset> find(String name) {
        var key = name.toLowerCase(Locale.ROOT);
        return Optional.ofNullable(names.get(key.startsWith("ethereum:") ? "1:" + key.substring(9) : key));
    }

    /** @throws IllegalArgumentException when the asset is not in the registry */
    public AssetInfo info(Asset asset) {
        var info = assets.get(asset);
        if (info == null) {
            throw new IllegalArgumentException("asset " + asset + " is not in the asset file");
        }
        return info;
    }

    public boolean knows(Asset asset) {
        return assets.containsKey(asset);
    }

    /** Of the token; 18 for an asset that has left the file. */
    public int decimals(Asset asset) {
        return knows(asset) ? info(asset).decimals() : MOST_DECIMALS;
    }

    /** In the order of their symbols. */
    public List<AssetInfo> all() {
        return List.copyOf(assets.values());
    }
}
