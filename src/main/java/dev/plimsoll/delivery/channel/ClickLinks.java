package dev.plimsoll.delivery.channel;

import dev.plimsoll.delivery.Bulletin;
import dev.plimsoll.delivery.Bulletin.OfAlert;
import dev.plimsoll.delivery.OneClickLinks;
import dev.plimsoll.delivery.OneClickLinks.Click;
import dev.plimsoll.delivery.OneClickLinks.Doing;
import dev.plimsoll.delivery.Receiver;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What whoever reads a message can do about a firing alert with one click; nothing where people cannot reach us. */
@Singleton
class ClickLinks {
    private final OneClickLinks links;

    ClickLinks(OneClickLinks links) {
        this.links = links;
    }

    /** @param words on the link */
    record Link(String words, String url) {}

    Stream<Link> of(Receiver to, Bulletin bulletin) {
        return bulletin.alert().filter(alert -> !alert.isResolved()).stream()
                .flatMap(alert -> doings(to).flatMap(doing -> link(to, alert, doing).stream()));
    }

    /** In a row, each in the markup of its channel. */
    Optional<String> joined(Receiver to, Bulletin bulletin, Function<Link, String> markup) {
        return Optional.of(of(to, bulletin).map(markup).collect(Collectors.joining(" · ")))
                .filter(row -> !row.isEmpty());
    }

    /** Another person may acknowledge. How they leave stands in the text. */
    private static Stream<Doing> doings(Receiver to) {
        return to.buddy().isPresent() ? Stream.of(Doing.ACKNOWLEDGE) : Stream.of(Doing.ACKNOWLEDGE, Doing.SNOOZE);
    }

    private Optional<Link> link(Receiver to, OfAlert alert, Doing doing) {
        var words = switch (doing) {
            case ACKNOWLEDGE -> "Acknowledge";
            case SNOOZE -> "Snooze";
        };
        return links.url(new Click(to.account(), to.channel(), alert.id(), doing))
                .map(url -> new Link(words, url));
    }
}
