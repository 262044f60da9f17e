package dev.plimsoll.bench;

import java.nio.file.Files;
import java.util.List;
import java.util.Map;

/**
 * {@code bench load [positions]}: how long the packaged service takes from its start until all positions are in memory,
 * and what they take there.
 */
final class LoadProgram implements Program {
    private static final int POSITIONS = 100_000;
    private static final double MOST_COLUMN_BYTES = 100;

    @Override
    public boolean isShort() {
        return false;
    }

    @Override
    public void run(Report report, List<String> args) throws Exception {
        var positions = args.isEmpty() ? POSITIONS : Integer.parseInt(args.getFirst());
        var crowd = new Crowd(positions);
        try (var town = new CrashTown(crowd, Files.createTempDirectory("plimsoll-bench-load-"), CrashTown.COLLECTOR)) {
            town.open();
            var millis = town.loaded("tookMs");
            var columns = (double) town.loaded("columnBytes") / positions;
            var heap = (town.heapBytes() - town.emptyHeapBytes()) / positions;
            report.line(
                    "load",
                    Map.of(
                            "positions",
                            positions,
                            "loadMs",
                            millis,
                            "columnBytesEach",
                            columns,
                            "heapBytesEach",
                            heap));
            report.figure("positions", positions, "");
            report.figure("rules", town.loaded("rules"), "");
            report.figure("book loaded in", millis, "ms");
            report.figure("book loaded, positions a second", positions * 1000.0 / millis, "/s");
            report.atMost("columns, bytes a position", columns, MOST_COLUMN_BYTES, "B");
            report.figure("heap a position, with its share of accounts and rules", heap, "B");
        }
    }
}
