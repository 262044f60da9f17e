package dev.plimsoll.api;

import dev.plimsoll.pipeline.backtest.Crash;
import dev.plimsoll.rule.RuleDraft;

/** Which rule is to be tried on which past. */
record BacktestRequest(RuleDraft rule, Past past) {

    /** Whose prices. */
    sealed interface Past {
        /** The last so many days, as they were recorded. */
        record Days(int days) implements Past {}

        /** A crash whose prices come with Plimsoll. */
        record InCrash(Crash crash) implements Past {}

        /** The field of the request that says it. */
        default String field() {
            return switch (this) {
                case Days ignored -> "days";
                case InCrash ignored -> "crash";
            };
        }
    }
}
