package dev.plimsoll.api;

import dev.plimsoll.api.form.Form;
import dev.plimsoll.api.form.Reader;
import dev.plimsoll.api.form.Readers;
import dev.plimsoll.position.Position;
import dev.plimsoll.position.PositionDraft;
import dev.plimsoll.risk.Loan;
import dev.plimsoll.risk.Loan.Debt;
import dev.plimsoll.risk.Margin;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads a position, whole or changed in part. */
@Singleton
class PositionForm {
    static final int MAX_NAME = 200;
    private static final String UNNAMED = "position";
    private static final String DECLARED = "declared";
    private static final List<String> NOT_YET = List.of(
            "perpetual",
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
            Stream.concat(Stream.of(DECLARED), NOT_YET.stream()).toList();
    private static final BigDecimal HIGHEST_TARGET = BigDecimal.valueOf(100);

    private final LoanForm loans;
    private final AdjustmentForm adjustments;
    private final PriceSourceForm priceSources;
    private final Clock clock;

    PositionForm(LoanForm loans, AdjustmentForm adjustments, PriceSourceForm priceSources, Clock clock) {
        this.loans = loans;
        this.adjustments = adjustments;
        this.priceSources = priceSources;
        this.clock = clock;
    }

    PositionDraft create(byte[] body) {
        return Form.of(body, form -> whole(form, name(form), clock.instant(), List.of()));
    }

    /** A position that is only asked about: its name is not needed. */
    Reader<PositionDraft> unstored() {
        return Readers.object(form -> {
            var name = form.optional("name", Readers.text(MAX_NAME)).or(() -> Optional.of(UNNAMED));
            return whole(form, name, clock.instant(), List.of());
        });
    }

    /** Everything anew; interest goes on where the debt stays as it was. */
    PositionDraft replace(byte[] body, Position now) {
        return Form.of(
                body, form -> whole(form, name(form), now.legsSince(), loan(now).debt()));
    }

    /** What is named changes, null clears, everything else stays. */
    PositionDraft patch(byte[] body, Position now) {
        return Form.of(body, form -> patch(form, now));
    }

    /** What its owner just did to the loan; the interest up to now has become debt. */
    PositionDraft adjust(byte[] body, Position now) {
        var adjustment = adjustments.read(body);
        var at = clock.instant();
        var adjusted = adjustments.apply(adjustment, now, at);
        return new PositionDraft(now.key(), now.name(), now.labels(), adjusted, now.targetHealthFactor(), at);
    }

    private static Optional<String> name(Form form) {
        return form.required("name", Readers.text(MAX_NAME));
    }

    private Optional<PositionDraft> whole(Form form, Optional<String> name, Instant since, List<Debt> debtBefore) {
        form.required("kind", kind());
        var priceSource = priceSources.whole(form);
        var key = form.optional("key", Readers.key());
        var labels = form.optional("labels", Readers.labels());
        var collateral = form.required("collateral", loans.collateral());
        var debt = form.optional("debt", loans.debt());
        var target = form.optional("targetHealthFactor", target());
        return form.complete(() -> {
            var loan = new Loan(collateral.orElseThrow(), debt.orElse(List.of()), priceSource);
            return new PositionDraft(
                    key,
                    name.orElseThrow(),
                    labels.orElse(Map.of()),
                    loan,
                    target,
                    loan.debt().equals(debtBefore) ? since : clock.instant());
        });
    }

    private Optional<PositionDraft> patch(Form form, Position now) {
        form.optional("kind", kind());
        var priceSource = priceSources.patch(form, loan(now).priceSource());
        var key = Patch.of(form, "key", Readers.key(), now.key());
        var name = form.optional("name", Readers.text(MAX_NAME));
        var labels = Patch.of(form, "labels", Readers.labels(), Optional.of(now.labels()));
        var collateral = form.optional("collateral", loans.collateral());
        var debt = Patch.of(form, "debt", loans.debt(), Optional.of(loan(now).debt()));
        var target = Patch.of(form, "targetHealthFactor", target(), now.targetHealthFactor());
        return form.complete(() -> {
            var loan = new Loan(collateral.orElse(loan(now).collateral()), debt.orElse(List.of()), priceSource);
            return new PositionDraft(
                    key,
                    name.orElse(now.name()),
                    labels.orElse(Map.of()),
                    loan,
                    target,
                    loan.debt().equals(loan(now).debt()) ? now.legsSince() : clock.instant());
        });
    }

    static Loan loan(Position position) {
        return switch (position.terms()) {
            case Loan loan -> loan;
            case Margin ignored -> throw Problems.notYet("Changing a position of kind 'perpetual'");
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
