package dev.plimsoll.ops.demo;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Local servers that speak the formats of five price sources, each under a path of its own ({@code /coinbase}, …), and
 * say what the tape says at the clock's instant.
 */
public final class ExchangeServers {
    private final Router router;
    private final ExchangeWire wire;
    private final Clock clock;

    ExchangeServers(Vertx vertx, Tape tape, Clock clock) {
        this(vertx, (source, asset) -> tape.price(source, asset, clock.instant()), clock);
    }

    /** @param price what a source says an asset costs now, by source and asset symbol; empty when it does not list it */
    ExchangeServers(Vertx vertx, BiFunction<String, String, Optional<BigDecimal>> price, Clock clock) {
        this.router = Router.router(vertx);
        this.wire = new ExchangeWire(price);
        this.clock = clock;
    }

    Router routes() {
        router.get("/coinbase/products/:product/ticker")
                .handler(call ->
                        answer(call, wire.coinbase(call.pathParam("product"), now()), "{\"message\":\"NotFound\"}"));
        router.get("/kraken/0/public/Ticker")
                .handler(call ->
                        answer(call, wire.kraken(parameter(call, "pair")).encode()));
        router.get("/kraken/0/public/AssetPairs").handler(call -> answer(call, "{\"error\":[],\"result\":{}}"));
        router.get("/binance/api/v3/ticker/:kind").handler(this::binance);
        router.get("/bitstamp/api/v2/ticker/:pair").handler(this::bitstamp);
        router.get("/bitstamp/api/v2/ticker/:pair/").handler(this::bitstamp);
        router.get("/coingecko/simple/price")
                .handler(call -> answer(
                        call, wire.coingecko(parameter(call, "ids"), now()).encode()));
        return router;
    }

    private void binance(RoutingContext call) {
        var missing = "{\"code\":-1121,\"msg\":\"Invalid symbol.\"}";
        try {
            var symbols = Optional.ofNullable(call.request().getParam("symbols"))
                    .map(JsonArray::new)
                    .orElseGet(() -> new JsonArray().add(parameter(call, "symbol")));
            var tickers = wire.binance(symbols, now()).map(JsonArray::encode);
            call.response().setStatusCode(tickers.isPresent() ? 200 : 400);
            answer(call, tickers.orElse(missing));
        } catch (DecodeException notAnArray) {
            call.response().setStatusCode(400);
            answer(call, "{\"code\":-1100,\"msg\":\"Illegal characters found in a parameter.\"}");
        }
    }

    private void bitstamp(RoutingContext call) {
        answer(call, wire.bitstamp(call.pathParam("pair"), now()), "{\"error\":\"unknown pair\"}");
    }

    private void answer(RoutingContext call, Optional<JsonObject> found, String missing) {
        call.response().setStatusCode(found.isPresent() ? 200 : 404);
        answer(call, found.map(JsonObject::encode).orElse(missing));
    }

    private static void answer(RoutingContext call, String body) {
        call.response().putHeader("content-type", "application/json").end(body);
    }

    private static String parameter(RoutingContext call, String name) {
        HttpServerRequest request = call.request();
        return Optional.ofNullable(request.getParam(name)).orElse("");
    }

    private Instant now() {
        return clock.instant();
    }
}
