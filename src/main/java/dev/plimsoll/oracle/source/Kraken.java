package dev.plimsoll.oracle.source;

import static dev.plimsoll.oracle.SourceSettings.encoded;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plimsoll.oracle.Answer;
import dev.plimsoll.oracle.Answer.Reason;
import dev.plimsoll.oracle.Answer.Silent;
import dev.plimsoll.oracle.PriceSource;
import dev.plimsoll.oracle.SourceSettings;
import dev.plimsoll.oracle.source.Batch.Outcome;
import dev.plimsoll.oracle.source.Batch.Outcome.Answered;
import dev.plimsoll.oracle.source.Batch.Outcome.UnknownName;
import dev.plimsoll.oracle.source.Fetched.Document;
import dev.plimsoll.oracle.source.Fetched.Nothing;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.BasisPoints;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Kraken, all pairs in one request: {@code GET /0/public/Ticker?pair=XBTUSD,ETHUSD}.
 *
 * <p>Takes the mid of the best ask {@code a} and bid {@code b}: the answer has no time, and a last trade without one
 * could be hours old. Errors come with HTTP 200.
 *
 * @see <a href="https://docs.kraken.com/api/docs/rest-api/get-ticker-information">Get Ticker Information</a>
 */
@Singleton
class Kraken implements PriceSource {
    private static final String NAME = "kraken";

    private final Desk desk;
    private final Batch batch;

    Kraken(Desk desk) {
        this.desk = desk;
        this.batch = new Batch(NAME);
    }

    @Override
    public String name() {
        return NAME;
    }

    /** Its public limit is about one request a second. */
    @Override
    public Defaults defaults(Optional<URI> url, Optional<String> key) {
        return new Defaults(
                URI.create("https://api.kraken.com"), Duration.ofSeconds(1), Duration.ofMinutes(1), BasisPoints.of(50));
    }

    @Override
    public Set<Asset> covers(Set<Asset> wanted) {
        return desk.listed(NAME, wanted);
    }

    @Override
    public Multi<Answer> ask(Set<Asset> assets, SourceSettings settings) {
        return batch.ask(assets, part -> request(part, settings));
    }

    private Uni<Outcome> request(List<Asset> assets, SourceSettings settings) {
        var pairs = assets.stream().map(asset -> desk.id(NAME, asset)).collect(Collectors.joining(","));
        return desk.fetch(settings.at("/0/public/Ticker?pair=" + encoded(pairs)), Map.of(), settings.timeout())
                .map(fetched -> outcome(assets, fetched));
    }

    private Outcome outcome(List<Asset> assets, Fetched fetched) {
        return switch (fetched) {
            case Document(var json) ->
                errors(json)
                        .findFirst()
                        .map(error -> refused(assets, error))
                        .orElseGet(() -> tickers(assets, json.path("result")));
            case Nothing none ->
                new Answered(assets.stream()
                        .<Answer>map(asset -> none.silent(NAME, asset))
                        .toList());
        };
    }

    private static Stream<String> errors(JsonNode json) {
        return json.path("error").valueStream().map(JsonNode::asText);
    }

    /** Severity, category and text: {@code EQuery:Unknown asset pair}. */
    private static Outcome refused(List<Asset> assets, String error) {
        if (error.startsWith("EQuery:Unknown asset pair")) {
            return new UnknownName();
        }
        if (error.contains("Rate limit exceeded") || error.contains("Too many requests")) {
            return silent(assets, Reason.RATE_LIMITED, "it answered that it is asked too often");
        }
        return error.startsWith("EService:")
                ? silent(assets, Reason.SERVER_ERROR, "it answered that its service is not available")
                : silent(assets, Reason.REFUSED, "it refused the request");
    }

    private static Outcome silent(List<Asset> assets, Reason reason, String detail) {
        return new Answered(assets.stream()
                .<Answer>map(asset -> new Silent(NAME, asset, reason, detail))
                .toList());
    }

    private Outcome tickers(List<Asset> assets, JsonNode result) {
        return new Answered(assets.stream().map(asset -> ticker(asset, result)).toList());
    }

    private Answer ticker(Asset asset, JsonNode result) {
        var found = KrakenNames.of(desk.id(NAME, asset))
                .map(result::path)
                .filter(JsonNode::isObject)
                .toList();
        if (found.size() != 1) {
            return new Silent(
                    NAME, asset, Reason.MALFORMED, "its answer has " + found.size() + " entries for the pair");
        }
        var ticker = found.getFirst();
        var mid = Desk.mid(ticker.path("b").path(0), ticker.path("a").path(0));
        return desk.answer(NAME, asset, mid, Optional.empty());
    }
}
