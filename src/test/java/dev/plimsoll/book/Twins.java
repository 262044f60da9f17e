package dev.plimsoll.book;

import dev.plimsoll.position.Position;
import dev.plimsoll.risk.Given;
import dev.plimsoll.risk.Judgement;
import dev.plimsoll.rule.Condition;
import dev.plimsoll.rule.Rule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Two worlds that live through the same ticks: one decides everything at every tick, the other what the book selects. */
final class Twins {
    private static final UUID ACCOUNT = new UUID(7, 7);

    private final List<Position> positions = new ArrayList<>();
    private final List<Rule> rules = new ArrayList<>();
    private final Map<UUID, Unseen> unseen = new HashMap<>();
    private final Book book = new Book();

    private final Dice dice;
    private final Weather weather;
    private final World everything;
    private final World selected;

    Twins(long seed) {
        dice = Dice.of(seed);
        weather = new Weather(dice, Given.NOON);
        everything = new World(weather.next());
        selected = new World(everything.market());
        fill();
    }

    /** One tick; what the two then disagree on. */
    List<String> tick() {
        var market = weather.next();
        everything.turn(market, weather.unbrokenSince());
        selected.turn(market, weather.unbrokenSince());
        stir();
        decideEverything(everything);
        decideWhatIsSelected(selected);
        return selected.differences(everything);
    }

    private void fill() {
        for (var i = 0; i < 6; i++) {
            put(dice.position(ACCOUNT, weather.now()));
        }
        for (var i = 0; i < 6; i++) {
            put(dice.rule(ACCOUNT, weather.now(), positions));
        }
    }

    /** Now and then something is written. */
    private void stir() {
        if (dice.oneIn(40)) {
            put(dice.position(ACCOUNT, weather.now()));
        }
        if (dice.oneIn(40)) {
            put(replaced(dice.any(positions)));
        }
        if (dice.oneIn(40)) {
            put(dice.rule(ACCOUNT, weather.now(), positions));
        }
        if (dice.oneIn(60)) {
            var gone = positions.remove(0);
            unseen.remove(gone.id());
            book.removePosition(gone.id());
            put(dice.position(ACCOUNT, weather.now()));
        }
        if (dice.oneIn(60) && !rules.isEmpty()) {
            book.removeRule(rules.remove(0).id());
        }
    }

    private Position replaced(Position position) {
        return new Position(
                position.id(),
                position.account(),
                position.key(),
                position.name(),
                position.labels(),
                dice.terms(),
                position.targetHealthFactor(),
                position.legsSince(),
                position.createdAt(),
                position.version() + 1);
    }

    private void put(Position position) {
        positions.removeIf(other -> other.id().equals(position.id()));
        positions.add(position);
        book.put(position);
    }

    private void put(Rule rule) {
        rules.add(rule);
        book.put(rule);
    }

    private void decideEverything(World world) {
        for (var position : positions) {
            var standing = world.standing(position);
            onHealth(position).forEach(rule -> world.decide(rule, position, standing));
            if (isWatched(position) && standing.protocol() instanceof Judgement.Unknown(var why, var ignored)) {
                unseen.putIfAbsent(
                        position.id(), new Unseen(world.market().tick().at(), why));
            } else {
                unseen.remove(position.id());
            }
        }
        for (var rule : rules) {
            switch (rule.condition()) {
                case Condition.OnAsset condition -> world.decide(new Selection.OfAsset(condition, rule));
                case Condition.Blind ignored -> world.decide(rule, world.blackout(rule, unseen, positions));
                case Condition.OnPosition ignored -> {}
            }
        }
    }

    /** Nobody looks at what no rule asks about: it is blind from the first tick at which one does. */
    private boolean isWatched(Position position) {
        return rules.stream()
                .filter(rule -> !(rule.condition() instanceof Condition.OnAsset))
                .anyMatch(rule -> rule.watches().covers(position));
    }

    private List<Rule> onHealth(Position position) {
        return rules.stream()
                .filter(rule -> rule.condition() instanceof Condition.OnPosition)
                .filter(rule -> rule.watches().covers(position))
                .toList();
    }

    private void decideWhatIsSelected(World world) {
        var now = world.market().tick().at();
        var selection = book.select(world.readings(), now);
        selection.positions().forEach(one -> Deciding.settle(book, world, one));
        for (var one : selection.assets()) {
            book.settle(
                    one,
                    Bands.ofAsset(
                            world.decide(one), one.condition(), world.readings().of(one.condition())));
        }
        for (var one : book.accounts()) {
            var blackout = world.blackout(one.rule(), book.unseen(ACCOUNT), positions);
            book.settle(one, BlindDue.of(world.decide(one.rule(), blackout), blackout));
        }
    }
}
