package dev.plimsoll.ops.embedded;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;

/**
 * One server process as we start and recognise it.
 *
 * @param mark a path of ours on its command line: so its orphans are told from strangers with the same pid
 * @param pidFile where the server itself writes its pid, as the first line
 * @param stopSignal the signal that stops it at once and cleanly
 * @param ready whether this process takes connections now
 */
record Server(
        String name,
        List<String> command,
        Path mark,
        Path pidFile,
        Path log,
        String stopSignal,
        boolean diesWithUs,
        Predicate<Process> ready) {
    Server {
        command = List.copyOf(command);
    }
}
