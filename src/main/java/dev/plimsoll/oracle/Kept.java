package dev.plimsoll.oracle;

import dev.plimsoll.oracle.Answer.Quote;
import dev.plimsoll.unit.Asset;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a source said last of each asset, by the source's own time: a quote that is older than the one we have, from a
 * slower server or a slower way, changes nothing.
 */
final class Kept {
    private static final Duration AHEAD = Duration.ofSeconds(10);

    private final Map<Asset, Answer> answers = new ConcurrentHashMap<>();

    void put(Answer answer) {
        answers.merge(answer.asset(), answer, Kept::later);
    }

    Optional<Answer> of(Asset asset) {
        return Optional.ofNullable(answers.get(asset));
    }

    private static Answer later(Answer before, Answer now) {
        return before instanceof Quote known && now instanceof Quote said && isOlder(said, known) ? known : now;
    }

    /** A time that lies ahead of our clock is a mistake, and must not keep out what is said in good time. */
    private static boolean isOlder(Quote said, Quote known) {
        return said.observedAt()
                .flatMap(at -> known.observedAt().filter(at::isBefore))
                .filter(newest -> !isAhead(newest, said.receivedAt()))
                .isPresent();
    }

    private static boolean isAhead(Instant time, Instant now) {
        return time.isAfter(now.plus(AHEAD));
    }
}
