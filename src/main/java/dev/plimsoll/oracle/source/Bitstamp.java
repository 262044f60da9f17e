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
import java.util.Optional;
import java.util.Set;

/**
 * Bitstamp, one request per pair: {@code GET /api/v2/ticker/ethusd/}.
 *
 * <p>Takes the mid of {@code bid} and {@code ask}: its {@code timestamp} is that of the answer, not of the last trade,
 * which may be old in its thinner pairs.
 *
 * @see <a href="https://www.bitstamp.net/api/#tag/Tickers">Bitstamp HTTP API, Tickers</a>
 */
@Singleton
class Bitstamp implements PriceSource {
    private static final String NAME = "bitstamp";

    private final Desk desk;
    private final PerPair pairs;

    Bitstamp(Desk desk, OracleConfig config) {
        this.desk = desk;
        this.pairs = new PerPair(NAME, desk, config.concurrency());
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Defaults defaults(Optional<URI> url, Optional<String> key) {
        return new Defaults(
                URI.create("https://www.bitstamp.net"),
                Duration.ofSeconds(1),
                Duration.ofMinutes(2),
                BasisPoints.of(50));
    }

    @Override
    public Set<Asset> covers(Set<Asset> wanted) {
        return desk.listed(NAME, wanted);
    }

    @Override
    public Multi<Answer> ask(Set<Asset> assets, SourceSettings settings) {
        return pairs.ask(assets, settings, pair -> "/api/v2/ticker/" + pair + "/", this::ticker);
    }

    private Answer ticker(Asset asset, JsonNode json) {
        var mid = Desk.mid(json.path("bid"), json.path("ask"));
        return desk.dated(NAME, asset, mid, StrictJson.seconds(json.path("timestamp")));
    }
}
