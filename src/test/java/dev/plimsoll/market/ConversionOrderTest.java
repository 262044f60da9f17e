package dev.plimsoll.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.unit.AssetInfo;
import dev.plimsoll.unit.AssetRegistry;
import dev.plimsoll.unit.Assets;
import dev.plimsoll.unit.AssetsJson;
import dev.plimsoll.unit.BadAssetFile;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConversionOrderTest {

    @Test
    void stablecoinsComeFirstThenBitcoinAndEtherThenWhatRestsOnThem() {
        var order = ConversionOrder.of(Assets.registry()).stream()
                .map(info -> info.asset().symbol())
                .toList();

        assertThat(order).hasSize(21).startsWith("USDT", "USDC", "BTC", "ETH");
    }

    @Test
    void anAssetQuotedInAnotherComesAfterIt() {
        var order = ConversionOrder.of(registry("BBB", "AAA", "CCC", "BBB", "AAA", "USDT")).stream()
                .map(info -> info.asset().symbol())
                .toList();

        assertThat(order).containsSubsequence("AAA", "BBB", "CCC");
    }

    @Test
    void assetsThatNeedEachOthersPriceAreRefused() {
        var circle = registry("AAA", "BBB", "BBB", "AAA");

        assertThatThrownBy(() -> ConversionOrder.of(circle))
                .isInstanceOf(BadAssetFile.class)
                .hasMessageContaining("in a circle: [AAA, BBB]");
    }

    /** Pairs of an asset and what it is quoted in, beside our own. */
    private static AssetRegistry registry(String... pairs) {
        var all = new ArrayList<AssetInfo>(Assets.ours());
        for (var i = 0; i < pairs.length; i += 2) {
            all.addAll(quoted(pairs[i], pairs[i + 1]));
        }
        return new AssetRegistry(all);
    }

    private static List<AssetInfo> quoted(String symbol, String quotedIn) {
        return AssetsJson.read("test.json", """
                {"assets": [{"symbol": "%1$s", "name": "%1$s", "class": "alt", "decimals": 18,
                  "identifiers": {"kraken": {"id": "%1$s%2$s", "quotedIn": "%2$s"}},
                  "bounds": {"low": "1", "high": "100"}}]}""".formatted(symbol, quotedIn));
    }
}
