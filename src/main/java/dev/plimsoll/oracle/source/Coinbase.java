package dev.plimsoll.oracle.source;

import static dev.plimsoll.oracle.SourceSettings.encoded;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plimsoll.oracle.Answer;
import dev.plimsoll.oracle.Answer.Reason;
import dev.plimsoll.oracle.Answer.Silent;
import dev.plimsoll.oracle.OracleConfig;
import dev.plimsoll.oracle.PriceSource;
import dev.plimsoll.oracle.SourceSettings;
import dev.plimsoll.oracle.source.Fetched.Document;
import dev.plimsoll.oracle.source.Fetched.Nothing;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.BasisPoints;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
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
    private final int concurrency;

    Coinbase(Desk desk, OracleConfig config) {
        this.desk = desk;
        this.concurrency = config.concurrency();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String family() {
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
        return Multi.createFrom()
                .iterable(assets)
                .onItem()
                .transformToUni(asset -> ask(asset, settings))
                .merge(concurrency);
    }

    private Uni<Answer> ask(Asset asset, SourceSettings settings) {
        var url = settings.at("/products/" + encoded(desk.id(NAME, asset)) + "/ticker");
        return desk.fetch(url, Map.of(), settings.timeout()).map(fetched -> answer(asset, fetched));
    }

    private Answer answer(Asset asset, Fetched fetched) {
        return switch (fetched) {
            case Document(var json) ->
                time(json.path("time"))
                        .map(time -> desk.answer(NAME, asset, StrictJson.price(json.path("price")), Optional.of(time)))
                        .orElseGet(() -> new Silent(NAME, asset, Reason.MALFORMED, "its ticker has no time"));
            case Nothing none -> new Silent(NAME, asset, reason(none), none.detail());
        };
    }

    /** A product it does not have is a path it does not have. */
    private static Reason reason(Nothing none) {
        return none.isNotFound() ? Reason.UNKNOWN_ASSET : none.reason();
    }

    private static Optional<Instant> time(JsonNode value) {
        try {
            return Optional.of(Instant.parse(value.asText()));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
