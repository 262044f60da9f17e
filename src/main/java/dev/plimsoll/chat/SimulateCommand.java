package dev.plimsoll.chat;

import dev.plimsoll.alert.Readable;
import dev.plimsoll.chat.Standings.Seen;
import dev.plimsoll.delivery.telegram.Command;
import dev.plimsoll.delivery.telegram.RichText;
import dev.plimsoll.market.MarketSnapshot;
import dev.plimsoll.risk.HealthFactor;
import dev.plimsoll.risk.Judgement;
import dev.plimsoll.risk.Shocks;
import dev.plimsoll.risk.Shocks.Contradiction;
import dev.plimsoll.risk.Shocks.Shocked;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How every position would stand if prices moved. Nothing is stored. */
@Singleton
class SimulateCommand implements ChatCommand {
    private static final int MOST_SHOWN = 15;

    private final Standings standings;

    @Inject
    SimulateCommand(Standings standings) {
        this.standings = standings;
    }

    @Override
    public Command entry() {
        return new Command("simulate", "What if prices moved: /simulate eth -20%");
    }

    @Override
    public int place() {
        return 6;
    }

    @Override
    public Audience audience() {
        return Audience.READERS;
    }

    @Override
    public Uni<Reply> run(Request request) {
        return switch (Supposing.read(request.words(), standings.assets())) {
            case Supposing.NotUnderstood(var why) -> Uni.createFrom().item(Reply.of(why));
            case Supposing.Moves(var shocks) -> standings.of(request.account()).map(seen -> reply(seen, shocks));
        };
    }

    private Reply reply(List<Seen> seen, Shocks shocks) {
        if (seen.isEmpty()) {
            return Reply.of("You watch nothing yet: /watch declares a position.");
        }
        return standings
                .market()
                .map(market -> supposed(seen, shocks, market))
                .orElseGet(() -> Reply.of("There are no prices yet: Plimsoll has just been started."));
    }

    private Reply supposed(List<Seen> seen, Shocks shocks, MarketSnapshot market) {
        var held = seen.stream()
                .flatMap(one -> one.position().terms().assets().stream())
                .collect(Collectors.toSet());
        return switch (shocks.in(market, standings.assets(), held)) {
            case Contradiction ignored ->
                Reply.of("Two of these would move the same asset, and neither goes before the other: leave one out.");
            case Shocked shocked -> {
                var moved = moved(shocked);
                var lines = seen.stream().limit(MOST_SHOWN).map(one -> line(one, shocked.market()));
                yield Reply.of(RichText.lines(Stream.concat(moved, lines).toList()));
            }
        };
    }

    /** {@code If ETH went from 2,981.11 to 2,384.89 USD:}. */
    private static Stream<RichText> moved(Shocked shocked) {
        var said = shocked.moved().stream()
                .filter(move -> move.from().isPresent() && move.to().isPresent())
                .map(move -> move.asset() + " went from "
                        + Readable.price(move.from().get().middle()) + " to "
                        + Readable.price(move.to().get().middle()) + " USD")
                .collect(Collectors.joining(" and "));
        return said.isEmpty()
                ? Stream.of(RichText.plain("None of these prices is known now, so nothing moved."))
                : Stream.of(RichText.plain("If " + said + ":"));
    }

    private RichText line(Seen seen, MarketSnapshot market) {
        var after = seen.position().standing(market, standings.assets()).protocol();
        return RichText.bold(seen.position().name())
                .plus(": health factor " + factor(seen.standing().protocol()) + ", then " + factor(after) + end(after));
    }

    private static String factor(Judgement judgement) {
        return switch (judgement) {
            case Judgement.Judged(var health) -> Readable.factor(health.healthFactor());
            case Judgement.NoDebt ignored -> Readable.factor(HealthFactor.INFINITE);
            case Judgement.Unknown ignored -> "unknown";
        };
    }

    private static String end(Judgement after) {
        return after instanceof Judgement.Judged(var health) && health.isLiquidatable() ? ", and liquidated." : ".";
    }
}
