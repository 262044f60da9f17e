package dev.plimsoll.oracle.source;

import static dev.plimsoll.oracle.SourceSettings.encoded;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plimsoll.oracle.Answer;
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
 * CoinGecko, all coins in one request: {@code GET /simple/price?ids=…&vs_currencies=usd&include_last_updated_at=true}.
 *
 * <p>An aggregator: its price is the volume-weighted mean over exchanges, up to a minute old, at the full precision it
 * gives. A coin it does not know is silently missing.
 *
 * @see <a href="https://docs.coingecko.com/reference/simple-price">Coin Price by IDs</a>
 */
@Singleton
class CoinGecko implements PriceSource {
    private static final String NAME = "coingecko";
    private static final String PAID_HOST = "pro-api.coingecko.com";
    private static final URI FREE = URI.create("https://api.coingecko.com/api/v3");

    private final Desk desk;
    private final InOne coins;

    CoinGecko(Desk desk) {
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

    /** Without a key, and with a demo key's monthly quota, every five minutes is what it bears; paid, twice a minute. */
    @Override
    public Defaults defaults(Optional<URI> url, Optional<String> key) {
        var pace = key.isPresent() && isPaid(url.orElse(FREE)) ? Duration.ofSeconds(30) : Duration.ofMinutes(5);
        return new Defaults(FREE, pace, Duration.ofMinutes(15), BasisPoints.of(100));
    }

    @Override
    public Set<Asset> covers(Set<Asset> wanted) {
        return desk.listed(NAME, wanted);
    }

    @Override
    public Multi<Answer> ask(Set<Asset> assets, SourceSettings settings) {
        return coins.ask(assets, settings, CoinGecko::path, headers(settings), this::coin);
    }

    private static String path(Stream<String> ids) {
        return "/simple/price?ids=" + encoded(ids.collect(Collectors.joining(",")))
                + "&vs_currencies=usd&include_last_updated_at=true&precision=full";
    }

    private static Map<String, String> headers(SourceSettings settings) {
        var name = isPaid(settings.url()) ? "x-cg-pro-api-key" : "x-cg-demo-api-key";
        return settings.key().map(key -> Map.of(name, key)).orElse(Map.of());
    }

    private static boolean isPaid(URI url) {
        return PAID_HOST.equals(url.getHost());
    }

    private Answer coin(Asset asset, JsonNode coins) {
        var coin = coins.path(desk.id(NAME, asset));
        return coin.isMissingNode()
                ? Desk.unknown(NAME, asset)
                : desk.dated(
                        NAME,
                        asset,
                        StrictJson.price(coin.path("usd")),
                        StrictJson.seconds(coin.path("last_updated_at")));
    }
}
