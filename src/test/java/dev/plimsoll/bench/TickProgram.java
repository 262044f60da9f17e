package dev.plimsoll.bench;

import dev.plimsoll.book.BookLoad;
import dev.plimsoll.book.ColumnsLoad;
import java.util.HashMap;
import java.util.List;

/**
 * A tick over many positions of four legs against a bare loop over arrays in the same run: the columns alone for three
 * sizes, and the whole of {@code Book.select} with its positions and rules where the heap allows.
 */
final class TickProgram implements Program {
    private static final int WARM_UP = 20;
    private static final int ROUNDS = 41;
    private static final long COLUMNS_BYTES_EACH = 200;
    private static final long BOOK_BYTES_EACH = 3_000;
    private static final int TEN_MILLION = 10_000_000;

    @Override
    public void run(Report report, List<String> args) {
        for (var positions : List.of(100_000, 1_000_000, TEN_MILLION)) {
            if (fits(positions * COLUMNS_BYTES_EACH)) {
                columns(report, positions);
            } else {
                report.note(
                        name(positions), "skipped: needs -Xmx" + (positions * COLUMNS_BYTES_EACH * 3 / 2 >> 20) + "m");
            }
        }
        for (var positions : List.of(100_000, 1_000_000)) {
            if (fits(positions * BOOK_BYTES_EACH)) {
                book(report, positions);
            } else {
                report.note(name(positions) + ", whole book", "skipped: needs more heap");
            }
        }
    }

    private static boolean fits(long bytes) {
        return Runtime.getRuntime().maxMemory() > bytes * 3 / 2;
    }

    private static void columns(Report report, int positions) {
        var load = new ColumnsLoad(positions);
        var pair = Rounds.sideBySide(WARM_UP, ROUNDS, load::scanBare, () -> check(load.scanColumns(), load.expected()));
        var what = name(positions);
        var values = new HashMap<>(pair.ours().spread());
        values.put("bareMs", pair.bare().medianMillis());
        values.put("ratio", pair.ratio());
        values.put("nanosEach", pair.ours().medianMillis() * 1e6 / positions);
        values.put("bareNanosEach", pair.bare().medianMillis() * 1e6 / positions);
        values.put("bytesEach", load.bytesEach());
        values.put("selected", load.expected());
        report.line(what, values);
        report.figure(what + ", bare loop", pair.bare().medianMillis(), "ms");
        if (positions == TEN_MILLION) {
            report.atMost(what + ", columns (all cores)", pair.ours().medianMillis(), 30, "ms");
        } else {
            report.figure(what + ", columns (one thread)", pair.ours().medianMillis(), "ms");
            report.atMost(what + ", columns / bare", pair.ratio(), 1.5, "x");
        }
        report.atMost(what + ", bytes a position", load.bytesEach(), 100, "B");
        disagreement(report, load, positions);
    }

    /** Who holds or owes an asset without a single price is looked at twice. */
    private static void disagreement(Report report, ColumnsLoad load, int positions) {
        var what = name(positions) + ", sources disagree on 2 of 21 assets";
        load.disagreeAbout(2);
        var pair = Rounds.sideBySide(WARM_UP / 2, ROUNDS / 2, load::scanBare, load::scanColumns);
        var values = new HashMap<>(pair.ours().spread());
        values.put("ratio", pair.ratio());
        report.line(what, values);
        report.figure(what, pair.ours().medianMillis(), "ms");
    }

    private static void book(Report report, int positions) {
        var load = new BookLoad(positions);
        var bare = new ColumnsLoad(positions);
        var pair = Rounds.sideBySide(WARM_UP, ROUNDS, bare::scanBare, () -> check(load.tick(), bare.expected()));
        var values = new HashMap<>(pair.ours().spread());
        values.put("bareMs", pair.bare().medianMillis());
        values.put("ratio", pair.ratio());
        values.put("nanosEach", pair.ours().medianMillis() * 1e6 / positions);
        report.line(name(positions) + ", whole book", values);
        report.figure(name(positions) + ", whole book", pair.ours().medianMillis(), "ms");
        report.atMost(name(positions) + ", whole book / bare", pair.ratio(), 1.5, "x");
    }

    private static void check(int selected, int expected) {
        if (selected != expected) {
            throw new IllegalStateException("selected " + selected + " instead of " + expected);
        }
    }

    private static String name(int positions) {
        return positions < 1_000_000 ? positions / 1000 + "k positions" : positions / 1_000_000 + "M positions";
    }
}
