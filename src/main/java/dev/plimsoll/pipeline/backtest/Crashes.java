package dev.plimsoll.pipeline.backtest;

import dev.plimsoll.pipeline.backtest.Crash.Listing;
import dev.plimsoll.unit.Asset;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The crashes that come with Plimsoll, as {@code crashes/windows.json} lists them: the oldest first.
 *
 * @param standIns an asset that no window has, and another that it is worth exactly as much as
 */
public record Crashes(List<Crash> all, Map<Asset, Asset> standIns) {
    private static final String FOLDER = "/crashes/";

    public Crashes {
        all = List.copyOf(all);
        standIns = Map.copyOf(standIns);
    }

    public static Crashes read() {
        try (var in = Crashes.class.getResourceAsStream(FOLDER + "windows.json")) {
            var json = new JsonObject(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            return new Crashes(
                    json.getJsonArray("windows").stream()
                            .map(JsonObject.class::cast)
                            .map(Crashes::crash)
                            .toList(),
                    assets(json.getJsonObject("standIns")));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the list of crashes", e);
        }
    }

    public Optional<Crash> named(String id) {
        return all.stream().filter(crash -> crash.id().equals(id)).findFirst();
    }

    public List<String> ids() {
        return all.stream().map(Crash::id).toList();
    }

    private static Crash crash(JsonObject json) {
        var listings = new HashMap<Asset, Listing>();
        for (var prices : json.getJsonArray("prices")) {
            listings.putAll(listings((JsonObject) prices));
        }
        return new Crash(
                json.getString("id"), json.getString("title"), Optional.ofNullable(json.getString("note")), listings);
    }

    private static Map<Asset, Listing> listings(JsonObject json) {
        var pairs = json.getJsonObject("pairs");
        return pairs.fieldNames().stream()
                .collect(Collectors.toMap(
                        Asset::new,
                        asset -> new Listing(
                                FOLDER + json.getString("candles"),
                                Duration.parse(json.getString("bar")),
                                json.getString("venue"),
                                pairs.getString(asset))));
    }

    private static Map<Asset, Asset> assets(JsonObject json) {
        return json.fieldNames().stream()
                .collect(Collectors.toMap(Asset::new, asset -> new Asset(json.getString(asset))));
    }
}
