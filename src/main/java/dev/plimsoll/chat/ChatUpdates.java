package dev.plimsoll.chat;

import dev.plimsoll.chat.ChatLink.Hashes;
import dev.plimsoll.delivery.telegram.ChatAddress.Kind;
import dev.plimsoll.delivery.telegram.Person;
import dev.plimsoll.delivery.telegram.Update;
import dev.plimsoll.delivery.telegram.Updates;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** Everything that people type and press in Telegram, and what groups do with us. */
@Singleton
class ChatUpdates implements Updates {
    private static final String INTERRUPTED =
            "I did that, and was interrupted before I could answer. /status says how you stand; what I was to show you, ask"
                    + " for again.";

    private final ChatLinkStore links;
    private final Talking talking;
    private final Pressing pressing;
    private final Presence presence;
    private final Voice voice;
    private final ContextOfItsOwn context;

    @Inject
    ChatUpdates(
            ChatLinkStore links,
            Talking talking,
            Pressing pressing,
            Presence presence,
            Voice voice,
            ContextOfItsOwn context) {
        this.links = links;
        this.talking = talking;
        this.pressing = pressing;
        this.presence = presence;
        this.voice = voice;
        this.context = context;
    }

    @Override
    public Uni<Void> handle(Update update) {
        return Uni.createFrom().deferred(() -> act(update)).runSubscriptionOn(context);
    }

    @Override
    public Uni<Void> resume(Update update) {
        return switch (update) {
            case Update.Typed typed -> voice.say(typed.place(), Reply.of(INTERRUPTED));
            case Update.Pressed pressed -> voice.say(pressed.place(), Reply.of(INTERRUPTED));
            case Update.Membership ignored -> Uni.createFrom().voidItem();
            case Update.Moved ignored -> Uni.createFrom().voidItem();
        };
    }

    private Uni<Void> act(Update update) {
        return switch (update) {
            case Update.Typed typed -> visit(typed).chain(visit -> talking.hear(visit, typed));
            case Update.Pressed pressed -> visit(pressed).chain(visit -> pressing.hear(visit, pressed));
            case Update.Membership membership -> visit(membership).chain(visit -> presence.changed(visit, membership));
            case Update.Moved moved -> presence.moved(moved);
        };
    }

    private Uni<Visit> visit(Update.Typed typed) {
        return visit(new Visiting(typed, typed.kind(), typed.title(), typed.from()));
    }

    private Uni<Visit> visit(Update.Pressed pressed) {
        return visit(new Visiting(pressed, pressed.kind(), pressed.from().name(), Optional.of(pressed.from())));
    }

    private Uni<Visit> visit(Update.Membership membership) {
        return visit(new Visiting(membership, membership.kind(), membership.title(), Optional.of(membership.by())));
    }

    private Uni<Visit> visit(Visiting visiting) {
        var update = visiting.update();
        var person = visiting.person().map(Person::id).orElse(update.place().chat());
        return links.hashes(update.place().chat(), person)
                .chain(who -> links.of(who).map(all -> visiting.with(who, all)));
    }

    /** A visit before it is known whose. */
    private record Visiting(Update update, Kind kind, String title, Optional<Person> person) {

        /** What is linked in a topic hides what is linked in the others, if there is anything. */
        Visit with(Hashes who, List<ChatLink> all) {
            var topic = update.place().topic().orElse(0L);
            var here = all.stream().filter(link -> link.topic() == topic).toList();
            var isWhole = here.isEmpty() || update instanceof Update.Membership;
            return new Visit(update, kind, title, person, who, isWhole ? all : here);
        }
    }
}
