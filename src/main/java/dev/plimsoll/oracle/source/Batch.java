package dev.plimsoll.oracle.source;

import dev.plimsoll.oracle.Answer;
import dev.plimsoll.oracle.Answer.Reason;
import dev.plimsoll.oracle.Answer.Silent;
import dev.plimsoll.unit.Asset;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Asks for many assets at once at a source that refuses a whole batch for one name it does not know: finds that name by
 * halving, and leaves it out for an hour.
 */
final class Batch {
    private static final Duration LEFT_OUT = Duration.ofHours(1);

    private final String source;
    private final Supplier<Instant> clock;
    private final Map<Asset, Instant> unknown = new ConcurrentHashMap<>();

    Batch(String source, Supplier<Instant> clock) {
        this.source = source;
        this.clock = clock;
    }

    /** What one request for several assets brought. */
    sealed interface Outcome {
        record Answered(List<Answer> answers) implements Outcome {}

        /** The source does not know one of the names. */
        record UnknownName() implements Outcome {}
    }

    Multi<Answer> ask(Collection<Asset> assets, Function<List<Asset>, Uni<Outcome>> request) {
        var now = clock.get();
        unknown.values().removeIf(until -> !until.isAfter(now));
        var left = assets.stream().filter(unknown::containsKey).map(this::unknownName);
        var asked = assets.stream()
                .filter(asset -> !unknown.containsKey(asset))
                .sorted()
                .toList();
        return Multi.createBy()
                .concatenating()
                .streams(
                        Multi.createFrom().items(left),
                        asked.isEmpty() ? Multi.createFrom().empty() : part(asked, request));
    }

    private Multi<Answer> part(List<Asset> assets, Function<List<Asset>, Uni<Outcome>> request) {
        return request.apply(assets).onItem().transformToMulti(outcome -> switch (outcome) {
            case Outcome.Answered(var answers) -> Multi.createFrom().iterable(answers);
            case Outcome.UnknownName none -> assets.size() == 1 ? leaveOut(assets.getFirst()) : halves(assets, request);
        });
    }

    private Multi<Answer> halves(List<Asset> assets, Function<List<Asset>, Uni<Outcome>> request) {
        var middle = assets.size() / 2;
        return Multi.createBy()
                .concatenating()
                .streams(
                        part(assets.subList(0, middle), request), part(assets.subList(middle, assets.size()), request));
    }

    private Multi<Answer> leaveOut(Asset asset) {
        unknown.put(asset, clock.get().plus(LEFT_OUT));
        return Multi.createFrom().item(unknownName(asset));
    }

    private Answer unknownName(Asset asset) {
        return new Silent(source, asset, Reason.UNKNOWN_ASSET, "it does not know the pair of the asset file");
    }
}
