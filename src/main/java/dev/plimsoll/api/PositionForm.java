package dev.plimsoll.api;

import dev.plimsoll.api.form.Form;
import dev.plimsoll.api.form.Reader;
import dev.plimsoll.api.form.Readers;
import dev.plimsoll.position.Position;
import dev.plimsoll.position.PositionDraft;
import dev.plimsoll.risk.Loan;
import dev.plimsoll.risk.Margin;
import dev.plimsoll.risk.Terms;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** Reads a position, whole or changed in part. */
@Singleton
class PositionForm {
    static final int MAX_NAME = 200;
    private static final String UNNAMED = "position";
    private static final List<String> NOT_YET = List.of(
            "aave-v3",
            "spark",
            "compound-v3",
            "compound-v2",
            "maker",
            "liquity-v1",
            "liquity-v2",
            "morpho-blue",
            "gmx-v2",
            "dydx-v4",
            "hyperliquid");
    private static final List<String> KINDS =
            Stream.concat(Stream.of(Loan.KIND, Margin.KIND), NOT_YET.stream()).toList();
    private static final BigDecimal HIGHEST_TARGET = BigDecimal.valueOf(100);

    private final LoanForm loans;
    private final MarginForm margins;
    private final AdjustmentForm adjustments;
    private final Clock clock;

    PositionForm(LoanForm loans, MarginForm margins, AdjustmentForm adjustments, Clock clock) {
        this.loans = loans;
        this.margins = margins;
        this.adjustments = adjustments;
        this.clock = clock;
    }

    PositionDraft create(byte[] body) {
        return Form.of(body, form -> whole(form, name(form), clock.instant(), Optional.empty()));
    }

    /** One of several. @param known what it was by its key and name, if it was */
    Reader<PositionDraft> reader(BiFunction<Optional<String>, String, Optional<Position>> known) {
        return Readers.object(form -> {
            var key = form.optional("key", Readers.key());
            var name = name(form);
            var now = name.flatMap(said -> known.apply(key, said));
            var since = now.map(Position::legsSince).orElseGet(clock::instant);
            return whole(form, key, name, since, now.map(Position::terms));
        });
    }

    /** A position that is only asked about: its name is not needed. */
    Reader<PositionDraft> unstored() {
        return Readers.object(form -> {
            var name = form.optional("name", Readers.text(MAX_NAME)).or(() -> Optional.of(UNNAMED));
            return whole(form, name, clock.instant(), Optional.empty());
        });
    }

    /** Everything anew; interest goes on where the debt stays as it was. */
    PositionDraft replace(byte[] body, Position now) {
        return Form.of(body, form -> whole(form, name(form), now.legsSince(), Optional.of(now.terms())));
    }

    /** What is named changes, null clears, everything else stays. */
    PositionDraft patch(byte[] body, Position now) {
        return Form.of(body, form -> patch(form, now));
    }

    /** What its owner just did to it; the interest up to now has become debt. */
    PositionDraft adjust(byte[] body, Position now) {
        var adjustment = adjustments.read(body);
        var at = clock.instant();
        var adjusted = adjustments.apply(adjustment, now, at);
        return new PositionDraft(now.key(), now.name(), now.labels(), adjusted, now.targetHealthFactor(), at);
    }

    private static Optional<String> name(Form form) {
        return form.required("name", Readers.text(MAX_NAME));
    }

    /** @param before the terms it had, if any: what they began with goes on where it stays as it was */
    private Optional<PositionDraft> whole(Form form, Optional<String> name, Instant since, Optional<Terms> before) {
        return whole(form, form.optional("key", Readers.key()), name, since, before);
    }

    private Optional<PositionDraft> whole(
            Form form, Optional<String> key, Optional<String> name, Instant since, Optional<Terms> before) {
        var kind = form.required("kind", kind());
        var labels = form.optional("labels", Readers.labels());
        var terms = kind.filter(Margin.KIND::equals).isPresent() ? margins.whole(form) : loans.whole(form);
        var target = form.optional("targetHealthFactor", target());
        return form.complete(() -> draft(key, name.orElseThrow(), labels, terms.get(), target, since, before));
    }

    private Optional<PositionDraft> patch(Form form, Position now) {
        form.optional(
                "kind", kind().where(now.terms().kind()::equals, "A position keeps its kind: replace it with PUT."));
        var key = Patch.of(form, "key", Readers.key(), now.key());
        var name = form.optional("name", Readers.text(MAX_NAME));
        var labels = Patch.of(form, "labels", Readers.labels(), Optional.of(now.labels()));
        var terms = switch (now.terms()) {
            case Loan loan -> loans.patch(form, loan);
            case Margin margin -> margins.patch(form, margin);
        };
        var target = Patch.of(form, "targetHealthFactor", target(), now.targetHealthFactor());
        return form.complete(() -> draft(
                key, name.orElse(now.name()), labels, terms.get(), target, now.legsSince(), Optional.of(now.terms())));
    }

    private PositionDraft draft(
            Optional<String> key,
            String name,
            Optional<Map<String, String>> labels,
            Terms terms,
            Optional<BigDecimal> target,
            Instant since,
            Optional<Terms> before) {
        var goesOn = before.filter(earlier -> isOwedTheSame(earlier, terms)).isPresent();
        return new PositionDraft(key, name, labels.orElse(Map.of()), terms, target, goesOn ? since : clock.instant());
    }

    private static boolean isOwedTheSame(Terms before, Terms after) {
        return switch (after) {
            case Loan loan -> before instanceof Loan earlier && loan.debt().equals(earlier.debt());
            case Margin margin -> margin.equals(before);
        };
    }

    private static Reader<String> kind() {
        return Readers.oneOf(KINDS).map(PositionForm::built);
    }

    private static String built(String kind) {
        if (NOT_YET.contains(kind)) {
            throw Problems.notYet("Positions of kind '" + kind + "'");
        }
        return kind;
    }

    private static Reader<BigDecimal> target() {
        return Readers.decimal()
                .where(
                        target -> target.compareTo(BigDecimal.ONE) > 0 && target.compareTo(HIGHEST_TARGET) <= 0,
                        "A target health factor is above 1, where liquidation begins, and at most 100.");
    }
}
