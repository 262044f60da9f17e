package dev.plimsoll.alert;

import dev.plimsoll.market.MarketSnapshot;
import dev.plimsoll.position.Position;
import dev.plimsoll.risk.Health;
import dev.plimsoll.risk.Judgement;
import dev.plimsoll.risk.Standing;
import dev.plimsoll.rule.AssetReadings;
import dev.plimsoll.rule.Condition;
import dev.plimsoll.rule.Level;
import dev.plimsoll.rule.Readings;
import dev.plimsoll.rule.Rule;
import dev.plimsoll.unit.Asset;
import java.util.Locale;
import java.util.Optional;

/**
 * The text of a notice: what, how far, at what price, what to do, and what it costs to do nothing.
 *
 * <p>Names are the owner's words, literally; a channel escapes them for its own format.
 */
public final class Message {
    private static final String ALONE = "Nobody has taken it up yet: ";

    private Message() {}

    public static Text ofPosition(Transition transition, Rule rule, Position position, Standing standing) {
        var text = rule.condition() instanceof Condition.OracleGap
                ? onGap(transition, position, standing)
                : onHealth(transition, rule, position, standing);
        return text.with(PositionFigures.of(standing));
    }

    private static Text onGap(Transition transition, Position position, Standing standing) {
        var told = told(transition, GapText.of(position.name(), standing), Wording.of(position.terms()));
        return GapText.decisive(standing)
                .map(health -> escape(transition, told, health, standing))
                .orElse(told);
    }

    private static Text onHealth(Transition transition, Rule rule, Position position, Standing standing) {
        return switch (Readings.judgement(rule.condition(), standing)) {
            case Judgement.Judged(var health) -> judged(transition, rule, position, standing, health);
            case Judgement.NoDebt ignored -> Text.of(opening(transition, position, "owes nothing"));
            case Judgement.Unknown(var why, var ignored) ->
                Text.of(opening(transition, position, "cannot be judged now") + " " + sentence(why));
        };
    }

    private static Text judged(Transition transition, Rule rule, Position position, Standing standing, Health health) {
        if (rule.condition() instanceof Condition.FeedSkew) {
            return escape(
                    transition,
                    told(transition, SkewText.of(position.name(), health), Wording.of(position.terms())),
                    health,
                    standing);
        }
        var named = rule.condition() instanceof Condition.LiquidationDistance distance
                ? distance.asset()
                : Optional.<Asset>empty();
        var figure = new FigureText(rule.condition(), standing, health);
        var opening = opening(transition, position, figure.standing());
        var text = new LoanText(health, standing);
        return transition instanceof Transition.Resolved ? text.calm(opening, named) : text.danger(opening, named);
    }

    private static Text escape(Transition transition, Text told, Health health, Standing standing) {
        return transition instanceof Transition.Resolved ? told : new LoanText(health, standing).escape(told);
    }

    /** Of a condition on an asset, with what every source says as its evidence. */
    public static Text ofAsset(Transition transition, Rule rule, Condition.OnAsset condition, AssetReadings readings) {
        var gauge = readings.of(condition).of(level(transition, rule).limit());
        return switch (condition) {
            case Condition.AssetPrice(var asset) -> ofPrice(transition, rule, asset, readings.market());
            case Condition.PriceChange change ->
                told(transition, MoveText.change(change, gauge, readings), Wording.LENDING);
            case Condition.PriceDivergence divergence ->
                told(transition, FeedText.divergence(divergence, gauge, readings.market()), Wording.LENDING);
            case Condition.PriceStale stale ->
                told(transition, FeedText.stale(stale, gauge, readings.market()), Wording.LENDING);
            case Condition.Depeg depeg -> told(transition, MoveText.depeg(depeg, gauge, readings), Wording.LENDING);
        };
    }

    /** The level it is at; the mildest when there is none any more. */
    private static Level level(Transition transition, Rule rule) {
        return rule.levels().stream()
                .filter(level -> level.severity() == transition.severity())
                .findFirst()
                .orElse(rule.levels().getFirst());
    }

