package dev.plimsoll.api.stream;

import dev.plimsoll.api.ApiConfig;
import dev.plimsoll.market.LatestMarket;
import dev.plimsoll.oracle.SourceBoard;
import dev.plimsoll.oracle.SourceBoard.Posted;
import dev.plimsoll.oracle.SourceStatus;
import dev.plimsoll.oracle.SourceStatusJson;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Everybody who listens, and what all of them are told: from one event loop, one market after the other. */
@Singleton
class Streams {
    private static final int FIRST = 1;

    private final LatestMarket latest;
    private final SourceBoard board;
    private final ApiConfig.Streams config;
    private final MeterRegistry meters;
    private final Context loop;
    private final Seats seats;
    private final Set<Reader> readers = ConcurrentHashMap.newKeySet();
    private Optional<Edition> edition = Optional.empty();
    private Map<String, SourceStatus.State> states = Map.of();
    private volatile boolean ending;

    Streams(LatestMarket latest, SourceBoard board, ApiConfig config, MeterRegistry meters, Vertx vertx) {
        this.latest = latest;
        this.board = board;
        this.config = config.stream();
        this.meters = meters;
        this.loop = vertx.getOrCreateContext();
        this.seats = new Seats(config.stream());
    }

    void start(@Observes StartupEvent event) {
        meters.gauge("plimsoll.stream.connections", seats, Seats::taken);
        latest.onNews(() -> loop.runOnContext(nothing -> market()));
        board.onNews(() -> loop.runOnContext(nothing -> sources()));
        loop.runOnContext(nothing -> {
            market();
            sources();
            loop.owner().setPeriodic(config.heartbeat().toMillis(), timer -> readers.forEach(Reader::keepAlive));
        });
    }

    /** Readiness is off already: who comes back finds another replica. Otherwise every stream would hold up the end. */
    void delay(@Observes ShutdownDelayInitiatedEvent event) {
        end();
    }

    void end(@Observes @Priority(FIRST) ShutdownEvent event) {
        end();
    }

    Seats seats() {
        return seats;
    }

    boolean isEnding() {
        return ending;
    }

    /** From here on the response is the stream's. */
    void open(Opening opening) {
        var response = opening.http().response();
        if (opening.http().request().method() == HttpMethod.HEAD) {
            response.end();
            return;
        }
        var context = loop.owner().getOrCreateContext();
        var reader = new Reader(opening, context, config.backlogBytes(), this::countDropped);
        response.setChunked(true);
        opening.http().addEndHandler(closed -> readers.remove(reader));
        reader.begin();
        loop.runOnContext(nothing -> join(reader));
    }

    /** Those who listen with a key. */
    List<Reader> keyed() {
        return readers.stream().filter(reader -> reader.identity().isPresent()).toList();
    }

    private void join(Reader reader) {
        edition.filter(known -> reader.wanted().has(EventKind.MARKET))
                .ifPresent(known -> reader.tell(known.whole(reader.wanted())));
        readers.add(reader);
        if (ending || !reader.isOpen()) {
            readers.remove(reader);
            reader.end();
        }
    }

    private void market() {
        latest.snapshot().ifPresent(market -> {
            var before = edition;
            var now = Edition.of(market, before);
            edition = Optional.of(now);
            tell(
                    EventKind.MARKET,
                    reader -> before.isEmpty() ? now.whole(reader.wanted()) : now.change(reader.wanted()));
        });
    }

    private void sources() {
        board.latest().ifPresent(posted -> {
            posted.statuses().stream().filter(this::isOther).forEach(status -> {
                var frame = Frame.of(EventKind.SOURCE, posted.at(), SourceStatusJson.write(status));
                tell(EventKind.SOURCE, reader -> frame);
            });
            states = states(posted);
        });
    }

    /** What a source was when this replica first heard of it is no change. */
    private boolean isOther(SourceStatus status) {
        return Optional.ofNullable(states.get(status.name()))
                .filter(before -> before != status.state())
                .isPresent();
    }

    private static Map<String, SourceStatus.State> states(Posted posted) {
        return posted.statuses().stream().collect(Collectors.toMap(SourceStatus::name, SourceStatus::state));
    }

    private void tell(EventKind kind, Function<Reader, Frame> frame) {
        readers.stream()
                .filter(reader -> reader.wanted().has(kind))
                .forEach(reader -> reader.tell(frame.apply(reader)));
    }

    private void end() {
        ending = true;
        readers.forEach(Reader::end);
    }

    private void countDropped() {
        meters.counter("plimsoll.stream.dropped").increment();
    }
}
