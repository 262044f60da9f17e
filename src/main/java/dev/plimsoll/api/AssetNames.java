package dev.plimsoll.api;

import dev.plimsoll.api.form.Reader;
import dev.plimsoll.api.form.Readers;
import dev.plimsoll.risk.Margin;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.AssetRegistry;
import dev.plimsoll.unit.Nearest;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads what a user calls an asset: its symbol, another symbol of it, or {@code ethereum:0x…}. */
@Singleton
class AssetNames {
    private static final int MAX_CHARACTERS = 100;

    private final AssetRegistry assets;

    AssetNames(AssetRegistry assets) {
        this.assets = assets;
    }

    Reader<Asset> reader() {
        return Readers.token(MAX_CHARACTERS).find(assets::find, this::unknown);
    }

    /** The same, or what a margin is counted in. */
    Reader<Asset> readerWithDollar() {
        return Readers.token(MAX_CHARACTERS).find(this::findWithDollar, this::unknown);
    }

    private Optional<Asset> findWithDollar(String written) {
        return assets.find(written)
                .or(() -> Optional.of(Margin.CURRENCY)
                        .filter(dollar -> dollar.symbol().equalsIgnoreCase(written)));
    }

    /** Whether the price source has a name for the asset. */
    boolean isListed(Asset asset, String source) {
        return assets.info(asset).listings().containsKey(source);
    }

    private String unknown(String written) {
        var names = assets.all().stream()
                .flatMap(info -> Stream.concat(Stream.of(info.asset().symbol()), info.aliases().stream()))
                .toList();
        return Nearest.to(written, names)
                .map(near -> "We know no such asset: did you mean '" + near + "'?")
                .orElse("We know no such asset. GET /api/v1/market/assets lists those we know.");
    }
}
