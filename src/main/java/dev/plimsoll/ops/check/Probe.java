package dev.plimsoll.ops.check;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What one price source is asked to see whether it can be: the price of bitcoin, as the source's adapter asks for it. The
 * doctor starts no application and so has no adapters; a test compares this list with them.
 *
 * @param url       where the source is unless the operator says otherwise
 * @param path      of the request, encoded
 * @param keyHeader how a key is sent; empty for a source that takes none
 * @param enabled   whether the source is asked unless the operator says otherwise
 */
record Probe(String name, URI url, String path, String keyHeader, boolean enabled) {
    static final List<Probe> ALL = List.of(
            new Probe("band", "https://laozi1.bandchain.org/api", "/feeds/v1beta1/prices?signal_ids=CS%3ABTC-USD"),
            new Probe(
                    "binance",
                    "https://data-api.binance.vision",
                    "/api/v3/ticker/bookTicker?symbols=%5B%22BTCUSDT%22%5D"),
            new Probe("bitstamp", "https://www.bitstamp.net", "/api/v2/ticker/btcusd/"),
            new Probe("coinbase", "https://api.exchange.coinbase.com", "/products/BTC-USD/ticker"),
            new Probe(
                    "coingecko",
                    URI.create("https://api.coingecko.com/api/v3"),
                    "/simple/price?ids=bitcoin&vs_currencies=usd&include_last_updated_at=true&precision=full",
                    "x-cg-demo-api-key",
                    true),
            new Probe("defillama", "https://coins.llama.fi", "/prices/current/coingecko:bitcoin"),
            new Probe("kraken", "https://api.kraken.com", "/0/public/Ticker?pair=XBTUSD"),
            new Probe("okx", "https://www.okx.com", "/api/v5/market/ticker?instId=BTC-USDT"),
            new Probe(
                    "pyth",
                    URI.create("https://pyth.dourolabs.app/hermes"),
                    "/v2/updates/price/latest?ids%5B%5D=e62df6c8b4a85fe1a67db44dc12de5db330f7ac66b72dc658afedf0f4a415b43"
                            + "&parsed=true&encoding=hex&ignore_invalid_price_ids=true",
                    "Authorization",
                    true),
            new Probe(
                    "redstone",
                    URI.create("https://api.redstone.finance"),
                    "/prices?symbols=BTC&provider=redstone",
                    "",
                    false));

    private static final String PAID_HOST = "pro-api.coingecko.com";
    private static final Set<String> WITH_KEY = Set.of("pyth.dourolabs.app", "hermes.pyth.network");

    private Probe(String name, String url, String path) {
        this(name, URI.create(url), path, "", true);
    }

    /** The request below this base, whose path prefix is kept. */
    URI at(URI base) {
        return URI.create(base.toString().replaceFirst("/$", "") + path);
    }

    Map<String, String> headers(URI base, String key) {
        if (keyHeader.isEmpty()) {
            return Map.of();
        }
        if (keyHeader.equals("Authorization")) {
            return Map.of(keyHeader, "Bearer " + key);
        }
        return Map.of(PAID_HOST.equals(base.getHost()) ? keyHeader.replace("demo", "pro") : keyHeader, key);
    }

    /** Whether this host answers nobody without a key. */
    static boolean needsKey(URI base) {
        return WITH_KEY.contains(base.getHost());
    }
}
