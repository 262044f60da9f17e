package dev.plimsoll.api;

import dev.plimsoll.api.form.Form;
import dev.plimsoll.position.PositionDraft;
import dev.plimsoll.risk.Shocks;
import jakarta.inject.Singleton;
import java.util.List;

/** Reads what is supposed to happen to a position and to prices. */
@Singleton
class SimulationForm {
    private final ShockForm shocks;
    private final AdjustmentForm adjustments;
    private final PositionForm positions;

    SimulationForm(ShockForm shocks, AdjustmentForm adjustments, PositionForm positions) {
        this.shocks = shocks;
        this.adjustments = adjustments;
        this.positions = positions;
    }

    /** A simulation of a position that stands in the body. */
    record Inline(PositionDraft position, Simulation simulation) {}

    /** Of a position that is stored. */
    Simulation read(byte[] body) {
        return Form.of(body, form -> {
            var simulation = simulation(form);
            if (!form.says("shocks") && simulation.adjustment().isEmpty()) {
                form.refuse("Say what happens: 'shocks', 'repay', 'borrow', 'deposit' or 'withdraw'.");
            }
            return form.complete(() -> simulation);
        });
    }

    Inline readInline(byte[] body) {
        return Form.of(body, form -> {
            var position = form.required("position", positions.unstored());
            var simulation = simulation(form);
            return form.complete(() -> new Inline(position.orElseThrow(), simulation));
        });
    }

    private Simulation simulation(Form form) {
        var moves = form.optional("shocks", shocks.reader()).orElse(List.of());
        return new Simulation(new Shocks(moves), adjustments.part(form));
    }
}
