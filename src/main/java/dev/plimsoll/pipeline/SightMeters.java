package dev.plimsoll.pipeline;

import dev.plimsoll.market.Consensus;
import dev.plimsoll.market.Consensus.Agreed;
import dev.plimsoll.market.Consensus.Diverged;
import dev.plimsoll.market.Consensus.NoQuorum;
import dev.plimsoll.market.LatestMarket;
import dev.plimsoll.market.MarketSnapshot;
import dev.plimsoll.oracle.SourceBoard;
import dev.plimsoll.oracle.SourceBoard.Posted;
import dev.plimsoll.oracle.SourceStatus;
import dev.plimsoll.oracle.SourceStatus.State;
import dev.plimsoll.wire.Level;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How well prices can be seen, as every replica knows it from the last tick of whoever holds the watch. */
@Singleton
class SightMeters {
    private static final String SOURCE = "source";

    private final LatestMarket market;
    private final SourceBoard board;
    private final Clock clock;
    private final MultiGauge age;
    private final MultiGauge silent;
    private final MultiGauge divergence;
    private final Map<String, Level> assets;

    @Inject
    SightMeters(LatestMarket market, SourceBoard board, Clock clock, MeterRegistry registry) {
        this.market = market;
        this.board = board;
        this.clock = clock;
        this.age = rows("plimsoll.oracle.source.age.seconds", registry);
        this.silent = rows("plimsoll.oracle.source.silent", registry);
        this.divergence = rows("plimsoll.oracle.source.divergence.bps", registry);
        this.assets = Stream.of("agreed", "diverged", "no-quorum")
                .collect(Collectors.toMap(
                        Function.identity(), word -> Level.of(registry, "plimsoll.market.assets", "consensus", word)));
    }

    private static MultiGauge rows(String name, MeterRegistry registry) {
        return MultiGauge.builder(name).register(registry);
    }

    void start(@Observes StartupEvent event) {
        market.onNews(() -> market.snapshot().ifPresent(this::show));
        board.onNews(() -> board.latest().ifPresent(this::show));
    }

    private void show(MarketSnapshot snapshot) {
        var words = snapshot.assets().values().stream()
                .collect(Collectors.groupingBy(SightMeters::word, Collectors.counting()));
        assets.forEach((word, level) -> level.set(words.getOrDefault(word, 0L)));
        divergence.register(
                farthest(snapshot).entrySet().stream()
                        .map(entry -> Row.of(Tags.of(SOURCE, entry.getKey()), entry.getValue()))
                        .collect(Collectors.toList()),
                true);
    }

    private static String word(Consensus consensus) {
        return switch (consensus) {
            case Agreed ignored -> "agreed";
            case Diverged ignored -> "diverged";
            case NoQuorum ignored -> "no-quorum";
        };
    }

    /** By source, in basis points without a sign. */
    private static Map<String, BigDecimal> farthest(MarketSnapshot snapshot) {
        var all = new TreeMap<String, BigDecimal>();
        snapshot.assets().values().stream()
                .flatMap(consensus -> consensus.voices().stream())
                .filter(Consensus.Voice::isFresh)
                .forEach(voice ->
                        voice.divergenceBps().ifPresent(bps -> all.merge(voice.source(), bps.abs(), BigDecimal::max)));
        return all;
    }

    private void show(Posted posted) {
        var asked = posted.statuses().stream()
                .filter(status -> status.state() != State.DISABLED)
                .toList();
        silent.register(rows(asked, status -> status.state() == State.SILENT ? 1 : 0), true);
        var answered = asked.stream()
                .filter(status -> status.lastAnswerAt().isPresent())
                .toList();
        age.register(
                answered.stream()
                        .map(status -> Row.of(
                                Tags.of(SOURCE, status.name()),
                                status.lastAnswerAt().orElseThrow(),
                                this::secondsSince))
                        .collect(Collectors.toList()),
                true);
    }

    private static List<Row<?>> rows(List<SourceStatus> statuses, Function<SourceStatus, Number> value) {
        return statuses.stream()
                .map(status -> Row.of(Tags.of(SOURCE, status.name()), value.apply(status)))
                .collect(Collectors.toList());
    }

    /** Grows while nobody asks. */
    private double secondsSince(Instant answered) {
        return Duration.between(answered, clock.instant()).toMillis() / 1_000.0;
    }
}
