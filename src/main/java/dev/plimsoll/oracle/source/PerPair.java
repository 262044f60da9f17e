package dev.plimsoll.oracle.source;

import static dev.plimsoll.oracle.SourceSettings.encoded;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plimsoll.oracle.Answer;
import dev.plimsoll.oracle.Answer.Reason;
import dev.plimsoll.oracle.Answer.Silent;
import dev.plimsoll.oracle.SourceSettings;
import dev.plimsoll.oracle.source.Fetched.Document;
import dev.plimsoll.oracle.source.Fetched.Nothing;
import dev.plimsoll.unit.Asset;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** Asks a source that has one address for each pair, some of them at once. */
final class PerPair {
    private final String source;
    private final Desk desk;
    private final int concurrency;

    PerPair(String source, Desk desk, int concurrency) {
        this.source = source;
        this.desk = desk;
        this.concurrency = concurrency;
    }

    /**
     * @param path where the ticker of a pair is, below the base URL; the pair comes URL-encoded
     * @param read what a ticker says of its asset
     */
    Multi<Answer> ask(
            Set<Asset> assets,
            SourceSettings settings,
            UnaryOperator<String> path,
            BiFunction<Asset, JsonNode, Answer> read) {
        return Multi.createFrom()
                .iterable(assets)
                .onItem()
                .transformToUni(asset -> fetch(asset, settings, path).map(fetched -> answer(asset, fetched, read)))
                .merge(concurrency);
    }

    private Uni<Fetched> fetch(Asset asset, SourceSettings settings, UnaryOperator<String> path) {
        var url = settings.at(path.apply(encoded(desk.id(source, asset))));
        return desk.fetch(url, Map.of(), settings.timeout());
    }

    private Answer answer(Asset asset, Fetched fetched, BiFunction<Asset, JsonNode, Answer> read) {
        return switch (fetched) {
            case Document(var json) -> read.apply(asset, json);
            case Nothing none when none.isNotFound() -> unknown(asset, none);
            case Nothing none -> none.silent(source, asset);
        };
    }

    /** A pair it does not have is a path it does not have. */
    private Answer unknown(Asset asset, Nothing none) {
        return new Silent(source, asset, Reason.UNKNOWN_ASSET, none.detail());
    }
}
