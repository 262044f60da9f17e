package dev.plimsoll.api;

import dev.plimsoll.api.BacktestRequest.Past;
import dev.plimsoll.api.form.Form;
import dev.plimsoll.api.form.Readers;
import dev.plimsoll.pipeline.backtest.Backtest;
import dev.plimsoll.pipeline.backtest.Crashes;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Reads which rule is to be tried on which past. */
@Singleton
class BacktestForm {
    private static final int MOST_DAYS = 400;

    private final RuleForm rules;
    private final Crashes crashes;

    BacktestForm(RuleForm rules, Crashes crashes) {
        this.rules = rules;
        this.crashes = crashes;
    }

    BacktestRequest read(byte[] body, References own) {
        return Form.of(body, form -> read(form, own));
    }

    private Optional<BacktestRequest> read(Form form, References own) {
        var rule = form.required("rule", rules.reader(own));
        rule.flatMap(draft -> Backtest.refusal(draft.condition()))
                .ifPresent(detail -> form.refuseAt("/rule/condition/type", detail));
        var past = past(form);
        return form.complete(() -> new BacktestRequest(rule.orElseThrow(), past.orElseThrow()));
    }

    private Optional<Past> past(Form form) {
        var days = form.optional("days", Readers.whole(1, MOST_DAYS));
        var crash = form.optional("crash", Readers.oneOf(crashes.ids()));
        if (form.says("days") == form.says("crash")) {
            form.refuse(
                    form.says("days")
                            ? "Say either 'days' or 'crash', not both."
                            : "Say on which prices: 'days', from 1 to " + MOST_DAYS + ", or 'crash', one of '"
                                    + String.join("', '", crashes.ids()) + "'.");
        }
        return days.<Past>map(Past.Days::new)
                .or(() -> crash.flatMap(crashes::named).map(Past.InCrash::new));
    }
}
