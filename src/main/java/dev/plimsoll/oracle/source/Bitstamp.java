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
import java.util.Map;
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
    private final int concurrency;

    Bitstamp(Desk desk, OracleConfig config) {
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
        return Multi.createFrom()
                .iterable(assets)
                .onItem()
                .transformToUni(asset -> ask(asset, settings))
                .merge(concurrency);
    }

    private Uni<Answer> ask(Asset asset, SourceSettings settings) {
        var url = settings.at("/api/v2/ticker/" + encoded(desk.id(NAME, asset)) + "/");
        return desk.fetch(url, Map.of(), settings.timeout()).map(fetched -> answer(asset, fetched));
    }

    private Answer answer(Asset asset, Fetched fetched) {
        return switch (fetched) {
            case Document(var json) -> ticker(asset, json);
            case Nothing none -> new Silent(NAME, asset, reason(none), none.detail());
        };
    }

    private Answer ticker(Asset asset, JsonNode json) {
        return StrictJson.seconds(json.path("timestamp"))
                .map(time -> desk.answer(NAME, asset, Desk.mid(json.path("bid"), json.path("ask")), Optional.of(time)))
                .orElseGet(() -> new Silent(NAME, asset, Reason.MALFORMED, "its ticker has no timestamp"));
    }

    /** A pair it does not have is a path it does not have. */
    private static Reason reason(Nothing none) {
        return none.isNotFound() ? Reason.UNKNOWN_ASSET : none.reason();
    }
}
