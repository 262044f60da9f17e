package dev.plimsoll.pipeline.backtest;

import dev.plimsoll.rule.RuleJson;
import java.util.List;
import java.util.stream.Stream;

/** Stories as their owner is told them, line by line. */
final class Lines {
    private Lines() {}

    static List<String> of(List<Story> stories) {
        return stories.stream().flatMap(Lines::of).toList();
    }

    /** Without the worst value: of the ticks that mattered to nothing else nobody keeps it. */
    private static Stream<String> of(Story story) {
        var end = "%s liquidated=%s perhaps=%s judged=%s unknown=%s"
                .formatted(story.subject().text(), story.sunk(), story.perhaps(), story.judged(), story.unknown());
        return Stream.concat(story.told().stream().map(Lines::of), Stream.of(end));
    }

    static String of(Told told) {
        var transition = told.transition();
        return "%s #%d %s %s %s %s"
                .formatted(
                        transition.at(),
                        transition.sequence(),
                        RuleJson.word(transition.severity()),
                        transition.type(),
                        transition.reason(),
                        told.healthFactor().map(Object::toString).orElse(""));
    }
}
