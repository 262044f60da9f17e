package dev.plimsoll.delivery.telegram;

import dev.plimsoll.delivery.AlertState;
import dev.plimsoll.delivery.telegram.CallbackData.Acknowledge;
import dev.plimsoll.delivery.telegram.CallbackData.AcknowledgeAll;
import dev.plimsoll.delivery.telegram.CallbackData.Details;
import dev.plimsoll.delivery.telegram.CallbackData.Repaid;
import dev.plimsoll.delivery.telegram.CallbackData.Run;
import dev.plimsoll.delivery.telegram.CallbackData.Snooze;
import dev.plimsoll.delivery.telegram.Keyboard.Press;
import dev.plimsoll.rule.Severity;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What stands in one message: one piece of news, or several that came at once, each as it was told and how it stands now.
 * One keeps its whole text below its state; of several each has a line.
 */
public record Story(List<Part> parts) {
    /** All else is refused to another person. It is asked before anything is done. */
    private static final Press LEAVE = new Press("Leave", new Run("leave"));

    /** Below a digest; it shows what is old, each with a button of its own. */
    private static final Press STILL = new Press("Still true?", new Run("still"));

    public Story {
        parts = List.copyOf(parts);
    }

    /**
     * @param state empty for how it was told
     * @param zone  of the clock on its owner's wall
     */
    public record Part(Told told, Optional<AlertState> state, ZoneId zone) {
        private Part(Told told) {
            this(told, Optional.empty(), ZoneOffset.UTC);
        }

        private boolean isOpen() {
            return told.isOpen() && state.map(AlertState::isFiring).orElse(true);
        }

        private boolean isUntaken() {
            return isOpen() && state.map(AlertState::isUntaken).orElse(true);
        }

        private Optional<String> changed() {
            return state.map(now -> told.buddys() ? now.unsaid() : now).flatMap(now -> StateWords.of(now, zone));
        }
    }

    /** Of what is told for the first time. */
    public static Story of(List<Told> news) {
        return new Story(news.stream().map(Part::new).toList());
    }

    /** By the worst of what is not over. */
    public Precedence precedence() {
        var worst = parts.stream()
                .filter(part -> !part.told().isOver())
                .map(part -> part.told().severity())
                .max(Severity::compareTo)
                .orElse(Severity.WARNING);
        return switch (worst) {
            case CRITICAL -> Precedence.CRITICAL;
            case WARNING -> Precedence.USUAL;
            case INFO -> Precedence.LAST;
        };
    }

    public boolean rings() {
        return parts.stream().anyMatch(part -> !part.told().quiet());
    }

    /** Whether somebody must do something about any of it. */
    public boolean isOpen() {
        return parts.stream().anyMatch(Part::isOpen);
    }

    public RichText text() {
        return parts.size() == 1 ? alone(parts.getFirst()) : together();
    }

    private static RichText alone(Part part) {
        return part.changed()
                .map(words -> RichText.bold(words).plus("\n\n").plus(part.told().text()))
                .orElse(part.told().text());
    }

    /** Each has an equal share of the room. */
    private RichText together() {
        var heading = RichText.bold(heading());
        var share = (RichText.MAX_LENGTH - heading.length()) / parts.size() - 1;
        var lines = new ArrayList<RichText>();
        lines.add(heading);
        parts.stream().map(part -> line(part).cut(share)).forEach(lines::add);
        return RichText.lines(lines);
    }

    private static RichText line(Part part) {
        return part.changed()
                .map(words -> RichText.bold(words + ": ").plus(part.told().line()))
                .orElse(part.told().line());
    }

    private String heading() {
        var positions = parts.stream().allMatch(part -> part.told().onPosition());
        var open = parts.stream().filter(Part::isOpen).count();
        var what = parts.size() + (positions ? " positions" : " messages");
        return open == 0 ? what + ", none open any more" : what + ", " + open + " open";
    }

    public Keyboard keyboard() {
        var open = parts.size() == 1 ? buttons(parts.getFirst()) : buttons();
        var asks = parts.stream().anyMatch(part -> part.told().asks());
        return asks ? open.plus(STILL) : open;
    }

    private Keyboard buttons() {
        if (!isOpen()) {
            return Keyboard.NONE;
        }
        var row = new ArrayList<Keyboard.Button>();
        if (parts.stream().anyMatch(Part::isUntaken)) {
            row.add(new Press("Acknowledge all", new AcknowledgeAll()));
        }
        row.add(
                parts.stream().anyMatch(part -> part.told().buddys())
                        ? LEAVE
                        : new Press("Details", new Run("alerts")));
        return new Keyboard(List.of(row));
    }

    private static Keyboard buttons(Part part) {
        return part.isOpen() ? part.told().alert().map(id -> buttons(part, id)).orElse(Keyboard.NONE) : Keyboard.NONE;
    }

    private static Keyboard buttons(Part part, UUID alert) {
        var first = new ArrayList<Keyboard.Button>();
        if (part.isUntaken()) {
            first.add(new Press("Acknowledge", new Acknowledge(alert)));
        }
        if (part.told().buddys()) {
            first.add(LEAVE);
            return new Keyboard(List.of(first));
        }
        first.add(new Press("Snooze 1 h", new Snooze(alert)));
        var second = new ArrayList<Keyboard.Button>();
        if (part.told().onPosition()) {
            second.add(new Press("I repaid", new Repaid(alert)));
        }
        second.add(new Press("Details", new Details(alert)));
        return new Keyboard(List.of(first, second));
    }
}
