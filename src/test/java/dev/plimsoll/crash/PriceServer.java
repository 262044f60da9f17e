package dev.plimsoll.crash;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/**
 * Three exchanges on one local port, and a fourth for who asks it, each under its own path and in its own wire format, all at
 * the same prices.
 */
public final class PriceServer implements AutoCloseable {
    public static final List<String> VENUES = List.of("coinbase", "kraken", "bitstamp");

    /** Quotes in USDT. Not among {@link #VENUES}: with four families, one that is far off is an outlier. */
    public static final String FOURTH = "okx";

    private static final String SOURCE = "plimsoll.oracle.sources.%s.%s";

    private final HttpServer server;
    private final Clock clock;
    private final Map<String, String> prices = new ConcurrentHashMap<>();
    private final Map<String, Instant> dates = new ConcurrentHashMap<>();
    private volatile boolean down;

    public PriceServer() throws IOException {
        this(0, Clock.systemUTC());
    }

    /** @param clock of the venues: what they date their prices by */
    public PriceServer(int port, Clock clock) throws IOException {
        this.clock = clock;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/coinbase/products/", exchange -> answer(exchange, this::coinbase));
        server.createContext("/kraken/0/public/Ticker", exchange -> answer(exchange, this::kraken));
        server.createContext("/bitstamp/api/v2/ticker/", exchange -> answer(exchange, this::bitstamp));
        server.createContext("/okx/api/v5/market/ticker", exchange -> answer(exchange, this::okx));
        server.start();
    }

    /** What each venue asks in US dollars from now on, by registry symbol. */
    public void set(String symbol, String usd) {
        prices.put(symbol, usd);
    }

    /** What one venue alone asks. */
    public void set(String venue, String symbol, String usd) {
        prices.put(venue + " " + symbol, usd);
    }

    /** Every venue that dates its prices dates those of this asset so from now on. */
    public void date(String symbol, Instant at) {
        dates.put(symbol, at);
    }

    /** Every venue answers 503 while down. */
    public void down(boolean down) {
        this.down = down;
    }

    public String url(String venue) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + venue;
    }

    /** Configuration with which the service asks these venues at every tick, and nobody else. */
    public Map<String, String> settings() {
        var settings = new HashMap<String, String>();
        settings.put("plimsoll.oracle.only", String.join(",", VENUES));
        VENUES.forEach(venue -> {
            settings.put(SOURCE.formatted(venue, "url"), url(venue));
            settings.put(SOURCE.formatted(venue, "pace"), "PT0S");
        });
        return settings;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private Optional<JsonObject> coinbase(URI uri) {
        var symbol = uri.getPath().split("/")[3].replace("-USD", "");
        return price("coinbase", symbol)
                .map(price -> new JsonObject()
                        .put("trade_id", 1)
                        .put("price", price)
                        .put("size", "1")
                        .put("time", date(symbol).toString())
                        .put("bid", price)
                        .put("ask", price)
                        .put("volume", "1"));
    }

    private Optional<JsonObject> kraken(URI uri) {
        var result = new JsonObject();
        for (var pair : uri.getQuery().replaceFirst(".*pair=([^&]*).*", "$1").split(",")) {
            price("kraken", pair.replaceFirst("USD$", "").replaceFirst("^XBT$", "BTC"))
                    .ifPresent(price -> {
                        var level = new JsonArray().add(price).add("1").add("1.000");
                        result.put(
                                pair,
                                new JsonObject().put("a", level).put("b", level).put("c", level));
                    });
        }
        return Optional.of(new JsonObject().put("error", new JsonArray()).put("result", result));
    }

    private Optional<JsonObject> bitstamp(URI uri) {
        var symbol = uri.getPath().split("/")[5].replaceFirst("usd$", "").toUpperCase(Locale.ROOT);
        return price("bitstamp", symbol)
                .map(price -> new JsonObject()
                        .put("timestamp", Long.toString(date(symbol).getEpochSecond()))
                        .put("last", price)
                        .put("bid", price)
                        .put("ask", price));
    }

    private Optional<JsonObject> okx(URI uri) {
        var pair = uri.getQuery().replaceFirst(".*instId=([^&]*).*", "$1");
        var symbol = pair.replaceFirst("-USDT$", "");
        return price(FOURTH, symbol)
                .map(price -> new JsonObject()
                        .put("instId", pair)
                        .put("bidPx", price)
                        .put("askPx", price)
                        .put("ts", Long.toString(date(symbol).toEpochMilli())))
                .map(ticker -> new JsonObject().put("code", "0").put("data", new JsonArray().add(ticker)));
    }

    private Instant date(String symbol) {
        return dates.getOrDefault(symbol, clock.instant());
    }

    private Optional<String> price(String venue, String symbol) {
        return Optional.ofNullable(prices.getOrDefault(venue + " " + symbol, prices.get(symbol)));
    }

    private void answer(HttpExchange exchange, Venue venue) {
        try (exchange) {
            var found = down ? Optional.<JsonObject>empty() : venue.say(exchange.getRequestURI());
            var status = down ? 503 : found.isPresent() ? 200 : 404;
            var body = found.map(JsonObject::encode)
                    .orElse("{\"message\":\"NotFound\"}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Venue {
        Optional<JsonObject> say(URI uri);
    }
}
