package dev.plimsoll.rule;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Whether a rule makes sense; what does not is said in sentences. */
public final class RuleCheck {
    private static final int MOST_LEVELS = 3;

    private RuleCheck() {}

    /**
     * @param detail  a sentence the user can act on
     * @param pointer where, as a JSON pointer into the request: {@code /levels/0/clearAbove}
     */
    public record Fault(String detail, String pointer) {}

    /** All faults at once; empty when it is fine. */
    public static List<Fault> faults(Watches watches, Condition condition, List<Level> levels) {
        var single = IntStream.range(0, levels.size())
                .boxed()
                .flatMap(i -> LevelCheck.faults(condition, levels.get(i), "/levels/" + i));
        return Stream.of(
                        watched(watches, condition).stream(),
                        ConditionCheck.faults(condition),
                        number(levels).stream(),
                        single,
                        together(condition, levels).stream())
                .flatMap(faults -> faults)
                .toList();
    }

    private static Optional<Fault> watched(Watches watches, Condition condition) {
        if (condition instanceof Condition.OnAsset about) {
            return watches instanceof Watches.OneAsset one && one.asset().equals(about.asset())
                    ? Optional.empty()
                    : Optional.of(new Fault(
                            "Rule refused: the condition is about the price of %1$s, so it must watch {\"asset\":\"%1$s\"}."
                                    .formatted(about.asset()),
                            "/watches"));
        }
        return watches instanceof Watches.OneAsset one
                ? Optional.of(new Fault(
                        "Rule refused: %s is not a position; watch \"all\", a position or a label, or ask for the type price or another one on assets."
                                .formatted(one.asset()),
                        "/watches"))
                : Optional.empty();
    }

    private static Optional<Fault> number(List<Level> levels) {
        return levels.isEmpty() || levels.size() > MOST_LEVELS
                ? Optional.of(new Fault(
                        "Rule refused: it has %d levels; one to three are possible.".formatted(levels.size()),
                        "/levels"))
                : Optional.empty();
    }

    private static List<Fault> together(Condition condition, List<Level> levels) {
        var faults = new ArrayList<Fault>();
        Map<Severity, Integer> bySeverity = new TreeMap<>();
        for (var i = 0; i < levels.size(); i++) {
            var severity = levels.get(i).severity();
            if (bySeverity.putIfAbsent(severity, i) != null) {
                faults.add(new Fault(
                        "Rule refused: two levels are %s; each needs a severity of its own.".formatted(word(severity)),
                        "/levels/" + i + "/severity"));
            }
        }
        var mildestFirst = bySeverity.values().stream().toList();
        IntStream.range(1, mildestFirst.size())
                .mapToObj(i -> order(condition, levels, mildestFirst.get(i - 1), mildestFirst.get(i)))
                .flatMap(Optional::stream)
                .forEach(faults::add);
        return faults;
    }

    private static Optional<Fault> order(Condition condition, List<Level> levels, int milder, int severer) {
        var first = levels.get(milder);
        var second = levels.get(severer);
        var pointer = "/levels/" + severer + "/" + LevelJson.field(condition, second.limit());
        if (first.limit() instanceof Level.Limit.Auto && second.limit() instanceof Level.Limit.Auto) {
            return Optional.empty();
        }
        if (!first.limit().getClass().equals(second.limit().getClass())) {
            return isEitherAuto(first, second)
                    ? Optional.empty()
                    : Optional.of(new Fault("Rule refused: its levels must all look the same way.", pointer));
        }
        return LevelCheck.isBeyond(second.limit(), first.limit())
                ? Optional.empty()
                : Optional.of(new Fault(
                        "Rule refused: %s fires %s but %s fires %s; the severer level must be the one reached later."
                                .formatted(
                                        word(first.severity()),
                                        LevelCheck.words(first.limit()),
                                        word(second.severity()),
                                        LevelCheck.words(second.limit())),
                        pointer));
    }

    private static boolean isEitherAuto(Level first, Level second) {
        return Stream.of(first, second).anyMatch(level -> level.limit() instanceof Level.Limit.Auto);
    }

    private static String word(Severity severity) {
        return RuleJson.word(severity);
    }

    /** As a rule keeps them: the mildest first. */
    public static List<Level> mildestFirst(List<Level> levels) {
        return levels.stream().sorted(Comparator.comparing(Level::severity)).toList();
    }
}
