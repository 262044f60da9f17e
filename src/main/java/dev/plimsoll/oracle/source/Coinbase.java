package dev.plimsoll.oracle.source;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plimsoll.oracle.Answer;
import dev.plimsoll.oracle.OracleConfig;
import dev.plimsoll.oracle.PriceSource;
import dev.plimsoll.oracle.SourceSettings;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.BasisPoints;
import io.smallrye.mutiny.Multi;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.Set;

/**
 * Coinbase Exchange, one request per product: {@code GET /products/ETH-USD/ticker}.
 *
 * <p>Takes {@code price}, the last trade, because {@code time} is the time of that trade: the two belong together, and a
 * product in which nobody trades grows stale by itself.
 *
 * @see <a href="https://docs.cdp.coinbase.com/api-reference/exchange-api/rest-api/products/get-product-ticker">Get product ticker</a>
 */
@Singleton
class Coinbase implements PriceSource {
    private static final String NAME = "coinbase";

    private final Desk desk;
    private final PerPair pairs;

    Coinbase(Desk desk, OracleConfig config) {
        this.desk = desk;
        this.pairs = new PerPair(NAME, desk, config.concurrency());
    }

    @Override
    public String name() {
        return NAME;
    }

    /** Its public limit is about 10 requests a second, and the asset file has some 15 products. */
    @Override
    public Defaults defaults(Optional<URI> url, Optional<String> key) {
        return new Defaults(
                URI.create("https://api.exchange.coinbase.com"),
                Duration.ofSeconds(2),
                Duration.ofMinutes(5),
                BasisPoints.of(50));
    }

    @Override
    public Set<Asset> covers(Set<Asset> wanted) {
        return desk.listed(NAME, wanted);
    }

    @Override
    public Multi<Answer> ask(Set<Asset> assets, SourceSettings settings) {
        return pairs.ask(assets, settings, pair -> "/products/" + pair + "/ticker", this::ticker);
    }

    private Answer ticker(Asset asset, JsonNode json) {
        return desk.dated(NAME, asset, StrictJson.price(json.path("price")), time(json.path("time")));
    }

    private static Optional<Instant> time(JsonNode value) {
        try {
            return Optional.of(Instant.parse(value.asText()));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
