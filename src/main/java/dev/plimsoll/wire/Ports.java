package dev.plimsoll.wire;

import java.util.List;
import java.util.stream.Collectors;

/** Single ports and ranges: {@code 443}, {@code 10000-10100}. */
record Ports(List<Range> ranges) {
    Ports {
        ranges = List.copyOf(ranges);
        if (ranges.isEmpty()) {
            throw new IllegalArgumentException("at least one port must be allowed");
        }
    }

    /** @throws IllegalArgumentException when one is neither a port nor a range of ports */
    static Ports of(List<String> ports) {
        return new Ports(ports.stream().map(String::strip).map(Range::parse).toList());
    }

    boolean contain(int port) {
        return ranges.stream().anyMatch(range -> range.from <= port && port <= range.to);
    }

    @Override
    public String toString() {
        return ranges.stream().map(Range::toString).collect(Collectors.joining(", "));
    }

    /** Both ends included. */
    record Range(int from, int to) {
        Range {
            if (from < 1 || to > 65_535 || from > to) {
                throw new IllegalArgumentException("ports go from 1 to 65535, was " + from + "-" + to);
            }
        }

        static Range parse(String text) {
            if (!text.matches("\\d{1,5}(-\\d{1,5})?")) {
                throw new IllegalArgumentException("'" + text + "' is neither a port nor a range such as 8000-8100");
            }
            var ends = text.split("-");
            return new Range(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]));
        }

        @Override
        public String toString() {
            return from == to ? String.valueOf(from) : from + "-" + to;
        }
    }
}
