package dev.plimsoll.delivery.channel;

import dev.plimsoll.alert.Text.Figure;
import dev.plimsoll.delivery.Bulletin;
import dev.plimsoll.delivery.ChannelLinks;
import dev.plimsoll.delivery.ChannelLinks.Confirm;
import dev.plimsoll.delivery.ChannelLinks.Unsubscribe;
import dev.plimsoll.delivery.ProofCode;
import dev.plimsoll.delivery.Receiver;
import dev.plimsoll.delivery.channel.ClickLinks.Link;
import dev.plimsoll.delivery.mail.Letter;
import dev.plimsoll.delivery.mail.Postman;
import dev.plimsoll.rule.Severity;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A message as a mail, in text and in HTML that needs nothing from elsewhere. */
@Singleton
class EmailLetter {
    private static final String PROOF = "channel.verification";
    private static final String RECOVERY = "account.recovery";
    private static final String NOWHERE = "plimsoll.invalid";
    private static final int MAX_SUBJECT = 200;
    private static final String WISH =
            "Somebody, most likely you, asked Plimsoll to send alerts on loans and positions to this address.";

    /** At these somebody should look at once, if they are critical. */
    private static final Set<String> WAKING =
            Set.of("alert.firing", "alert.worsened", "alert.repeated", "alert.escalated", "position.liquidated");

    private final ClickLinks clicks;
    private final ChannelLinks links;
    private final Postman postman;

    EmailLetter(ClickLinks clicks, ChannelLinks links, Postman postman) {
        this.clicks = clicks;
        this.links = links;
        this.postman = postman;
    }

    @CheckedTemplate(basePath = "mail", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
    static final class Templates {
        private Templates() {}

        /** Variant {@code text/html}. */
        static native TemplateInstance letter(View mail);

        /** Variant {@code text/plain}. */
        static native TemplateInstance words(View mail);
    }

    /**
     * What the templates lay out. Words of users stand in it literally.
     *
     * @param tone    {@code critical}, {@code warning}, {@code good} or {@code calm}: its colour
     * @param happened paragraphs, the first of which is what a list of mails shows
     * @param remedy  what to do
     * @param small   what was missed, how far prices can be trusted
     * @param links   the first is the main one
     */
    record View(
            String subject,
            String headline,
            String tone,
            List<String> happened,
            Optional<String> remedy,
            List<Figure> figures,
            List<String> small,
            List<Link> links,
            Optional<String> unsubscribe) {}

    Letter of(Receiver to, Bulletin bulletin) {
        var subject = subject(bulletin);
        var unsubscribe = bulletin.code().isPresent() ? Optional.<String>empty() : unsubscribe(to);
        var view = switch (bulletin.type()) {
            case PROOF -> proof(to, bulletin, subject);
            case RECOVERY -> recovery(bulletin, subject);
            default -> view(to, bulletin, subject, unsubscribe);
        };
        return new Letter(
                bulletin.id(),
                messageId(to, bulletin),
                thread(to, bulletin),
                bulletin.severity() == Severity.CRITICAL && WAKING.contains(bulletin.type()),
                unsubscribe,
                subject,
                Templates.words(view).render(),
                Templates.letter(view).render());
    }

    private static String subject(Bulletin bulletin) {
        return switch (bulletin.type()) {
            case PROOF -> "Confirm this address for alerts of Plimsoll";
            case RECOVERY -> "A new API key for your account at Plimsoll";
            default -> Cut.toCharacters(bulletin.topic(), MAX_SUBJECT);
        };
    }

    private View view(Receiver to, Bulletin bulletin, String subject, Optional<String> unsubscribe) {
        var text = bulletin.text();
        return new View(
                subject,
                bulletin.headline(),
                tone(bulletin),
                Stream.concat(Stream.of(text.happened()), text.stakes().stream())
                        .toList(),
                text.remedy(),
                text.figures(),
                Stream.concat(text.remark().stream(), bulletin.earlier().stream())
                        .toList(),
                clicks.of(to, bulletin).toList(),
                unsubscribe);
    }

    /** Where people cannot reach us there is nothing to click: then the code is posted. */
    private View proof(Receiver to, Bulletin bulletin, String subject) {
        var link = bulletin.code()
                .map(code -> new Confirm(to.account(), to.channel(), new ProofCode(code).hash()))
                .flatMap(links::url)
                .map(url -> new Link("Confirm this address", url));
        var code = bulletin.code()
                .map(it -> "The code is " + it + "."
                        + (to.buddy().isPresent() ? "" : " " + bulletin.text().happened()));
        return new View(
                subject,
                "Is this your address?",
                "calm",
                List.of(
                        to.buddy().map(asked -> bulletin.text().happened()).orElse(WISH)
                                + " Nothing is sent before you confirm it.",
                        "If you did not expect this, do nothing."),
                Optional.empty(),
                List.of(),
                code.map(it -> link.isPresent() ? "A program may confirm it instead. " + it : it).stream()
                        .toList(),
                link.stream().toList(),
                Optional.empty());
    }

    /** Whoever opens the link makes a key, so nothing else can be clicked. */
    private View recovery(Bulletin bulletin, String subject) {
        var code = new ProofCode(bulletin.code().orElseThrow());
        return new View(
                subject,
                "Did you lose your API key?",
                "calm",
                List.of(
                        bulletin.text().happened() + " It is made when you say so, once and within 15 minutes.",
                        "If that was not you, do nothing, and pass this mail on to nobody."),
                Optional.empty(),
                List.of(),
                List.of("Where the link does not work: POST /api/v1/recovery/keys with the code " + code.code() + "."),
                links.recovery(code).map(url -> new Link("Make a new API key", url)).stream()
                        .toList(),
                Optional.empty());
    }

    private static String tone(Bulletin bulletin) {
        return switch (bulletin.type()) {
            case "alert.resolved", "sight.regained" -> "good";
            case "alert.acknowledged", "alert.snoozed", "alert.test" -> "calm";
            default ->
                switch (bulletin.severity()) {
                    case CRITICAL -> "critical";
                    case WARNING -> "warning";
                    case INFO -> "calm";
                };
        };
    }

    private Optional<String> unsubscribe(Receiver to) {
        return links.url(new Unsubscribe(
                to.account(), to.channel(), ChannelLinks.mark(to.settings().get(EmailChannel.ADDRESS))));
    }

    /** The first mail of an alert is known by the alert, so that the others can name it without having met it. */
    private String messageId(Receiver to, Bulletin bulletin) {
        return thread(to, bulletin)
                .filter(first -> bulletin.type().equals("alert.firing"))
                .orElseGet(() -> bulletin.id() + "@" + domain());
    }

    private Optional<String> thread(Receiver to, Bulletin bulletin) {
        return bulletin.alert().map(alert -> alert.id() + "." + to.channel() + "@" + domain());
    }

    private String domain() {
        return postman.domain().orElse(NOWHERE);
    }
}
