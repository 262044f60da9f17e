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

/**
 * Binance spot, all symbols in one request: {@code GET /api/v3/ticker/bookTicker?symbols=["BTCUSDT","ETHUSDT"]}.
 *
 * <p>Takes the mid of the best bid and ask. None of its batch tickers has the time of the last trade, so a last price
 * could be old without saying so; the book is alive. A symbol that is halted has zeros there, which are no price.
 *
 * @see <a href="https://github.com/binance/binance-spot-api-docs/blob/master/rest-api.md">Binance spot REST API</a>
 */
@Singleton
class Binance implements PriceSource {
    private static final String NAME = "binance";
    private static final int INVALID_SYMBOL = -1121;

    private final Desk desk;
    private final Batch batch;

    Binance(Desk desk) {
        this.desk = desk;
        this.batch = new Batch(NAME);
    }

    @Override
    public String name() {
        return NAME;
    }

    /** The market-data host: no key, and not closed to any country. */
    @Override
    public Defaults defaults(Optional<URI> url, Optional<String> key) {
        return new Defaults(
                URI.create("https://data-api.binance.vision"),
                Duration.ofSeconds(1),
                Duration.ofMinutes(1),
                BasisPoints.of(50));
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
        var symbols = assets.stream()
                .map(asset -> '"' + desk.id(NAME, asset) + '"')
                .collect(Collectors.joining(",", "[", "]"));
        var url = settings.at("/api/v3/ticker/bookTicker?symbols=" + encoded(symbols));
        return desk.fetch(url, Map.of(), settings.timeout()).map(fetched -> outcome(assets, fetched));
    }

    private Outcome outcome(List<Asset> assets, Fetched fetched) {
        return switch (fetched) {
            case Document(var json) ->
                new Answered(assets.stream().map(asset -> ticker(asset, json)).toList());
            case Nothing none when isInvalidSymbol(none) -> new UnknownName();
            case Nothing none ->
                new Answered(assets.stream()
                        .<Answer>map(asset -> none.silent(NAME, asset))
                        .toList());
        };
    }

    private static boolean isInvalidSymbol(Nothing none) {
        return none.json()
                .filter(json -> json.path("code").asInt() == INVALID_SYMBOL)
                .isPresent();
    }

    private Answer ticker(Asset asset, JsonNode tickers) {
        var symbol = desk.id(NAME, asset);
        var found = tickers.valueStream()
                .filter(ticker -> symbol.equals(ticker.path("symbol").asText()))
                .toList();
        if (!tickers.isArray() || found.size() != 1) {
            return new Silent(
                    NAME, asset, Reason.MALFORMED, "its answer has " + found.size() + " entries for the symbol");
        }
        var ticker = found.getFirst();
        var mid = Desk.mid(ticker.path("bidPrice"), ticker.path("askPrice"));
        return desk.answer(NAME, asset, mid, Optional.empty());
    }
}
