package dev.plimsoll.ops.check;

import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * What one price source is asked to see whether it can be: the price of bitcoin, as the source's adapter asks for it. The
 * doctor starts no application and so has no adapters; a test compares this list with them.
 *
 * @param url       where the source is unless the operator says otherwise
 * @param path      of the request, encoded
 * @param keyHeader how a key is sent; empty for a source that takes none
 */
record Probe(String name, URI url, String path, String keyHeader) {
    static final List<Probe> ALL = List.of(
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
                    "x-cg-demo-api-key"),
            new Probe("kraken", "https://api.kraken.com", "/0/public/Ticker?pair=XBTUSD"));

    private static final String PAID_HOST = "pro-api.coingecko.com";

    private Probe(String name, String url, String path) {
        this(name, URI.create(url), path, "");
    }

    /** The request below this base, whose path prefix is kept. */
    URI at(URI base) {
        return URI.create(base.toString().replaceFirst("/$", "") + path);
    }

    Map<String, String> headers(URI base, String key) {
        if (keyHeader.isEmpty()) {
            return Map.of();
        }
        return Map.of(PAID_HOST.equals(base.getHost()) ? keyHeader.replace("demo", "pro") : keyHeader, key);
    }
}
