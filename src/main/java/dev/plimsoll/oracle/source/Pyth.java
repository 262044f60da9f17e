package dev.plimsoll.oracle.source;

import static dev.plimsoll.oracle.SourceSettings.encoded;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plimsoll.oracle.Answer;
import dev.plimsoll.oracle.Answer.Reason;
import dev.plimsoll.oracle.Answer.Silent;
import dev.plimsoll.oracle.SourceSettings;
import dev.plimsoll.oracle.StreamingSource;
import dev.plimsoll.oracle.source.Fetched.Document;
import dev.plimsoll.oracle.source.Fetched.Nothing;
import dev.plimsoll.oracle.source.PythUpdate.Reading;
import dev.plimsoll.oracle.source.PythUpdate.Reading.Price;
import dev.plimsoll.oracle.source.PythUpdate.Reading.Unusable;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.BasisPoints;
import dev.plimsoll.wire.StreamLimits;
import io.smallrye.mutiny.Multi;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Pyth, whose publishers are exchanges and trading firms, read from Hermes, all feeds in one request: {@code GET
 * /v2/updates/price/latest?ids[]=…}; or listened to, each event of {@code GET /v2/updates/price/stream?ids[]=…} being
 * such an answer.
 *
 * <p>A price is an integer times a power of ten, with an interval and the time it was published; the signed binary form
 * that comes with it is for contracts. Hermes answers nobody without a key.
 *
 * @see <a href="https://docs.pyth.network/price-feeds/core/fetch-price-updates">Fetch Price Updates</a>
 */
@Singleton
class Pyth implements StreamingSource {
    private static final String NAME = "pyth";
    private static final String KEY = "plimsoll.oracle.sources.pyth.key";
    private static final Set<String> WITH_KEY = Set.of("pyth.dourolabs.app", "hermes.pyth.network");
    private static final Set<Integer> UNAUTHORIZED = Set.of(401, 403);

    private final Desk desk;

    Pyth(Desk desk) {
        this.desk = desk;
    }

    @Override
    public String name() {
        return NAME;
    }

    /** Where hermes.pyth.network redirects to, since we follow no redirects; half of the requests it allows. */
    @Override
    public Defaults defaults(Optional<URI> url, Optional<String> key) {
        return new Defaults(
                URI.create("https://pyth.dourolabs.app/hermes"),
                Duration.ofSeconds(2),
                Duration.ofMinutes(1),
                BasisPoints.of(50));
    }

    /** Somebody's own Hermes may need none. */
    @Override
    public Optional<String> missing(SourceSettings settings) {
        return settings.key().isEmpty() && WITH_KEY.contains(settings.url().getHost())
                ? Optional.of("it needs an API key: set " + KEY)
                : Optional.empty();
    }

    @Override
    public Set<Asset> covers(Set<Asset> wanted) {
        return desk.listed(NAME, wanted);
    }

    @Override
    public Multi<Answer> ask(Set<Asset> assets, SourceSettings settings) {
        return desk.fetch(
                        settings.at("/v2/updates/price/latest" + query(assets)), headers(settings), settings.timeout())
                .onItem()
                .transformToMulti(fetched -> Multi.createFrom().iterable(answers(assets, fetched)));
    }

    @Override
    public Multi<Heard> listen(Set<Asset> assets, SourceSettings settings) {
        return desk.listen(
                settings.at("/v2/updates/price/stream" + query(assets)),
                headers(settings),
                StreamLimits.within(settings.timeout(), settings.heartbeat().multipliedBy(2)),
                update -> said(assets, update));
    }

    /** An event need not speak of all assets. */
    private List<Answer> said(Set<Asset> assets, JsonNode update) {
        var readings = PythUpdate.read(update).orElse(Map.of());
        return answers(
                assets.stream()
                        .filter(asset -> readings.containsKey(desk.id(NAME, asset)))
                        .toList(),
                readings);
    }

    /** Without the last parameter one id that is no more would cost the answer for all. */
    private String query(Collection<Asset> assets) {
        return assets.stream()
                .map(asset -> encoded("ids[]") + "=" + encoded(desk.id(NAME, asset)))
                .sorted()
                .collect(Collectors.joining("&", "?", "&parsed=true&encoding=hex&ignore_invalid_price_ids=true"));
    }

    private static Map<String, String> headers(SourceSettings settings) {
        return settings.key()
                .map(key -> Map.of("Authorization", "Bearer " + key))
                .orElse(Map.of());
    }

    private List<Answer> answers(Collection<Asset> assets, Fetched fetched) {
        return switch (fetched) {
            case Document(var update) ->
                PythUpdate.read(update)
                        .map(readings -> answers(assets, readings))
                        .orElseGet(
                                () -> silent(assets, new Nothing(Reason.MALFORMED, "its answer is no price update")));
            case Nothing none -> silent(assets, nothing(none));
        };
    }

    private List<Answer> answers(Collection<Asset> assets, Map<String, Reading> readings) {
        return assets.stream()
                .map(asset -> answer(asset, Optional.ofNullable(readings.get(desk.id(NAME, asset)))))
                .toList();
    }

    private Answer answer(Asset asset, Optional<Reading> found) {
        return found.<Answer>map(reading -> switch (reading) {
                    case Price(var value, var confidence, var at) -> desk.quote(NAME, asset, value, confidence, at);
                    case Unusable(var reason, var detail) -> new Silent(NAME, asset, reason, detail);
                })
                .orElseGet(() -> Desk.unknown(NAME, asset));
    }

    private static List<Answer> silent(Collection<Asset> assets, Nothing none) {
        return assets.stream().<Answer>map(asset -> none.silent(NAME, asset)).toList();
    }

    private static Nothing nothing(Nothing none) {
        return UNAUTHORIZED.contains(none.status())
                ? new Nothing(none.reason(), "it answered HTTP " + none.status() + ": is " + KEY + " right?")
                : none;
    }
}
