package dev.plimsoll.chat;

import dev.plimsoll.account.Tenant;
import dev.plimsoll.account.Written;
import dev.plimsoll.delivery.telegram.CallbackData;
import dev.plimsoll.delivery.telegram.Command;
import dev.plimsoll.delivery.telegram.Inbox;
import dev.plimsoll.delivery.telegram.Keyboard;
import dev.plimsoll.delivery.telegram.Keyboard.Button;
import dev.plimsoll.position.Adjustment;
import dev.plimsoll.position.Position;
import dev.plimsoll.position.PositionDraft;
import dev.plimsoll.position.PositionStore;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny;

/** What was declared long ago is still true, or it is not and its owner says what changed. */
@Singleton
class StillCommand implements ChatCommand {
    static final String NAME = "still";
    private static final UUID FIRST = new UUID(0, 0);
    private static final int ALL = 1_000;
    private static final int MOST_SHOWN = 20;
    private static final String EVERY = "all";

    private final Tenant tenant;
    private final PositionStore positions;
    private final Standings standings;
    private final Inbox inbox;
    private final Clock clock;

    @Inject
    StillCommand(Tenant tenant, PositionStore positions, Standings standings, Inbox inbox, Clock clock) {
        this.tenant = tenant;
        this.positions = positions;
        this.standings = standings;
        this.inbox = inbox;
        this.clock = clock;
    }

    @Override
    public Command entry() {
        return new Command(NAME, "Say that what you declared is still true");
    }

    @Override
    public int place() {
        return 5;
    }

    @Override
    public Audience audience() {
        return Audience.OWNER;
    }

    @Override
    public Uni<Reply> run(Request request) {
        var now = clock.instant();
        return positions
                .list(request.account(), FIRST, ALL)
                .map(all ->
                        all.stream().filter(position -> position.isStale(now)).toList())
                .chain(stale -> request.words().isEmpty()
                        ? Uni.createFrom().item(question(stale, now))
                        : confirm(request, named(stale, request.words()), now));
    }

    private static List<Position> named(List<Position> stale, String words) {
        return stale.stream()
                .filter(position ->
                        words.equals(EVERY) || words.equals(position.id().toString()))
                .toList();
    }

    private static Reply question(List<Position> stale, Instant now) {
        if (stale.isEmpty()) {
            return Reply.of("Nothing is older than 30 days: there is nothing to confirm.");
        }
        var lines = stale.stream()
                .limit(MOST_SHOWN)
                .map(position -> position.name() + ", told "
                        + Duration.between(position.legsSince(), now).toDays() + " days ago")
                .collect(Collectors.joining("\n"));
        var rows = new ArrayList<List<Button>>();
        stale.stream()
                .limit(MOST_SHOWN)
                .map(position ->
                        button("Still true: " + position.name(), position.id().toString()))
                .forEach(rows::add);
        if (stale.size() > 1) {
            rows.add(button("All of it is still true", EVERY));
        }
        return Reply.of(lines
                        + "\n\nIs that still true? If you repaid since, press “I repaid” below an alert; to declare it"
                        + " anew, /watch.")
                .with(new Keyboard(rows));
    }

    private static List<Button> button(String label, String what) {
        return List.of(new Keyboard.Press(label, new CallbackData.Run(NAME + " " + what)));
    }

    private Uni<Reply> confirm(Request request, List<Position> stale, Instant now) {
        if (stale.isEmpty()) {
            return Uni.createFrom().item(Reply.of("That was confirmed already, or is no longer watched."));
        }
        return tenant.session(
                        request.account(),
                        session -> inbox.settle(session, request.visit().update())
                                .chain(first -> Multi.createFrom()
                                        .iterable(stale)
                                        .onItem()
                                        .transformToUniAndConcatenate(position -> confirm(session, position, now))
                                        .collect()
                                        .asList()))
                .map(done -> Reply.of("Thank you. Still true: "
                        + stale.stream().map(Position::name).collect(Collectors.joining(", ")) + "."))
                .onFailure(Refusal.class)
                .recoverWithItem(refused -> Reply.of(refused.getMessage()));
    }

    private Uni<Written<Position>> confirm(Mutiny.Session session, Position position, Instant now) {
        return positions.change(session, position.account(), position.id(), known -> confirmed(known, now));
    }

    /** Interest up to now becomes debt, as with every other change. */
    private PositionDraft confirmed(Position known, Instant now) {
        var nothing = new Adjustment(List.of(), List.of(), List.of(), List.of());
        return switch (nothing.of(known, now, standings.assets())) {
            case Adjustment.Adjusted(var terms) -> PositionDraft.of(known.with(terms, now));
            case Adjustment.Refused(var faults) ->
                throw new Refusal(faults.getFirst().detail());
        };
    }
}
