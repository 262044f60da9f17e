package dev.plimsoll.api;

import dev.plimsoll.api.form.Form;
import dev.plimsoll.api.form.Reader;
import dev.plimsoll.api.form.Readers;
import dev.plimsoll.position.Adjustment;
import dev.plimsoll.position.Adjustment.Adjusted;
import dev.plimsoll.position.Adjustment.Move;
import dev.plimsoll.position.Adjustment.Refused;
import dev.plimsoll.position.Position;
import dev.plimsoll.risk.Loan;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reads what an owner just did to a loan, and does it or refuses. */
@Singleton
class AdjustmentForm {
    private static final int MAX_MOVES = 20;

    private final AssetNames assets;

    AdjustmentForm(AssetNames assets) {
        this.assets = assets;
    }

    Adjustment read(byte[] body) {
        return Form.of(body, this::read);
    }

    /** The loan after it, or a problem with every fault. */
    Loan apply(Adjustment adjustment, Position now, Instant at) {
        var grown = PositionForm.loan(now).grown(now.legsSince(), at, assets::decimals);
        return switch (adjustment.of(grown)) {
            case Adjusted(Loan adjusted) -> adjusted;
            case Refused(List<Adjustment.Fault> faults) ->
                throw Problems.invalid(faults.stream()
                        .map(fault -> new Fault(fault.detail(), fault.pointer()))
                        .toList());
        };
    }

    private Optional<Adjustment> read(Form form) {
        var repay = moves(form, "repay");
        var borrow = moves(form, "borrow");
        var deposit = moves(form, "deposit");
        var withdraw = moves(form, "withdraw");
        if (!form.mentions("repay")
                && !form.mentions("borrow")
                && !form.mentions("deposit")
                && !form.mentions("withdraw")) {
            form.refuse("Say what you did: 'repay', 'borrow', 'deposit' or 'withdraw'.");
        }
        return form.complete(() -> new Adjustment(repay, borrow, deposit, withdraw));
    }

    private List<Move> moves(Form form, String field) {
        return form.optional(field, Readers.list(1, MAX_MOVES, move())).orElse(List.of());
    }

    private Reader<Move> move() {
        return Readers.object(form -> {
            var asset = form.required("asset", assets.reader());
            var amount = form.required("amount", LoanForm.amount());
            return form.complete(() -> new Move(asset.orElseThrow(), amount.orElseThrow()));
        });
    }
}
