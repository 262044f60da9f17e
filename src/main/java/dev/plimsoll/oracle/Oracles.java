package dev.plimsoll.oracle;

import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.Tick;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Asks all price sources at once, each in its own lane, so that none waits for another. */
@Singleton
public class Oracles {
    private final List<Lane> lanes;
    private final Duration deadline;

    @Inject
    Oracles(@All List<PriceSource> sources, OracleConfig config, MeterRegistry meters) {
        checkNames(sources, config);
        this.deadline = config.deadline();
        this.lanes = sources.stream()
                .sorted(Comparator.comparing(PriceSource::name))
                .map(source -> new Lane(source, SourceSettings.of(source, config), config, meters))
                .toList();
    }

    private static void checkNames(List<PriceSource> sources, OracleConfig config) {
        var known = sources.stream().map(PriceSource::name).collect(Collectors.toSet());
        checkNames(known, config.sources().keySet(), "plimsoll.oracle.sources.");
        checkNames(known, config.only().orElse(Set.of()), "plimsoll.oracle.only: ");
    }

    private static void checkNames(Set<String> known, Set<String> named, String setting) {
        named.stream().filter(name -> !known.contains(name)).findFirst().ifPresent(name -> {
            throw new IllegalArgumentException(setting + name + " is no price source; there are "
                    + known.stream().sorted().collect(Collectors.joining(", ")));
        });
    }

    /**
     * What every source says of these assets, taken when it is not worth waiting any longer, see {@link Patience}: what
     * comes later counts in the next tick. Never fails.
     */
    public Uni<List<Answer>> ask(Set<Asset> assets, Tick tick) {
        return Uni.createFrom()
                .deferred(() -> new Patience(begin(assets, tick), assets, deadline, tick).enough())
                .map(enough -> answers(assets));
    }

    /** Takes what comes over the sources' streams between the ticks, while there are ticks, until it is cancelled. */
    public Uni<Void> listen() {
        return Uni.join()
                .all(lanes.stream().map(Lane::listen).toList())
                .andCollectFailures()
                .replaceWithVoid();
    }

    private List<Ask> begin(Set<Asset> assets, Tick tick) {
        return lanes.stream().flatMap(lane -> lane.ask(assets, tick).stream()).toList();
    }

    private List<Answer> answers(Set<Asset> assets) {
        return lanes.stream().flatMap(lane -> lane.answers(assets).stream()).toList();
    }

    /** What the consensus needs to know of every source. */
    public List<Feed> feeds() {
        return lanes.stream().map(Lane::feed).toList();
    }

    /** In the order of their names. */
    public List<SourceStatus> status() {
        return lanes.stream().map(Lane::status).toList();
    }
}
