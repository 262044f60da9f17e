package dev.plimsoll.oracle.source;

import static dev.plimsoll.oracle.SourceSettings.encoded;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plimsoll.oracle.Answer;
import dev.plimsoll.oracle.Answer.Reason;
import dev.plimsoll.oracle.Answer.Silent;
import dev.plimsoll.oracle.PriceSource;
import dev.plimsoll.oracle.SourceSettings;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.BasisPoints;
import io.smallrye.mutiny.Multi;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * RedStone's public cache, all symbols in one request: {@code GET /prices?symbols=ETH,BTC&provider=redstone}.
 *
 * <p>An aggregator. Off unless the operator switches it on: RedStone's present gateways want a login, and nobody promises
 * how long this older service stays. A symbol it does not know is silently missing.
 *
 * @see <a href="https://github.com/redstone-finance/redstone-oracles-monorepo">the oracles, and the clients that ask like this</a>
 */
@Singleton
class RedStone implements PriceSource {
    private static final String NAME = "redstone";

    private final Desk desk;
    private final InOne symbols;

    RedStone(Desk desk) {
        this.desk = desk;
        this.symbols = new InOne(NAME, desk);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String family() {
        return "aggregators";
    }

    /** It publishes no limit, and makes a price about every minute. */
    @Override
    public Defaults defaults(Optional<URI> url, Optional<String> key) {
        return new Defaults(
                URI.create("https://api.redstone.finance"),
                Duration.ofSeconds(30),
                Duration.ofMinutes(10),
                BasisPoints.of(100),
                false);
    }

    @Override
    public Set<Asset> covers(Set<Asset> wanted) {
        return desk.listed(NAME, wanted);
    }

    @Override
    public Multi<Answer> ask(Set<Asset> assets, SourceSettings settings) {
        return symbols.ask(assets, settings, RedStone::path, Map.of(), this::price);
    }

    private static String path(Stream<String> ids) {
        return "/prices?symbols=" + encoded(ids.collect(Collectors.joining(","))) + "&provider=redstone";
    }

    private Answer price(Asset asset, JsonNode json) {
        var id = desk.id(NAME, asset);
        var price = json.path(id);
        if (price.isMissingNode()) {
            return Desk.unknown(NAME, asset);
        }
        return price.path("symbol").asText().equals(id)
                ? desk.dated(
                        NAME, asset, StrictJson.price(price.path("value")), StrictJson.millis(price.path("timestamp")))
                : new Silent(NAME, asset, Reason.MALFORMED, "its price is of another symbol");
    }
}
