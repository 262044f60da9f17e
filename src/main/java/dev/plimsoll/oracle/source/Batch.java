package dev.plimsoll.oracle.source;

import dev.plimsoll.oracle.Answer;
import dev.plimsoll.unit.Asset;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/**
 * Asks for many assets at once at a source that refuses a whole batch for one name it does not know: finds that name by
 * halving. The lane leaves it out of the next asks.
 */
final class Batch {
    private final String source;

    Batch(String source) {
        this.source = source;
    }

    /** What one request for several assets brought. */
    sealed interface Outcome {
        record Answered(List<Answer> answers) implements Outcome {}

        /** The source does not know one of the names. */
        record UnknownName() implements Outcome {}
    }

    Multi<Answer> ask(Collection<Asset> assets, Function<List<Asset>, Uni<Outcome>> request) {
        return part(assets.stream().sorted().toList(), request);
    }

    private Multi<Answer> part(List<Asset> assets, Function<List<Asset>, Uni<Outcome>> request) {
        return request.apply(assets).onItem().transformToMulti(outcome -> switch (outcome) {
            case Outcome.Answered(var answers) -> Multi.createFrom().iterable(answers);
            case Outcome.UnknownName none ->
                assets.size() == 1
                        ? Multi.createFrom().item(Desk.unknown(source, assets.getFirst()))
                        : halves(assets, request);
        });
    }

    private Multi<Answer> halves(List<Asset> assets, Function<List<Asset>, Uni<Outcome>> request) {
        var middle = assets.size() / 2;
        return Multi.createBy()
                .concatenating()
                .streams(
                        part(assets.subList(0, middle), request), part(assets.subList(middle, assets.size()), request));
    }
}
