package dev.plimsoll.pipeline;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What one tick found of one selected thing.
 *
 * @param drafts of the alerts about it that change, or of which something was kept from their owner
 * @param settle what the memory may take for settled, once all of it is committed
 */
record Finding(List<Draft> drafts, Runnable settle) {
    Finding {
        drafts = List.copyOf(drafts);
    }

    static Finding nothing(Runnable settle) {
        return new Finding(List.of(), settle);
    }

    Finding map(UnaryOperator<Draft> change) {
        return new Finding(drafts.stream().map(change).toList(), settle);
    }
}
