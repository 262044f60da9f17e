package dev.plimsoll.book;

import dev.plimsoll.position.Position;
import dev.plimsoll.rule.AssetReadings;
import dev.plimsoll.rule.Condition;
import dev.plimsoll.rule.Rule;
import dev.plimsoll.unit.Asset;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All positions and rules in memory, and which of them a new market may change.
 *
 * <p>Confined to one thread at a time, the watch's: it brings in the changes at the start of a tick, selects, judges, and
 * settles what it has committed. What is selected and not settled is selected again by the next tick; what changed after
 * it was selected cannot be settled. Nothing here waits and nothing reads a clock.
 */
public final class Book {
    private final Places places = new Places();
    private final Map<UUID, Shelf> shelves = new HashMap<>();
    private final Map<UUID, Rule> rules = new HashMap<>();
    private final AssetPairs prices = new AssetPairs();
    private final BandlessRules bandless = new BandlessRules();
    private final Agenda blind = new Agenda();
    private Optional<Instant> last = Optional.empty();
    private Instant horizon = Instant.MIN;

    /** Adds the position or replaces the one with its id; selected by the next tick. */
    public void put(Position position) {
        shelf(position.account()).put(position);
        places.put(position);
    }

    /** Does nothing when there is no such position. */
    public void removePosition(UUID id) {
        position(id).ifPresent(position -> {
            places.remove(position);
            var shelf = shelf(position.account());
            shelf.removePosition(id);
            regain(shelf, id);
            clear(position.account(), shelf);
        });
    }

    /** Adds the rule or replaces the one with its id; all that it watches, or watched, is selected by the next tick. */
    public void put(Rule rule) {
        removeRule(rule.id());
        rules.put(rule.id(), rule);
        shelf(rule.account()).put(rule);
        switch (rule.condition()) {
            case Condition.OnAsset condition -> prices.put(rule, condition);
            case Condition.Blind ignored -> blind.open(rule.id());
            case Condition.OnPosition ignored -> bandless.put(rule);
        }
        touchRule(rule.id());
    }

    /** Does nothing when there is no such rule. */
    public void removeRule(UUID id) {
        rule(id).ifPresent(rule -> {
            touchRule(id);
            rules.remove(id);
            prices.remove(id);
            blind.remove(id);
            bandless.remove(rule);
            var shelf = shelf(rule.account());
            shelf.removeRule(id);
            clear(rule.account(), shelf);
        });
    }

    /** Has the next tick look at the position, whatever prices do: its alert was acknowledged, snoozed or silenced. */
    public void touchPosition(UUID id) {
        places.touch(id);
    }

    /** Has the next tick look at all that the rule may watch. */
    public void touchRule(UUID id) {
        rule(id).ifPresent(rule -> {
            switch (rule.condition()) {
                case Condition.OnAsset ignored -> prices.touch(id);
                case Condition.Blind ignored -> {
                    blind.open(id);
                    touchPositions(rule.account());
                }
                case Condition.OnPosition ignored -> touchPositions(rule.account());
            }
        });
    }

    private void touchPositions(UUID account) {
        shelf(account).positions().forEach(places::touch);
    }

    /** As {@link #select(AssetReadings, Instant, int)} does, and all of it. */
    public Selection select(AssetReadings readings, Instant now) {
        return select(readings, now, Integer.MAX_VALUE);
    }

    /**
     * What may have changed its state since it was last settled, and all that is new, changed or touched since. After a
     * gap of more than two intervals, or when the clock was set back, also all that waits for a time: holds start anew.
     * Of positions so many, the most urgent ones: the others wait to be selected again, in this tick or a later one.
     */
    public Selection select(AssetReadings readings, Instant now, int most) {
        var market = readings.market();
        horizon = isUnbroken(now, market.tick().interval()) ? now : Band.AFTER_A_GAP;
        last = Optional.of(now);
        bandless.positions(market, now, places, account -> shelf(account).positions())
                .forEach(places::touch);
        return new Selection(
                places.select(market, now, horizon, most).stream()
                        .flatMap(this::watched)
                        .toList(),
                prices.select(readings, horizon));
    }

