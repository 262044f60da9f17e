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
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * DefiLlama, all coins in one request: {@code GET /prices/current/coingecko:ethereum,coingecko:bitcoin}.
 *
 * <p>An aggregator, and what it says of an id of CoinGecko comes from CoinGecko. It says how sure it is of a price, from 0
 * to 1; below 0.9, or where it does not say, the price is not taken. A coin it does not know is silently missing.
 *
 * @see <a href="https://api-docs.defillama.com">DefiLlama API, coins</a>
 */
@Singleton
class DefiLlama implements PriceSource {
    private static final String NAME = "defillama";
    private static final BigDecimal SURE = new BigDecimal("0.9");

    private final Desk desk;
    private final InOne coins;

    DefiLlama(Desk desk) {
        this.desk = desk;
        this.coins = new InOne(NAME, desk);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String family() {
        return "aggregators";
    }

    /** It publishes no limit for its free host; its prices are some minutes old, so more than one a minute is no use. */
    @Override
    public Defaults defaults(Optional<URI> url, Optional<String> key) {
        return new Defaults(
                URI.create("https://coins.llama.fi"),
                Duration.ofMinutes(1),
                Duration.ofMinutes(15),
                BasisPoints.of(100));
    }

    @Override
    public Set<Asset> covers(Set<Asset> wanted) {
        return desk.listed(NAME, wanted);
    }

    @Override
    public Multi<Answer> ask(Set<Asset> assets, SourceSettings settings) {
        return coins.ask(assets, settings, DefiLlama::path, Map.of(), this::coin);
    }

    private static String path(Stream<String> ids) {
        return ids.map(id -> encoded(id).replace("%3A", ":")).collect(Collectors.joining(",", "/prices/current/", ""));
    }

    private Answer coin(Asset asset, JsonNode json) {
        var coin = json.path("coins").path(desk.id(NAME, asset));
        if (coin.isMissingNode()) {
            return Desk.unknown(NAME, asset);
        }
        return isSure(coin.path("confidence"))
                ? desk.dated(
                        NAME, asset, StrictJson.price(coin.path("price")), StrictJson.seconds(coin.path("timestamp")))
                : new Silent(NAME, asset, Reason.UNCERTAIN, "it is less than 0.9 sure of its price");
    }

    private static boolean isSure(JsonNode confidence) {
        return StrictJson.price(confidence)
                .filter(share -> share.compareTo(SURE) >= 0)
                .isPresent();
    }
}