    private static Text told(Transition transition, AssetTale tale, Wording wording) {
        var danger = Text.of(tale.standing()).staking(tale.meaning());
        return switch (transition) {
            case Transition.Fired ignored -> danger;
            case Transition.Worsened worsened -> danger.after(worse(worsened) + ": ");
            case Transition.Repeated repeated -> danger.after(still(repeated));
            case Transition.Escalated ignored -> danger.after(ALONE);
            case Transition.Eased eased -> Text.of("Down to " + word(eased) + ": " + tale.standing());
            case Transition.Resolved resolved ->
                Text.of("Resolved" + wording.because(resolved.because()) + ": " + tale.calm());
        };
    }

    private static String worse(Transition.Worsened worsened) {
        return worsened.how() == Transition.Worsened.How.CROSSED
                ? "Now " + word(worsened)
                : "Twice as far as last told";
    }

    static Text ofPrice(Transition transition, Rule rule, Asset asset, MarketSnapshot market) {
        var consensus = market.of(asset);
        var standing = "is at " + consensus.map(PriceText::price).orElse("an unknown price");
        var limit = rule.levels().stream()
                .filter(level -> level.severity() == transition.severity())
                .map(level -> PriceText.limit(level.limit()))
                .findFirst()
                .filter(words -> !(transition instanceof Transition.Resolved))
                .orElse("");
        return Text.of(opening(transition, asset.symbol(), standing + limit, Wording.LENDING))
                .remarked(consensus.flatMap(PriceText::remark));
    }

    /** Of the positions of an account that one cause blinds. */
    public static Text ofBlindness(Transition transition, Rule rule, Blackout blackout) {
        var counted = blackout.counted(rule);
        if (counted.isEmpty()) {
            return Text.of(BlindText.calm(blackout.seen()));
        }
        var text = Text.of(BlindText.of(counted));
        return switch (transition) {
            case Transition.Fired ignored -> text;
            case Transition.Worsened ignored -> text.after("More by now: ");
            case Transition.Repeated repeated -> text.after(still(repeated));
            case Transition.Escalated ignored -> text.after(ALONE);
            case Transition.Eased ignored -> text;
            case Transition.Resolved resolved ->
                text.after("No longer told" + Wording.LENDING.because(resolved.because()) + ": ");
        };
    }

    private static String opening(Transition transition, Position position, String standing) {
        return opening(transition, position.name(), standing, Wording.of(position.terms()));
    }

    private static String opening(Transition transition, String name, String standing, Wording wording) {
        return switch (transition) {
            case Transition.Fired ignored -> "%s %s.".formatted(name, standing);
            case Transition.Worsened worsened -> worsened(worsened, name, standing);
            case Transition.Repeated repeated -> still(repeated) + "%s %s.".formatted(name, standing);
            case Transition.Escalated ignored -> ALONE + "%s %s.".formatted(name, standing);
            case Transition.Eased eased -> "Down to %s: %s %s.".formatted(word(eased), name, standing);
            case Transition.Resolved resolved ->
                resolved.mayBeLiquidated()
                        ? "%s %s, but was below 1. You may have been liquidated: check it.".formatted(name, standing)
                        : "Resolved%s: %s %s.".formatted(wording.because(resolved.because()), name, standing);
        };
    }

    private static String still(Transition.Repeated repeated) {
        return switch (repeated.why()) {
            case REPEATED -> "Still: ";
            case ACKNOWLEDGEMENT_EXPIRED -> "Acknowledged, and still: ";
            case SNOOZE_OVER -> "The snooze is over, and still: ";
            case SIGHT_REGAINED -> "Seen again, and still: ";
            case SILENCE_OVER -> "The silence is over, and still: ";
            case INHIBITION_OVER -> "Not told before, and still: ";
        };
    }

    private static String worsened(Transition.Worsened worsened, String name, String standing) {
        return switch (worsened.how()) {
            case CROSSED -> "Now %s: %s %s.".formatted(word(worsened), name, standing);
            case WORSENED -> "Half as far as last told: %s %s.".formatted(name, standing);
            case LIQUIDATABLE -> "Liquidatable: %s %s.".formatted(name, standing);
        };
    }

    private static String word(Transition transition) {
        return transition.severity().name().toLowerCase(Locale.ROOT);
    }

    private static String sentence(String why) {
        return Character.toUpperCase(why.charAt(0)) + why.substring(1) + ".";
    }
}
