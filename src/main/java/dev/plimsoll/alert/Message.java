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
                ? onGap(transition, position.name(), standing)
                : onHealth(transition, rule, position, standing);
        return text.with(PositionFigures.of(standing));
    }

    private static Text onGap(Transition transition, String name, Standing standing) {
        var told = told(transition, GapText.of(name, standing));
        return GapText.decisive(standing)
                .map(health -> escape(transition, told, health, standing))
                .orElse(told);
    }

    private static Text onHealth(Transition transition, Rule rule, Position position, Standing standing) {
        return switch (Readings.judgement(rule.condition(), standing)) {
            case Judgement.Judged(var health) -> judged(transition, rule, position.name(), standing, health);
            case Judgement.NoDebt ignored -> Text.of(opening(transition, position.name(), "owes nothing"));
            case Judgement.Unknown(var why, var ignored) ->
                Text.of(opening(transition, position.name(), "cannot be judged now") + " " + sentence(why));
        };
    }

    private static Text judged(Transition transition, Rule rule, String name, Standing standing, Health health) {
        if (rule.condition() instanceof Condition.FeedSkew) {
            return escape(transition, told(transition, SkewText.of(name, health)), health, standing);
        }
        var named = rule.condition() instanceof Condition.LiquidationDistance distance
                ? distance.asset()
                : Optional.<Asset>empty();
        var figure = new FigureText(rule.condition(), standing, health);
        var opening = opening(transition, name, figure.standing());
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
            case Condition.PriceChange change -> told(transition, MoveText.change(change, gauge, readings));
            case Condition.PriceDivergence divergence ->
                told(transition, FeedText.divergence(divergence, gauge, readings.market()));
            case Condition.PriceStale stale -> told(transition, FeedText.stale(stale, gauge, readings.market()));
            case Condition.Depeg depeg -> told(transition, MoveText.depeg(depeg, gauge, readings));
        };
    }

    /** The level it is at; the mildest when there is none any more. */
    private static Level level(Transition transition, Rule rule) {
        return rule.levels().stream()
                .filter(level -> level.severity() == transition.severity())
                .findFirst()
                .orElse(rule.levels().getFirst());
    }

    private static Text told(Transition transition, AssetTale tale) {
        var danger = Text.of(tale.standing()).staking(tale.meaning());
        return switch (transition) {
            case Transition.Fired ignored -> danger;
            case Transition.Worsened worsened -> danger.after(worse(worsened) + ": ");
            case Transition.Repeated repeated -> danger.after(still(repeated));
            case Transition.Escalated ignored -> danger.after(ALONE);
            case Transition.Eased eased -> Text.of("Down to " + word(eased) + ": " + tale.standing());
            case Transition.Resolved resolved -> Text.of("Resolved" + because(resolved.because()) + ": " + tale.calm());
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
        return Text.of(opening(transition, asset.symbol(), standing + limit))
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
            case Transition.Resolved resolved -> text.after("No longer told" + because(resolved.because()) + ": ");
        };
    }

    private static String opening(Transition transition, String name, String standing) {
        return switch (transition) {
            case Transition.Fired ignored -> "%s %s.".formatted(name, standing);
            case Transition.Worsened worsened -> worsened(worsened, name, standing);
            case Transition.Repeated repeated -> still(repeated) + "%s %s.".formatted(name, standing);
            case Transition.Escalated ignored -> ALONE + "%s %s.".formatted(name, standing);
            case Transition.Eased eased -> "Down to %s: %s %s.".formatted(word(eased), name, standing);
            case Transition.Resolved resolved ->
                resolved.mayBeLiquidated()
                        ? "%s %s, but was below 1. You may have been liquidated: check it.".formatted(name, standing)
                        : "Resolved%s: %s %s.".formatted(because(resolved.because()), name, standing);
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

    private static String because(Because because) {
        return switch (because) {
            case PRICE_RECOVERED -> "";
            case REPAID -> " after a repayment";
            case COLLATERAL_ADDED -> " after more collateral";
            case LIQUIDATED -> " by a liquidation";
            case CLOSED -> ", as the position is closed";
            case RULE_CHANGED -> ", as the rule was changed";
            case RULE_DELETED -> ", as the rule was deleted";
            case POSITION_DELETED -> ", as the position was deleted";
            case CONFIRMED -> ", as it was confirmed";
        };
    }

    private static String word(Transition transition) {
        return transition.severity().name().toLowerCase(Locale.ROOT);
    }

    private static String sentence(String why) {
        return Character.toUpperCase(why.charAt(0)) + why.substring(1) + ".";
    }
}
