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

    public static String ofPosition(Transition transition, Rule rule, Position position, Standing standing) {
        return rule.condition() instanceof Condition.OracleGap
                ? told(transition, GapText.of(position.name(), standing))
                : onHealth(transition, rule, position, standing);
    }

    private static String onHealth(Transition transition, Rule rule, Position position, Standing standing) {
        return switch (Readings.judgement(rule.condition(), standing)) {
            case Judgement.Judged(var health) ->
                rule.condition() instanceof Condition.FeedSkew
                        ? told(transition, SkewText.of(position.name(), health))
                        : judged(transition, rule, position.name(), standing, health);
            case Judgement.NoDebt ignored -> opening(transition, position.name(), "owes nothing") + ending(transition);
            case Judgement.Unknown(var why, var ignored) ->
                opening(transition, position.name(), "cannot be judged now") + " " + sentence(why) + ending(transition);
        };
    }

    private static String judged(Transition transition, Rule rule, String name, Standing standing, Health health) {
        var named = rule.condition() instanceof Condition.LiquidationDistance distance
                ? distance.asset()
                : Optional.<Asset>empty();
        var text = new LoanText(health);
        var figure = new FigureText(rule.condition(), standing, health);
        return opening(transition, name, figure.standing())
                + ending(transition)
                + " "
                + (transition instanceof Transition.Resolved ? text.calm(named) : text.danger(named));
    }

    /** Of a condition on an asset, with what every source says as its evidence. */
    public static String ofAsset(
            Transition transition, Rule rule, Condition.OnAsset condition, AssetReadings readings) {
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

    private static String told(Transition transition, AssetTale tale) {
        return switch (transition) {
            case Transition.Fired ignored -> tale.standing() + tale.meaning();
            case Transition.Worsened worsened ->
                (worsened.how() == Transition.Worsened.How.CROSSED
                                ? "Now " + word(worsened)
                                : "Twice as far as last told")
                        + ": " + tale.standing() + tale.meaning();
            case Transition.Repeated repeated -> still(repeated) + tale.standing() + tale.meaning();
            case Transition.Escalated ignored -> ALONE + tale.standing() + tale.meaning();
            case Transition.Eased eased -> "Down to " + word(eased) + ": " + tale.standing();
            case Transition.Resolved resolved -> "Resolved" + because(resolved.because()) + ": " + tale.calm();
        };
    }

    static String ofPrice(Transition transition, Rule rule, Asset asset, MarketSnapshot market) {
        var consensus = market.of(asset);
        var standing = "is at " + consensus.map(PriceText::price).orElse("an unknown price");
        var limit = rule.levels().stream()
                .filter(level -> level.severity() == transition.severity())
                .map(level -> PriceText.limit(level.limit()))
                .findFirst()
                .filter(words -> !(transition instanceof Transition.Resolved))
                .orElse("");
        return opening(transition, asset.symbol(), standing + limit)
                + ending(transition)
                + consensus
                        .flatMap(PriceText::remark)
                        .map(remark -> " " + remark)
                        .orElse("");
    }

    /** Of the positions of an account that one cause blinds. */
    public static String ofBlindness(Transition transition, Rule rule, Blackout blackout) {
        var counted = blackout.counted(rule);
        if (counted.isEmpty()) {
            return BlindText.calm(blackout.seen());
        }
        var text = BlindText.of(counted);
        return switch (transition) {
            case Transition.Fired ignored -> text;
            case Transition.Worsened ignored -> "More by now: " + text;
            case Transition.Repeated repeated -> still(repeated) + text;
            case Transition.Escalated ignored -> ALONE + text;
            case Transition.Eased ignored -> text;
            case Transition.Resolved resolved -> "No longer told" + because(resolved.because()) + ": " + text;
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
                        ? "%s %s, but was below 1.".formatted(name, standing)
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

    private static String ending(Transition transition) {
        return transition instanceof Transition.Resolved resolved && resolved.mayBeLiquidated()
                ? " You may have been liquidated: check it."
                : "";
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
