package dev.plimsoll.pipeline;

import dev.plimsoll.alert.AlertWrite;
import dev.plimsoll.delivery.Notice;
import java.util.List;

/**
 * What one tick decided about one selected thing.
 *
 * @param writes  rows that change, with their timelines; empty when nothing changed
 * @param notices what is to be told of them
 * @param settle  what the memory may take for settled, once all of it is committed
 */
record Decision(List<AlertWrite> writes, List<Notice> notices, Runnable settle) {
    Decision {
        writes = List.copyOf(writes);
        notices = List.copyOf(notices);
    }

    static Decision nothing(Runnable settle) {
        return new Decision(List.of(), List.of(), settle);
    }

    boolean changesNothing() {
        return writes.isEmpty();
    }
}
