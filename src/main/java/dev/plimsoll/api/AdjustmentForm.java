package dev.plimsoll.api;

import dev.plimsoll.api.form.Form;
import dev.plimsoll.api.form.Reader;
import dev.plimsoll.api.form.Readers;
import dev.plimsoll.position.Adjustment;
import dev.plimsoll.position.Adjustment.Adjusted;
import dev.plimsoll.position.Adjustment.Move;
import dev.plimsoll.position.Adjustment.Refused;
import dev.plimsoll.position.Position;
import dev.plimsoll.risk.Terms;
import dev.plimsoll.unit.AssetRegistry;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reads what an owner just did to a loan, or to the margin of perpetual contracts, and does it or refuses. */
@Singleton
class AdjustmentForm {
    private static final int MAX_MOVES = 20;
    private static final List<String> FIELDS = List.of("repay", "borrow", "deposit", "withdraw");

    /** It is still as it was said to be. */
    private static final Adjustment NOTHING = new Adjustment(List.of(), List.of(), List.of(), List.of());

    private final AssetNames assets;
    private final AssetRegistry registry;

    AdjustmentForm(AssetNames assets, AssetRegistry registry) {
        this.assets = assets;
        this.registry = registry;
    }

    Adjustment read(byte[] body) {
        return Form.of(body, this::read);
    }

    /** The terms after it, or a problem with every fault. */
    Terms apply(Adjustment adjustment, Position now, Instant at) {
        return switch (adjustment.of(now, at, registry)) {
            case Adjusted(Terms adjusted) -> adjusted;
            case Refused(List<Adjustment.Fault> faults) -> throw Problems.invalid(faults(faults));
        };
    }

    static List<Fault> faults(List<Adjustment.Fault> faults) {
        return faults.stream()
                .map(fault -> new Fault(fault.detail(), fault.pointer()))
                .toList();
    }

    private Optional<Adjustment> read(Form form) {
        var adjustment = part(form).orElse(NOTHING);
        return form.complete(() -> adjustment);
    }

    /** Those of its fields that a body holds; empty where it holds none. */
    Optional<Adjustment> part(Form form) {
        var adjustment = new Adjustment(
                moves(form, "repay"), moves(form, "borrow"), moves(form, "deposit"), moves(form, "withdraw"));
        return FIELDS.stream().anyMatch(form::says) ? Optional.of(adjustment) : Optional.empty();
    }

    private List<Move> moves(Form form, String field) {
        return form.optional(field, Readers.list(1, MAX_MOVES, move())).orElse(List.of());
    }

    private Reader<Move> move() {
        return Readers.object(form -> {
            var asset = form.required("asset", assets.readerWithDollar());
            var amount = form.required("amount", LoanForm.amount());
            return form.complete(() -> new Move(asset.orElseThrow(), amount.orElseThrow()));
        });
    }
}
