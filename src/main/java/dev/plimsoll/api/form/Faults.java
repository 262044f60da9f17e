package dev.plimsoll.api.form;

import dev.plimsoll.api.Fault;
import java.util.ArrayList;
import java.util.List;

/** Everything that is wrong with one request, in the order found. Belongs to one request and one thread. */
final class Faults {
    /** Enough to mend a request by; a hostile body must not make an answer larger than itself. */
    private static final int MAX = 50;

    private final List<Fault> list = new ArrayList<>();
    private int count;

    void add(String detail, Pointer pointer) {
        count++;
        if (list.size() < MAX) {
            list.add(new Fault(detail, pointer.text()));
        }
    }

    boolean any() {
        return count > 0;
    }

    int count() {
        return count;
    }

    List<Fault> list() {
        return List.copyOf(list);
    }
}