    /** The blind rules to be asked in this tick; to be called when the positions that were selected are settled. */
    public List<Selection.OfAccount> accounts() {
        return blind.due(horizon).stream()
                .map(rules::get)
                .map(rule -> new Selection.OfAccount(rule.account(), rule))
                .toList();
    }

    private boolean isUnbroken(Instant now, Duration interval) {
        return last.filter(before -> now.isBefore(before) || now.isAfter(before.plus(interval.multipliedBy(2))))
                .isEmpty();
    }

    private Stream<Selection.OfPosition> watched(Position position) {
        var shelf = shelf(position.account());
        if (shelf.isWatched(position)) {
            return Stream.of(new Selection.OfPosition(position, shelf.judging(position)));
        }
        places.settle(position, PositionBand.EVERYWHERE);
        regain(shelf, position.id()); // nobody asks whether it can be judged
        return Stream.empty();
    }

    /** The position was judged and its states are committed: look again when it leaves the band or is due. */
    public void settle(Selection.OfPosition judged, PositionBand band) {
        if (places.settle(judged.position(), band)) {
            regain(shelf(judged.position().account()), judged.position().id());
        }
    }

    /** The position could not be judged, which is committed: look again when it may be, or when the band is due. */
    public void settleUnseen(Selection.OfPosition unknown, Unseen how, PositionBand band) {
        var position = unknown.position();
        var shelf = shelf(position.account());
        if (places.settleUnseen(position, band) && shelf.lose(position.id(), how)) {
            openBlindRules(shelf);
        }
    }

    /** The asset was judged and its state is committed: look again when it leaves the band or is due. */
    public void settle(Selection.OfAsset judged, AssetBand band) {
        prices.settle(judged, band);
    }

    /** Committed: look again when a position of the account is lost from sight or seen again, or at this instant. */
    public void settle(Selection.OfAccount judged, Instant due) {
        if (rules.get(judged.rule().id()) == judged.rule()) {
            blind.putOff(judged.rule().id(), due);
        }
    }

    private void regain(Shelf shelf, UUID position) {
        if (shelf.regain(position)) {
            openBlindRules(shelf);
        }
    }

    private void openBlindRules(Shelf shelf) {
        shelf.blindRules().forEach(rule -> blind.open(rule.id()));
    }

    /** The account's positions that could not be judged when they were last settled. */
    public Map<UUID, Unseen> unseen(UUID account) {
        return find(account).map(Shelf::unseen).orElse(Map.of());
    }

    public Optional<Position> position(UUID id) {
        return places.find(id);
    }

    /** Whether any rule says something about the position. */
    public boolean isWatched(UUID position) {
        return position(position).stream()
                .anyMatch(known -> shelf(known.account()).isWatched(known));
    }

    public Optional<Rule> rule(UUID id) {
        return Optional.ofNullable(rules.get(id));
    }

    /** Every account that has a position or a rule. */
    public Set<UUID> owners() {
        return Set.copyOf(shelves.keySet());
    }

    /** The account's positions, in the order they came. */
    public List<Position> positions(UUID account) {
        return find(account).map(Shelf::positions).orElse(List.of()).stream()
                .map(this::position)
                .flatMap(Optional::stream)
                .toList();
    }

    /** The account's rules, the last written last. */
    public List<Rule> rules(UUID account) {
        return find(account).map(Shelf::rules).orElse(List.of());
    }

    /** Every asset whose price moves a position or is watched by a rule. */
    public Set<Asset> assets() {
        return Stream.concat(places.assets().stream(), prices.assets().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    public Census census() {
        return Census.of(shelves.values(), places, rules.size());
    }

    private Optional<Shelf> find(UUID account) {
        return Optional.ofNullable(shelves.get(account));
    }

    private Shelf shelf(UUID account) {
        return shelves.computeIfAbsent(account, id -> new Shelf());
    }

    private void clear(UUID account, Shelf shelf) {
        if (shelf.isEmpty()) {
            shelves.remove(account);
        }
    }
}
