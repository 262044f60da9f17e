package dev.plimsoll.bench;

import dev.plimsoll.simulation.Installation;
import dev.plimsoll.simulation.Plant;
import dev.plimsoll.simulation.Story;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * {@code bench simulation [seeds] [seed]}: lives so many simulated storms, or for so long as in {@code 60s}, from a seed
 * on, random unless it is named. Tells the story of the first that breaks a promise; one seed alone is told in full.
 */
final class SimulationProgram implements Program {
    private static final String A_WHILE = "20s";
    private static final int AT_ONCE = 200;

    @Override
    public void run(Report report, List<String> args) {
        var first = args.size() < 2 ? System.nanoTime() : Long.parseLong(args.get(1));
        var wanted = args.isEmpty() ? A_WHILE : args.get(0);
        if (wanted.equals("1")) {
            tell(report, Installation.replay(first, Plant.NONE), true);
        } else if (wanted.endsWith("s")) {
            var seconds = Long.parseLong(wanted.substring(0, wanted.length() - 1));
            live(report, first, Long.MAX_VALUE, System.nanoTime() + seconds * 1_000_000_000);
        } else {
            live(report, first, Long.parseLong(wanted), Long.MAX_VALUE);
        }
    }

    private static void live(Report report, long first, long most, long end) {
        var start = System.nanoTime();
        var lived = 0L;
        Optional<Story> broken = Optional.empty();
        while (lived < most && System.nanoTime() - end < 0 && broken.isEmpty()) {
            var from = first + lived;
            var now = Math.min(AT_ONCE, most - lived);
            broken = LongStream.range(from, from + now)
                    .parallel()
                    .mapToObj(seed -> Installation.live(seed, Plant.NONE))
                    .filter(Story::isBroken)
                    .findFirst();
            lived += now;
        }
        var seconds = (System.nanoTime() - start) / 1e9;
        report.line("lived", Map.of("first", first, "seeds", lived, "seconds", seconds));
        report.note("first seed", Long.toString(first));
        report.figure("storms lived", lived, "seeds");
        report.figure("rate", lived / seconds, "seeds/s");
        report.atMost("broken promises", broken.isPresent() ? 1 : 0, 0, "");
        broken.ifPresent(story -> tell(report, story, false));
    }

    private static void tell(Report report, Story story, boolean all) {
        (all ? story.trace() : story.gist()).forEach(System.out::println);
        report.note("seed " + story.seed(), story.broken().orElse("keeps every promise"));
    }
}
