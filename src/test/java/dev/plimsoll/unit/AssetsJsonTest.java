package dev.plimsoll.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.plimsoll.unit.AssetInfo.Anchor;
import dev.plimsoll.unit.AssetInfo.Listing;
import dev.plimsoll.unit.AssetInfo.Volatility;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class AssetsJsonTest {
    private static final String FOO = """
            {"assets": [{"symbol": "FOO", "name": "Foo", "aliases": ["WFOO"], "class": "alt", "decimals": 6,
              "identifiers": {"binance": {"id": "FOOUSDT", "quotedIn": "USDT"}},
              "tokens": ["1:0x00000000000000000000000000000000000000AB"],
              "anchor": {"asset": "USD", "rate": "2.5", "bandBps": 50},
              "bounds": {"low": "0.1", "high": "40"}}]}""";

    @Test
    void ourFileHasTheTwentyOneAssets() {
        var assets = Assets.registry().all();

        assertThat(assets).hasSize(21);
        assertThat(assets).allSatisfy(info -> assertThat(info.listings()).containsKey("coingecko"));
        assertThat(assets)
                .allSatisfy(info -> assertThat(info.bounds().isBounded()).isTrue());
    }

    @Test
    void ourSingleSourceAssetsAreHeldAgainstTheirAnchors() {
        var registry = Assets.registry();

        assertThat(anchor(registry, "cbBTC").asset()).contains(new Asset("BTC"));
        assertThat(anchor(registry, "wstETH").asset()).contains(new Asset("ETH"));
        assertThat(List.of("USDS", "LUSD", "BOLD"))
                .allSatisfy(
                        symbol -> assertThat(anchor(registry, symbol).asset()).isEmpty());
    }

    private static Anchor anchor(AssetRegistry registry, String symbol) {
        return registry.info(new Asset(symbol)).anchor().orElseThrow();
    }

    @Test
    void ourUsdtIsListedInUsDollarsOnly() {
        var listings = Assets.registry().info(new Asset("USDT")).listings().values();

        assertThat(listings).hasSizeGreaterThanOrEqualTo(4);
        assertThat(listings)
                .allSatisfy(listing -> assertThat(listing.quotedIn()).isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "binance, [A-Z]+(USDT|BTC)",
        "bitstamp, [a-z]+(usd|btc)",
        "coinbase, [A-Z]+-USD",
        "coingecko, [a-z0-9-]+",
        "kraken, [A-Z]+USD",
        "okx, [A-Z]+-USDT",
        "defillama, coingecko:[a-z0-9-]+",
        "band, CS:[A-Z]+-USD",
        "redstone, [A-Za-z]+",
        "pyth, [0-9a-f]{64}"
    })
    void ourIdentifiersAreInTheirSourcesOwnForm(String source, String form) {
        var ids = Assets.ours().stream()
                .flatMap(info -> Optional.ofNullable(info.listings().get(source)).stream())
                .map(Listing::id)
                .toList();

        assertThat(ids).hasSizeGreaterThan(10).allSatisfy(id -> assertThat(id).matches(form));
    }

    @Test
    void defiLlamaIsAskedByTheCoinsOfCoinGecko() {
        assertThat(Assets.ours())
                .allSatisfy(info -> assertThat(info.listings().get("defillama").id())
                        .isEqualTo(
                                "coingecko:" + info.listings().get("coingecko").id()));
    }

    @Test
    void anIdentifierOfTwoAssetsIsRefused() {
        var foo = AssetsJson.read("mine.json", FOO.replace("FOOUSDT", "ETHUSDT"));

        assertThatThrownBy(() -> new AssetRegistry(AssetsJson.merge(Assets.ours(), foo)))
                .isInstanceOf(BadAssetFile.class)
                .hasMessageContaining("identifier ETHUSDT of binance stands at both ETH and FOO");
    }

    @Test
    void anAssetIsReadWhole() {
        var foo = AssetsJson.read("mine.json", FOO).getFirst();

        assertThat(foo.asset()).isEqualTo(new Asset("FOO"));
        assertThat(foo.aliases()).containsExactly("WFOO");
        assertThat(foo.volatility()).isEqualTo(Volatility.ALT);
        assertThat(foo.decimals()).isEqualTo(6);
        assertThat(foo.listings().get("binance")).isEqualTo(new Listing("FOOUSDT", Optional.of(new Asset("USDT"))));
        assertThat(foo.tokens()).containsExactly("1:0x00000000000000000000000000000000000000ab");
        assertThat(foo.anchor())
                .contains(new Anchor(Optional.empty(), new BigDecimal("2.5"), new BasisPoints(new BigDecimal("50"))));
        assertThat(foo.bounds()).isEqualTo(PriceRange.between(new BigDecimal("0.1"), new BigDecimal("40")));
    }

    @Test
    void theOperatorsFileAddsAndReplaces() {
        var theirs =
                AssetsJson.read("mine.json", FOO.replace("\"FOO\"", "\"LPT\"").replace("WFOO", "WLPT"));

        var merged = new AssetRegistry(AssetsJson.merge(Assets.ours(), AssetsJson.read("mine.json", FOO)));
        var replaced = new AssetRegistry(AssetsJson.merge(Assets.ours(), theirs));

        assertThat(merged.all()).hasSize(22);
        assertThat(replaced.all()).hasSize(21);
        assertThat(replaced.info(new Asset("LPT")).decimals()).isEqualTo(6);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "class": "alt"          | "class": "wild"        | asset FOO, field class must be stable, major, alt or ai.
            "decimals": 6           | "decimals": -1         | asset FOO, field decimals must be a whole number from 0 to 30.
            "low": "0.1"            | "low": "1e999"         | asset FOO, field bounds.low must be a positive decimal.
            "low": "0.1"            | "low": "50"            | asset FOO, field bounds must have a high above its low.
            "rate": "2.5"           | "rate": "NaN"          | asset FOO, field anchor.rate must be a positive decimal.
            "name": "Foo"           | "nome": "Foo"          | asset FOO, field nome is not a field
            "name": "Foo",          | ''                     | asset FOO, field name is missing.
            "quotedIn": "USDT"      | "quotedIn": "€"        | asset FOO, field identifiers.binance.quotedIn an asset symbol
            "1:0x0                  | "ethereum:0x0          | asset FOO, field tokens must hold addresses as
            "symbol": "FOO"         | "symbol": "FO O"       | asset FO O, field symbol an asset symbol has
            """)
    void aFaultIsNamedWithFileAssetAndField(String good, String bad, String said) {
        var file = FOO.replace(good, bad);

        assertThatThrownBy(() -> AssetsJson.read("mine.json", file))
                .isInstanceOf(BadAssetFile.class)
                .hasMessageStartingWith("Asset file mine.json: ")
                .hasMessageContaining(said);
    }

    @Test
    void aFileThatIsNotJsonIsNamedWithThePlace() {
        assertThatThrownBy(() -> AssetsJson.read("mine.json", "{\"assets\": [\n}"))
                .isInstanceOf(BadAssetFile.class)
                .hasMessageContaining("mine.json is not JSON, at line 2");
    }

    @Test
    void aQuoteInAnUnknownAssetIsRefused() {
        var foo = AssetsJson.read("mine.json", FOO.replace("USDT\"}", "USDX\"}"));

        assertThatThrownBy(() -> new AssetRegistry(AssetsJson.merge(Assets.ours(), foo)))
                .isInstanceOf(BadAssetFile.class)
                .hasMessageContaining("asset FOO, field identifiers.binance.quotedIn names USDX");
    }

    static Stream<byte[]> files() {
        return Stream.of(FOO, "{\"assets\": []}").map(file -> file.getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("files")
    @FuzzTest(maxDuration = "3s")
    void whateverAFileHoldsIsReadOrRefusedAsABadOne(byte[] file) {
        try {
            assertThat(AssetsJson.read("mine.json", new String(file, StandardCharsets.UTF_8)))
                    .allSatisfy(info -> assertThat(info.bounds().isBounded()).isTrue());
        } catch (BadAssetFile refused) {
            assertThat(refused).hasMessageStartingWith("Asset file mine.json");
        }
    }
}
