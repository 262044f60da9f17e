package dev.plimsoll.oracle.source;

import static dev.plimsoll.oracle.SourceSettings.encoded;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plimsoll.oracle.Answer;
import dev.plimsoll.oracle.Answer.Reason;
import dev.plimsoll.oracle.Answer.Silent;
import dev.plimsoll.oracle.PriceSource;
import dev.plimsoll.oracle.SourceSettings;
import dev.plimsoll.oracle.source.Fetched.Document;
import dev.plimsoll.oracle.source.Fetched.Nothing;
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

    CoinGecko(Desk desk) {
        this.desk = desk;
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
        var ids = assets.stream().map(asset -> desk.id(NAME, asset)).sorted().collect(Collectors.joining(","));
        var url = settings.at(
                "/simple/price?ids=" + encoded(ids) + "&vs_currencies=usd&include_last_updated_at=true&precision=full");
        return desk.fetch(url, headers(settings), settings.timeout())
                .onItem()
                .transformToMulti(fetched -> Multi.createFrom().items(answers(assets, fetched)));
    }

    private static Map<String, String> headers(SourceSettings settings) {
        var name = isPaid(settings.url()) ? "x-cg-pro-api-key" : "x-cg-demo-api-key";
        return settings.key().map(key -> Map.of(name, key)).orElse(Map.of());
    }

    private static boolean isPaid(URI url) {
        return PAID_HOST.equals(url.getHost());
    }

    private Stream<Answer> answers(Set<Asset> assets, Fetched fetched) {
        return assets.stream().map(asset -> switch (fetched) {
            case Document(var json) -> coin(asset, json.path(desk.id(NAME, asset)));
            case Nothing none -> none.silent(NAME, asset);
        });
    }

    private Answer coin(Asset asset, JsonNode coin) {
        if (coin.isMissingNode()) {
            return new Silent(NAME, asset, Reason.UNKNOWN_ASSET, "it does not know the id of the asset file");
        }
        return StrictJson.seconds(coin.path("last_updated_at"))
                .map(time -> desk.answer(NAME, asset, StrictJson.price(coin.path("usd")), Optional.of(time)))
                .orElseGet(() -> new Silent(NAME, asset, Reason.MALFORMED, "its price has no time"));
    }
}
