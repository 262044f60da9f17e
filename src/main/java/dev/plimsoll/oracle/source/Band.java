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
 * Band, from a public node of BandChain v3, all signals in one request: {@code GET
 * /feeds/v1beta1/prices?signal_ids=CS:ETH-USD&signal_ids=CS:BTC-USD}.
 *
 * <p>An aggregator: its validators tell what they read at exchanges and at other aggregators, and {@code timestamp} is that
 * of the block that took their median. Prices are whole billionths of a dollar. A signal that is no longer among the
 * current feeds may keep its last price for ever, so it is not taken.
 *
 * @see <a href="https://github.com/bandprotocol/chain/tree/master/proto/band/feeds/v1beta1">band.feeds.v1beta1</a>
 */
@Singleton
class Band implements PriceSource {
    private static final String NAME = "band";
    private static final int SCALE = 9;

    private final Desk desk;
    private final InOne signals;

    Band(Desk desk) {
        this.desk = desk;
        this.signals = new InOne(NAME, desk);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String family() {
        return "aggregators";
    }

    /** A node is run by volunteers and publishes no limit. */
    @Override
    public Defaults defaults(Optional<URI> url, Optional<String> key) {
        return new Defaults(
                URI.create("https://laozi1.bandchain.org/api"),
                Duration.ofSeconds(30),
                Duration.ofMinutes(5),
                BasisPoints.of(100));
    }

    @Override
    public Set<Asset> covers(Set<Asset> wanted) {
        return desk.listed(NAME, wanted);
    }

    @Override
    public Multi<Answer> ask(Set<Asset> assets, SourceSettings settings) {
        return signals.ask(assets, settings, Band::path, Map.of(), this::signal);
    }

    private static String path(Stream<String> ids) {
        return ids.map(id -> "signal_ids=" + encoded(id))
                .collect(Collectors.joining("&", "/feeds/v1beta1/prices?", ""));
    }

    private Answer signal(Asset asset, JsonNode json) {
        var found = json.path("prices")
                .valueStream()
                .filter(price -> price.path("signal_id").asText().equals(desk.id(NAME, asset)))
                .toList();
        return found.size() == 1
                ? price(asset, found.getFirst())
                : silent(asset, Reason.MALFORMED, "its answer has " + found.size() + " entries for the signal");
    }

    private Answer price(Asset asset, JsonNode price) {
        return switch (price.path("status").asText()) {
            case "PRICE_STATUS_AVAILABLE" -> {
                var usd = StrictJson.price(price.path("price")).map(billionths -> billionths.movePointLeft(SCALE));
                yield desk.dated(NAME, asset, usd, StrictJson.seconds(price.path("timestamp")));
            }
            case "PRICE_STATUS_UNKNOWN_SIGNAL_ID", "PRICE_STATUS_NOT_IN_CURRENT_FEEDS" -> Desk.unknown(NAME, asset);
            case "PRICE_STATUS_NOT_READY" -> silent(asset, Reason.NOT_A_PRICE, "it has no price for the signal now");
            default -> silent(asset, Reason.MALFORMED, "its price has no status that we know");
        };
    }

    private static Answer silent(Asset asset, Reason reason, String detail) {
        return new Silent(NAME, asset, reason, detail);
    }
}
