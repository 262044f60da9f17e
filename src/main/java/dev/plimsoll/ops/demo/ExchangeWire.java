package dev.plimsoll.ops.demo;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * The answers of five price sources, in their own wire formats, from what the tape says.
 *
 * <p>Formats: Coinbase Exchange {@code /products/{id}/ticker}, Kraken {@code /0/public/Ticker}, Binance {@code
 * /api/v3/ticker/*}, Bitstamp {@code /api/v2/ticker/{pair}/}, CoinGecko {@code /simple/price}.
 */
final class ExchangeWire {
    private static final Map<String, String> COINGECKO_IDS = Map.ofEntries(
            Map.entry("ethereum", "ETH"),
            Map.entry("bitcoin", "BTC"),
            Map.entry("chainlink", "LINK"),
            Map.entry("aave", "AAVE"),
            Map.entry("render-token", "RENDER"),
            Map.entry("livepeer", "LPT"),
            Map.entry("filecoin", "FIL"),
            Map.entry("theta-token", "THETA"),
            Map.entry("fetch-ai", "FET"),
            Map.entry("the-graph", "GRT"),
            Map.entry("usd-coin", "USDC"),
            Map.entry("tether", "USDT"),
            Map.entry("dai", "DAI"));

    private final BiFunction<String, String, Optional<BigDecimal>> price;

    /** @param price what a source says an asset costs now, by source and asset symbol; empty when it does not list it */
    ExchangeWire(BiFunction<String, String, Optional<BigDecimal>> price) {
        this.price = price;
    }

    Optional<JsonObject> coinbase(String product, Instant now) {
        return price("coinbase", base(product, "-USD"))
                .map(last -> new JsonObject()
                        .put("trade_id", now.getEpochSecond())
                        .put("price", last)
                        .put("size", "0.0150")
                        .put("time", now.toString())
                        .put("bid", last)
                        .put("ask", last)
                        .put("volume", "51234.12345678"));
    }

    /** Kraken answers under its own names: XBTUSD comes back as XXBTZUSD. Any unknown pair fails the whole request. */
    JsonObject kraken(String pairs) {
        var result = new JsonObject();
        for (var pair : pairs.split(",")) {
            var asset = base(pair, "USD").replace("XBT", "BTC");
            var last = price("kraken", asset);
            if (last.isEmpty()) {
                return new JsonObject().put("error", new JsonArray().add("EQuery:Unknown asset pair"));
            }
            result.put(krakenName(pair), krakenTicker(last.get()));
        }
        return new JsonObject().put("error", new JsonArray()).put("result", result);
    }

    private static String krakenName(String pair) {
        return switch (pair) {
            case "XBTUSD" -> "XXBTZUSD";
            case "ETHUSD" -> "XETHZUSD";
            case "USDTUSD" -> "USDTZUSD";
            default -> pair;
        };
    }

    private static JsonObject krakenTicker(String last) {
        var both = new JsonArray().add(last).add(last);
        return new JsonObject()
                .put("a", new JsonArray().add(last).add("1").add("1.000"))
                .put("b", new JsonArray().add(last).add("1").add("1.000"))
                .put("c", new JsonArray().add(last).add("0.04408910"))
                .put("v", new JsonArray().add("4147.94").add("8896.96"))
                .put("p", both)
                .put("t", new JsonArray().add(3907).add(10056))
                .put("l", both)
                .put("h", both)
                .put("o", last);
    }

    /** One object a symbol; any unknown symbol fails the whole request. */
    Optional<JsonArray> binance(JsonArray symbols, Instant now) {
        var tickers = new JsonArray();
        for (var symbol : symbols) {
            var last = price("binance", base((String) symbol, "USDT"));
            if (last.isEmpty()) {
                return Optional.empty();
            }
            tickers.add(new JsonObject()
                    .put("symbol", symbol)
                    .put("price", last.get())
                    .put("lastPrice", last.get())
                    .put("bidPrice", last.get())
                    .put("askPrice", last.get())
                    .put("closeTime", now.toEpochMilli()));
        }
        return Optional.of(tickers);
    }

    Optional<JsonObject> bitstamp(String pair, Instant now) {
        return price("bitstamp", base(pair.toUpperCase(Locale.ROOT), "USD"))
                .map(last -> new JsonObject()
                        .put("timestamp", Long.toString(now.getEpochSecond()))
                        .put("open", last)
                        .put("high", last)
                        .put("low", last)
                        .put("last", last)
                        .put("bid", last)
                        .put("ask", last)
                        .put("vwap", last)
                        .put("volume", "3563.13")
                        .put("percent_change_24", "0.89"));
    }

    /** Unknown ids are missing, without a word. */
    JsonObject coingecko(String ids, Instant now) {
        var answer = new JsonObject();
        for (var id : ids.split(",")) {
            price("coingecko", COINGECKO_IDS.getOrDefault(id, id))
                    .ifPresent(last -> answer.put(
                            id,
                            new JsonObject()
                                    .put("usd", new BigDecimal(last))
                                    .put("last_updated_at", now.getEpochSecond())));
        }
        return answer;
    }

    private Optional<String> price(String source, String asset) {
        return price.apply(source, asset).map(BigDecimal::toPlainString);
    }

    private static String base(String pair, String quote) {
        return pair.endsWith(quote) ? pair.substring(0, pair.length() - quote.length()) : pair;
    }
}
