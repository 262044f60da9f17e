package dev.plimsoll.bench;

import java.util.List;

/** One benchmark. Ends by itself, and its load is bounded. */
interface Program {
    /** @param args what follows its name on the command line */
    void run(Report report, List<String> args) throws Exception;

    /** Whether it runs when none is named. */
    default boolean isShort() {
        return true;
    }
}
