package dev.plimsoll.pipeline.backtest;

import dev.plimsoll.position.Position;
import dev.plimsoll.risk.Terms;
import dev.plimsoll.rule.Condition;
import dev.plimsoll.rule.Level;
import dev.plimsoll.rule.Level.Limit;
import dev.plimsoll.rule.Rule;
import dev.plimsoll.rule.RuleDraft;
import dev.plimsoll.rule.Severity;
import dev.plimsoll.rule.Telling;
import dev.plimsoll.rule.Watches;
import dev.plimsoll.unit.Assets;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** One rule on one position, in few words. */
final class Trial {
    private static final UUID ADA = new UUID(1, 1);

    private Trial() {}

    static Backtest of(Rule rule, Terms terms, PastPrices prices) {
        return new Backtest(rule, List.of(position(terms)), prices, Assets.registry());
    }

    static Backtest of(Rule rule, PastPrices prices) {
        return new Backtest(rule, List.of(), prices, Assets.registry());
    }

    /** Of the only thing there is. */
    static Story story(Backtest backtest) {
        return backtest.run().getFirst();
    }

    private static Position position(Terms terms) {
        return new Position(
                new UUID(1, 2),
                ADA,
                Optional.empty(),
                "a position",
                Map.of(),
                terms,
                Optional.empty(),
                Months.START,
                Months.START,
                1);
    }

    /** One level a limit, the mildest first; they clear after five minutes and repeat every hour. */
    static Rule rule(Condition condition, Duration hold, Limit... limits) {
        var severities = List.of(Severity.WARNING, Severity.CRITICAL);
        var levels = new ArrayList<Level>();
        for (var limit : limits) {
            levels.add(new Level(
                    severities.get(levels.size()),
                    limit,
                    Optional.empty(),
                    hold,
                    Duration.ofMinutes(5),
                    Duration.ofHours(1),
                    Optional.empty()));
        }
        return new RuleDraft(Optional.empty(), "x", Map.of(), new Watches.All(), condition, levels, Telling.EVERYTHING)
                .unstored(ADA, Months.START);
    }

    /** Health factor below these. */
    static Rule below(String... limits) {
        return rule(
                new Condition.HealthFactor(Condition.Basis.PROTOCOL),
                Duration.ZERO,
                List.of(limits).stream()
                        .map(limit -> new Limit.Below(new BigDecimal(limit)))
                        .toArray(Limit[]::new));
    }
}
