package dev.plimsoll.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The memory of a process and all that it started, as Linux counts it.
 *
 * @param residentMegabytes each process for itself, so that shared pages count several times
 * @param shareMegabytes    shared pages divided among those that share them
 */
record Memory(double residentMegabytes, double shareMegabytes) {

    static Memory of(ProcessHandle process) {
        return Stream.concat(Stream.of(process), process.descendants())
                .map(ProcessHandle::pid)
                .map(Memory::of)
                .reduce(new Memory(0, 0), Memory::plus);
    }

    private static Memory of(long pid) {
        return new Memory(read(pid, "Rss:"), read(pid, "Pss:"));
    }

    private static double read(long pid, String name) {
        try (var lines = Files.lines(Path.of("/proc", Long.toString(pid), "smaps_rollup"))) {
            return lines.filter(line -> line.startsWith(name))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024)
                    .sum();
        } catch (NoSuchFileException ended) {
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Memory plus(Memory other) {
        return new Memory(residentMegabytes + other.residentMegabytes, shareMegabytes + other.shareMegabytes);
    }
}
