package dev.plimsoll.alert;

import dev.plimsoll.risk.Health;
import dev.plimsoll.risk.Judgement;
import dev.plimsoll.risk.Standing;
import dev.plimsoll.rule.Condition;
import java.util.Locale;
import java.util.Optional;

/** How a position stands, for whoever asks; nothing in particular happened to it. */
public final class StandingText {
    private static final Condition ASKED = new Condition.HealthFactor(Condition.Basis.PROTOCOL);

    private StandingText() {}

    /** How far it is from liquidation. */
    public static Text brief(String name, Standing standing) {
        return switch (standing.protocol()) {
            case Judgement.Judged(var health) ->
                new LoanText(health, standing).calm(opening(name, standing, health), Optional.empty());
            case Judgement.NoDebt ignored -> Text.of(name + " owes nothing: it cannot be liquidated.");
            case Judgement.Unknown(var why, var ignored) -> Text.of(name + " cannot be judged now: " + why + ".");
        };
    }

    /** Also what to do, what it costs to do nothing, and the figures. */
    public static Text whole(String name, Standing standing) {
        var text = standing.protocol() instanceof Judgement.Judged(var health)
                ? new LoanText(health, standing).danger(opening(name, standing, health), Optional.empty())
                : brief(name, standing);
        return text.with(PositionFigures.of(standing));
    }

    private static String opening(String name, Standing standing, Health health) {
        return String.format(Locale.ROOT, "%s %s.", name, new FigureText(ASKED, standing, health).standing());
    }
}
