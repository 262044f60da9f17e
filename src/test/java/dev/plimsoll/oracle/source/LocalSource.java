package dev.plimsoll.oracle.source;

import static dev.plimsoll.oracle.SourceSettings.encoded;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plimsoll.oracle.Answer;
import dev.plimsoll.oracle.PriceSource;
import dev.plimsoll.oracle.SourceSettings;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.BasisPoints;
import io.smallrye.mutiny.Multi;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads a {@link LocalVenue} over the real wire with the same parts as the sources that come with Plimsoll. */
final class LocalSource implements PriceSource {
    private final String name;
    private final URI url;
    private final Desk desk;
    private final InOne document;

    LocalSource(String name, URI url, Desk desk) {
        this.name = name;
        this.url = url;
        this.desk = desk;
        this.document = new InOne(name, desk);
    }

    static String path(Stream<String> ids) {
        return "/prices?ids=" + encoded(ids.collect(Collectors.joining(",")));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Defaults defaults(Optional<URI> configured, Optional<String> key) {
        return new Defaults(url, Duration.ZERO, Duration.ofMinutes(1), BasisPoints.of(50));
    }

    @Override
    public Set<Asset> covers(Set<Asset> wanted) {
        return desk.listed(name, wanted);
    }

    @Override
    public Multi<Answer> ask(Set<Asset> assets, SourceSettings settings) {
        return document.ask(assets, settings, LocalSource::path, Map.of(), this::read);
    }

    private Answer read(Asset asset, JsonNode all) {
        var entry = all.path(desk.id(name, asset));
        return desk.answer(name, asset, StrictJson.price(entry.path("price")), StrictJson.seconds(entry.path("time")));
    }
}
