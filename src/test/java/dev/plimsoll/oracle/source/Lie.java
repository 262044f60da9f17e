package dev.plimsoll.oracle.source;

import dev.plimsoll.wire.RawServer.Talk;
import java.util.Set;
import java.util.function.Function;

/**
 * What a source may send instead of an answer.
 *
 * @param told   what it says on the wire, made from its recorded answer
 * @param causes why it does not count, as counted and shown: one of these
 */
record Lie(String name, Function<Recorded, Talk> told, Set<String> causes) {

    /** No source lies about a time that it does not give. */
    boolean isOfTime() {
        return name.startsWith("time ");
    }

    @Override
    public String toString() {
        return name;
    }
}
