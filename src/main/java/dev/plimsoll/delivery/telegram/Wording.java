package dev.plimsoll.delivery.telegram;

import dev.plimsoll.alert.Text;
import dev.plimsoll.delivery.Bulletin;
import dev.plimsoll.delivery.telegram.RichText.Style;
import dev.plimsoll.rule.Severity;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How a message reads in a chat. */
public final class Wording {
    /** Among others in one message, in UTF-16 units. */
    private static final int LONGEST_LINE = 1_000;

    private static final Set<String> GOOD_NEWS = Set.of("alert.resolved", "alert.eased");
    private static final Set<String> ASKED_FOR = Set.of("alert.test", "channel.verification");
    private static final String MAYBE_LIQUIDATED = "maybe-liquidated";

    private final boolean shared;
    private final boolean buddys;
    private final ZoneId zone;

    /**
     * @param shared whether others read along: then addresses are shortened
     * @param buddys whether another person reads it
     * @param zone   of the clock on its owner's wall
     */
    public Wording(boolean shared, boolean buddys, ZoneId zone) {
        this.shared = shared;
        this.buddys = buddys;
        this.zone = zone;
    }

    public Told of(Bulletin bulletin) {
        return new Told(
                text(bulletin).cut(RichText.MAX_LENGTH),
                line(bulletin).cut(LONGEST_LINE),
                bulletin.type(),
                bulletin.severity(),
                bulletin.alert().map(Bulletin.OfAlert::id),
                isQuiet(bulletin),
                bulletin.position().isPresent(),
                buddys,
                bulletin.asks());
    }

    /** Good news wakes nobody in quiet hours; what is nobody's concern just now makes no sound at all. */
    private boolean isQuiet(Bulletin bulletin) {
        return GOOD_NEWS.contains(bulletin.type())
                ? isNight(bulletin) && !mayBeLiquidated(bulletin)
                : bulletin.severity() == Severity.INFO && !ASKED_FOR.contains(bulletin.type());
    }

    private boolean isNight(Bulletin bulletin) {
        return bulletin.quietHours()
                .flatMap(hours -> hours.endingAfter(bulletin.at(), zone))
                .isPresent();
    }

    private static boolean mayBeLiquidated(Bulletin bulletin) {
        return bulletin.alert()
                .filter(alert -> alert.reason().equals(MAYBE_LIQUIDATED))
                .isPresent();
    }

    private RichText text(Bulletin bulletin) {
        var text = bulletin.text();
        var happened = Stream.concat(Stream.of(text.happened()), text.stakes().stream())
                .collect(Collectors.joining(" "));
        var parts = new ArrayList<RichText>();
        parts.add(headline(bulletin));
        bulletin.code()
                .ifPresent(code -> parts.add(RichText.plain("The code is ").plus(RichText.code(code))));
        parts.add(plain(happened));
        text.remedy().ifPresent(words -> parts.add(RichText.bold(known(words))));
        text.remark().ifPresent(words -> parts.add(RichText.styled(Style.ITALIC, known(words))));
        bulletin.earlier().ifPresent(words -> parts.add(RichText.styled(Style.ITALIC, known(words))));
        figures(text).ifPresent(parts::add);
        return RichText.lines(parts);
    }

    /** Folded: whoever is woken reads what to do, and opens them if they want to know exactly. */
    private Optional<RichText> figures(Text text) {
        var lines = text.figures().stream()
                .map(figure -> figure.name() + ": " + figure.value())
                .collect(Collectors.joining("\n"));
        return Optional.of(lines)
                .filter(some -> !some.isEmpty())
                .map(some -> RichText.styled(Style.FOLDED, known(some)));
    }

    private RichText line(Bulletin bulletin) {
        var text = bulletin.text();
        var gist = Stream.of(Optional.of(text.happened()), text.remedy(), bulletin.earlier())
                .flatMap(Optional::stream)
                .collect(Collectors.joining(" "));
        return headline(bulletin).plus(" ").plus(plain(gist));
    }

    private RichText headline(Bulletin bulletin) {
        return RichText.plain(mark(bulletin.type(), bulletin.severity()) + " ")
                .plus(RichText.bold(known(bulletin.headline())));
    }

    /** Seen before anything is read. */
    static String mark(String type, Severity severity) {
        return switch (type) {
            case "alert.resolved", "sight.regained" -> "✅";
            case "alert.test" -> "👋";
            default ->
                switch (severity) {
                    case CRITICAL -> "🔴";
                    case WARNING -> "🟠";
                    case INFO -> "🔵";
                };
        };
    }

    private RichText plain(String words) {
        return RichText.plain(known(words));
    }

    /** What everybody there may read. */
    private String known(String words) {
        return shared ? ShortAddresses.in(words) : words;
    }
}
