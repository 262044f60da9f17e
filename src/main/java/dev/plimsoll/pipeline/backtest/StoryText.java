package dev.plimsoll.pipeline.backtest;

import dev.plimsoll.alert.Readable;
import dev.plimsoll.alert.Subject;
import dev.plimsoll.alert.Transition;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What a rule would have said, as its owner wants to hear it. */
public final class StoryText {
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private StoryText() {}

    public static String of(Story story) {
        return (story.subject() instanceof Subject.OfPosition ? position(story) : fired(story) + ".") + dark(story);
    }

    private static String position(Story story) {
        return story.sunk().map(sunk -> sunk(story, sunk)).orElseGet(() -> afloat(story));
    }

    private static String sunk(Story story, Sunk sunk) {
        var when = "the position was liquidatable, from %s on, with %s".formatted(minute(sunk.at()), prices(sunk));
        if (sunk.already()) {
            return "From the first prices on " + when + ": its legs stand for other prices than these.";
        }
        var cost = " Liquidation would have cost about %s USD."
                .formatted(Readable.loss(sunk.loss().usd()));
        return story.warning()
                        .map(warning -> "%s before %s.".formatted(warned(story, warning), when))
                        .orElseGet(() -> unwarned(story, sunk) + when + ".")
                + cost;
    }

    /** The firing that counts, and how much time it left. */
    private static String warned(Story story, Told warning) {
        var lead = story.leadTime().orElseThrow();
        var which = firings(story) == 1
                ? fired(story)
                : fired(story) + ", and was last firing from %s on".formatted(at(warning));
        return which + ", " + (lead.isZero() ? "less than one bar" : Readable.duration(lead));
    }

    private static String unwarned(Story story, Sunk sunk) {
        var inTime = story.firstFired()
                .filter(first -> first.transition().at().isBefore(sunk.at()))
                .isPresent();
        return story.firstFired().isEmpty()
                ? "It would not have fired before "
                : fired(story) + (inTime ? ", but not any more when " : ", too late: ");
    }

    private static String afloat(Story story) {
        return story.perhaps()
                .map(since -> fired(story)
                        + ". The position may have been liquidatable from %s on: within a bar nobody knows which price came first."
                                .formatted(minute(since)))
                .orElseGet(() -> fired(story) + ", and the position was never liquidatable.");
    }

    private static String fired(Story story) {
        var times = firings(story) == 1 ? "" : firings(story) + " times, first ";
        return story.firstFired()
                .map(first -> "It would have fired " + times + "at " + at(first))
                .orElse("It would not have fired");
    }

    private static long firings(Story story) {
        return story.told().stream()
                .filter(told -> told.transition() instanceof Transition.Fired)
                .count();
    }

    private static String at(Told told) {
        return minute(told.transition().at())
                + told.healthFactor()
                        .map(factor -> " at health factor " + Readable.factor(factor))
                        .orElse("");
    }

    private static String dark(Story story) {
        return story.unknown().isZero()
                ? ""
                : " For %s it could not be judged.".formatted(Readable.duration(story.unknown()));
    }

    /** What is worth a dollar goes without saying. */
    private static String prices(Sunk sunk) {
        return sunk.prices().entrySet().stream()
                .filter(price -> price.getValue().low().compareTo(BigDecimal.ONE) != 0)
                .sorted(Map.Entry.comparingByKey())
                .map(price -> "%s at %s USD"
                        .formatted(
                                price.getKey(), Readable.price(price.getValue().low())))
                .collect(Collectors.joining(", "));
    }

    private static String minute(Instant at) {
        return MINUTE.format(at);
    }
}
