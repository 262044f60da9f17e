package dev.plimsoll.oracle.source;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plimsoll.oracle.Answer;
import dev.plimsoll.oracle.Answer.Reason;
import dev.plimsoll.oracle.Answer.Silent;
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
 * OKX spot, one request per instrument: {@code GET /api/v5/market/ticker?instId=ETH-USDT}.
 *
 * <p>Its one request for many, {@code /tickers?instType=SPOT}, cannot be narrowed: it sends every spot instrument, some
 * thousand of 300 bytes each, for the dozen that we need. That is 0.3 of the 1 MB that we read and grows with each
 * listing, and every two seconds makes 13 GB a day. Takes the mid of {@code bidPx} and {@code askPx}, because {@code ts}
 * is when the ticker was made and not when {@code last} was traded. Errors come with HTTP 200.
 *
 * @see <a href="https://www.okx.com/docs-v5/en/#order-book-trading-market-data-get-ticker">Get ticker</a>
 */
@Singleton
class Okx implements PriceSource {
    private static final String NAME = "okx";

    private final Desk desk;
    private final PerPair pairs;

    Okx(Desk desk, OracleConfig config) {
        this.desk = desk;
        this.pairs = new PerPair(NAME, desk, config.concurrency());
    }

    @Override
    public String name() {
        return NAME;
    }

    /** Its public limit is 20 requests in 2 seconds, and the asset file has 12 instruments. */
    @Override
    public Defaults defaults(Optional<URI> url, Optional<String> key) {
        return new Defaults(
                URI.create("https://www.okx.com"), Duration.ofSeconds(2), Duration.ofMinutes(2), BasisPoints.of(50));
    }

    @Override
    public Set<Asset> covers(Set<Asset> wanted) {
        return desk.listed(NAME, wanted);
    }

    @Override
    public Multi<Answer> ask(Set<Asset> assets, SourceSettings settings) {
        return pairs.ask(assets, settings, id -> "/api/v5/market/ticker?instId=" + id, this::answer);
    }

    private Answer answer(Asset asset, JsonNode json) {
        return switch (json.path("code").asText()) {
            case "0" -> ticker(asset, json.path("data"));
            case "51001" -> Desk.unknown(NAME, asset);
            case "50011" -> silent(asset, Reason.RATE_LIMITED, "it answered that it is asked too often");
            case "50001", "50004", "50005", "50013", "50026" ->
                silent(asset, Reason.SERVER_ERROR, "it answered that its service is not available");
            case "" -> silent(asset, Reason.MALFORMED, "its answer has no code");
            default -> silent(asset, Reason.REFUSED, "it refused the request");
        };
    }

    private Answer ticker(Asset asset, JsonNode data) {
        var ticker = data.path(0);
        if (data.size() != 1 || !ticker.path("instId").asText().equals(desk.id(NAME, asset))) {
            return silent(asset, Reason.MALFORMED, "its answer is not one ticker of the instrument");
        }
        var mid = Desk.mid(ticker.path("bidPx"), ticker.path("askPx"));
        return desk.dated(NAME, asset, mid, StrictJson.millis(ticker.path("ts")));
    }

    private static Answer silent(Asset asset, Reason reason, String detail) {
        return new Silent(NAME, asset, reason, detail);
    }
}
