package dev.plimsoll.api;

import dev.plimsoll.api.form.Form;
import dev.plimsoll.api.form.Reader;
import dev.plimsoll.api.form.Readers;
import dev.plimsoll.rule.Condition;
import dev.plimsoll.rule.Level;
import dev.plimsoll.rule.Rule;
import dev.plimsoll.rule.RuleCheck;
import dev.plimsoll.rule.RuleDraft;
import dev.plimsoll.rule.Telling;
import dev.plimsoll.rule.Watches;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Reads a rule, whole or changed in part. What it refers to must be the account's own. */
@Singleton
class RuleForm {
    private final WatchesForm watches;
    private final ConditionForm conditions;

    RuleForm(WatchesForm watches, ConditionForm conditions) {
        this.watches = watches;
        this.conditions = conditions;
    }

    RuleDraft whole(byte[] body, References own) {
        return Form.of(body, form -> whole(form, own));
    }

    /** A whole rule inside something else. */
    Reader<RuleDraft> reader(References own) {
        return Readers.object(form -> whole(form, own));
    }

    /** What is named changes, null clears, everything else stays. */
    RuleDraft patch(byte[] body, Rule now, References own) {
        return Form.of(body, form -> patch(form, now, own));
    }

    private Optional<RuleDraft> whole(Form form, References own) {
        var key = form.optional("key", Readers.key());
        var name = form.required("name", Readers.text(PositionForm.MAX_NAME));
        var labels = form.optional("labels", Readers.labels());
        var said = form.optional("watches", watches.reader());
        var condition = form.required("condition", conditions.reader(said));
        var watched = form.says("watches") ? said : condition.map(RuleForm::ofItself);
        var levels = levels(form, condition);
        var telling = TellingForm.read(form, Telling.EVERYTHING);
        check(form, watched, condition, levels, own);
        TellingForm.check(form, levels.orElse(List.of()), telling, own);
        return form.complete(() -> new RuleDraft(
                key,
                name.orElseThrow(),
                labels.orElse(Map.of()),
                watched.orElseThrow(),
                condition.orElseThrow(),
                RuleCheck.mildestFirst(levels.orElseThrow()),
                telling));
    }

    private Optional<RuleDraft> patch(Form form, Rule now, References own) {
        var key = Patch.of(form, "key", Readers.key(), now.key());
        var name = form.optional("name", Readers.text(PositionForm.MAX_NAME));
        var labels = Patch.of(form, "labels", Readers.labels(), Optional.of(now.labels()));
        var watched = Patch.kept(form, "watches", watches.reader(), now.watches());
        var condition = Patch.kept(form, "condition", conditions.reader(watched), now.condition());
        var levels = form.mentions("levels") ? levels(form, condition) : Optional.of(now.levels());
        var telling = TellingForm.read(form, now.telling());
        check(form, watched, condition, levels, own);
        TellingForm.check(form, levels.orElse(List.of()), telling, own);
        return form.complete(() -> new RuleDraft(
                key,
                name.orElse(now.name()),
                labels.orElse(Map.of()),
                watched.orElseThrow(),
                condition.orElseThrow(),
                RuleCheck.mildestFirst(levels.orElseThrow()),
                telling));
    }

    /** Without a condition nobody knows in which field a level's limit stands. */
    private static Optional<List<Level>> levels(Form form, Optional<Condition> condition) {
        form.mentions("levels");
        return condition.flatMap(it -> form.required("levels", LevelForm.reader(it)));
    }

    /** What a rule watches that does not say it. */
    private static Watches ofItself(Condition condition) {
        return condition instanceof Condition.OnAsset about ? new Watches.OneAsset(about.asset()) : new Watches.All();
    }

    private static void check(
            Form form,
            Optional<Watches> watched,
            Optional<Condition> condition,
            Optional<List<Level>> levels,
            References own) {
        watched.flatMap(own::refusal).ifPresent(detail -> form.refuseAt("/watches/position", detail));
        levels.ifPresent(all -> IntStream.range(0, all.size())
                .forEach(i ->
                        all.get(i).channels().ifPresent(ids -> own.refuse(form, "/levels/" + i + "/channels", ids))));
        if (watched.isPresent() && condition.isPresent() && levels.isPresent()) {
            RuleCheck.faults(watched.get(), condition.get(), levels.get())
                    .forEach(fault -> form.refuseAt(fault.pointer(), fault.detail()));
        }
    }
}
