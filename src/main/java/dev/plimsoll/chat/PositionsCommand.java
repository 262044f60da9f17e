package dev.plimsoll.chat;

import dev.plimsoll.alert.StandingText;
import dev.plimsoll.chat.Standings.Seen;
import dev.plimsoll.delivery.telegram.CallbackData;
import dev.plimsoll.delivery.telegram.Command;
import dev.plimsoll.delivery.telegram.Keyboard;
import dev.plimsoll.delivery.telegram.RichText;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;

/** Each position and how far it is from liquidation, the nearest first. */
@Singleton
class PositionsCommand implements ChatCommand {
    private static final int MOST_SHOWN = 10;

    private final Standings standings;
    private final Clock clock;

    @Inject
    PositionsCommand(Standings standings, Clock clock) {
        this.standings = standings;
        this.clock = clock;
    }

    @Override
    public Command entry() {
        return new Command("positions", "Each position and how far it is from liquidation");
    }

    @Override
    public int place() {
        return 2;
    }

    @Override
    public Audience audience() {
        return Audience.READERS;
    }

    @Override
    public Uni<Reply> run(Request request) {
        return standings.of(request.account()).map(this::reply);
    }

    private Reply reply(List<Seen> all) {
        if (all.isEmpty()) {
            return Reply.of("You watch nothing yet. /watch declares a position, step by step.")
                    .with(Keyboard.row(new Keyboard.Press("Watch a position", new CallbackData.Run("watch"))));
        }
        var shown = all.stream().limit(MOST_SHOWN).map(PositionsCommand::line);
        var more = all.size() > MOST_SHOWN
                ? Stream.of(RichText.plain("And " + (all.size() - MOST_SHOWN) + " more, farther away."))
                : Stream.<RichText>empty();
        var said = Reply.of(RichText.lines(Stream.concat(shown, more).toList()));
        return all.stream().anyMatch(seen -> seen.position().isStale(clock.instant()))
                ? said.with(Keyboard.row(new Keyboard.Press("Still true?", new CallbackData.Run(StillCommand.NAME))))
                : said;
    }

    private static RichText line(Seen seen) {
        var name = seen.position().name();
        var said = StandingText.brief(name, seen.standing()).plain();
        return RichText.bold(name).plus(said.substring(name.length())).plus("\n");
    }
}
