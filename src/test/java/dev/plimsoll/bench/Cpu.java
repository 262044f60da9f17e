package dev.plimsoll.bench;

import java.time.Duration;
import java.util.stream.Stream;

/**
 * What processes used of the processors so far: on a busy machine a better measure than time.
 *
 * @param service the process itself
 * @param servers all that it started and that still run
 */
record Cpu(Duration service, Duration servers) {

    static Cpu of(ProcessHandle process) {
        return new Cpu(of(Stream.of(process)), of(process.descendants()));
    }

    private static Duration of(Stream<ProcessHandle> processes) {
        return processes
                .flatMap(process -> process.info().totalCpuDuration().stream())
                .reduce(Duration.ZERO, Duration::plus);
    }

    Cpu since(Cpu before) {
        return new Cpu(service.minus(before.service), servers.minus(before.servers));
    }

    /** Microseconds of the service for each of so many things. */
    double serviceMicros(int things) {
        return service.toNanos() / 1e3 / things;
    }

    double serversMicros(int things) {
        return servers.toNanos() / 1e3 / things;
    }
}
