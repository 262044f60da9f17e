package dev.plimsoll.oracle.source;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plimsoll.oracle.Answer;
import dev.plimsoll.oracle.SourceSettings;
import dev.plimsoll.oracle.source.Fetched.Document;
import dev.plimsoll.oracle.source.Fetched.Nothing;
import dev.plimsoll.unit.Asset;
import io.smallrye.mutiny.Multi;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/** Asks a source that tells the prices of many assets in one document, and leaves out those it does not know. */
final class InOne {
    private final String source;
    private final Desk desk;

    InOne(String source, Desk desk) {
        this.source = source;
        this.desk = desk;
    }

    /**
     * @param path    of the document below the base URL, encoded, for the sorted identifiers of the assets
     * @param headers of the request
     * @param read    what the document says of an asset
     */
    Multi<Answer> ask(
            Set<Asset> assets,
            SourceSettings settings,
            Function<Stream<String>, String> path,
            Map<String, String> headers,
            BiFunction<Asset, JsonNode, Answer> read) {
        var ids = assets.stream().map(asset -> desk.id(source, asset)).sorted();
        return desk.fetch(settings.at(path.apply(ids)), headers, settings.timeout())
                .onItem()
                .transformToMulti(fetched ->
                        Multi.createFrom().items(assets.stream().map(asset -> answer(asset, fetched, read))));
    }

    private Answer answer(Asset asset, Fetched fetched, BiFunction<Asset, JsonNode, Answer> read) {
        return switch (fetched) {
            case Document(var json) -> read.apply(asset, json);
            case Nothing none -> none.silent(source, asset);
        };
    }
}
