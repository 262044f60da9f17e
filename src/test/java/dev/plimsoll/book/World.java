package dev.plimsoll.book;

import dev.plimsoll.alert.Alert;
import dev.plimsoll.alert.AlertState;
import dev.plimsoll.alert.AlertState.Breach;
import dev.plimsoll.alert.Blackout;
import dev.plimsoll.alert.Life;
import dev.plimsoll.alert.Observation;
import dev.plimsoll.alert.Observations;
import dev.plimsoll.alert.Subject;
import dev.plimsoll.book.Bands.Decided;
import dev.plimsoll.market.LatestMarket;
import dev.plimsoll.market.MarketSnapshot;
import dev.plimsoll.position.Position;
import dev.plimsoll.risk.Cause;
import dev.plimsoll.risk.Given;
import dev.plimsoll.risk.Standing;
import dev.plimsoll.rule.AssetReadings;
import dev.plimsoll.rule.Blindness;
import dev.plimsoll.rule.Rule;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** The states of all alerts, decided exactly, for what is handed to it. */
final class World {
    private static final Subject.OfAccount DARK = new Subject.OfAccount(new Cause.NoPrices());

    private final Map<Alert.Key, AlertState> states = new HashMap<>();
    private final Map<UUID, List<UUID>> told = new HashMap<>();
    private final LatestMarket latest = new LatestMarket();
    private MarketSnapshot market;
    private AssetReadings readings;
    private Instant unbrokenSince;

    World(MarketSnapshot market) {
        turn(market, Instant.EPOCH);
    }

    void turn(MarketSnapshot newer, Instant newerUnbrokenSince) {
        market = newer;
        latest.offer(1, newer);
        readings = new AssetReadings(newer, latest.trail());
        unbrokenSince = newerUnbrokenSince;
    }

    Standing standing(Position position) {
        return position.standing(market, Given.ASSETS).after(latest.trail());
    }

    Decided decide(Rule rule, Position position, Standing standing) {
        var seen = Observations.ofPosition(
                rule, position, standing, Given.ASSETS, market.tick().at(), unbrokenSince);
        return decide(rule, new Subject.OfPosition(position.id()), seen);
    }

    Decided decide(Selection.OfAsset pair) {
        var seen = Observations.ofAsset(
                pair.rule(),
                pair.condition(),
                readings.of(pair.condition()),
                market.tick().at(),
                unbrokenSince);
        return decide(pair.rule(), new Subject.OfAsset(pair.asset()), seen);
    }

    Blackout blackout(Rule rule, Map<UUID, Unseen> unseen, List<Position> positions) {
        var blind = positions.stream()
                .filter(position -> unseen.containsKey(position.id()))
                .filter(rule.watches()::covers)
                .map(position -> blindness(rule, position, unseen.get(position.id())))
                .toList();
        var state = states.getOrDefault(new Alert.Key(rule.id(), DARK), AlertState.quiet(0));
        var tick = market.tick();
        return new Blackout(DARK.cause(), blind, state, tick.at(), Blindness.shortSight(tick.interval()));
    }

    Decided decide(Rule rule, Blackout blackout) {
        var decided = decide(rule, DARK, blackout.observe(rule, unbrokenSince));
        if (decided.state().sequence() != blackout.before().sequence()) {
            told.put(
                    rule.id(),
                    blackout.counted(rule).stream().map(Blindness::position).toList());
        }
        return decided;
    }

    private Blindness blindness(Rule rule, Position position, Unseen unseen) {
        return new Blindness(
                position.id(),
                position.name(),
                unseen.why(),
                earlier(unseen.since(), market.tick().at()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                told.getOrDefault(rule.id(), List.of()).contains(position.id()));
    }

    /** Of a clock that was set back nobody is blind since later than now. */
    private static Instant earlier(Instant since, Instant now) {
        return since.isAfter(now) ? now : since;
    }

    private Decided decide(Rule rule, Subject subject, Observation seen) {
        var key = new Alert.Key(rule.id(), subject);
        var step = Life.next(states.getOrDefault(key, AlertState.quiet(0)), seen);
        states.put(key, step.state());
        return new Decided(rule, step.state(), seen);
    }

    MarketSnapshot market() {
        return market;
    }

    AssetReadings readings() {
        return readings;
    }

    /** Where the other world has another state; but for the worst value, which is only taken at ticks that matter. */
    List<String> differences(World other) {
        return Stream.concat(states.keySet().stream(), other.states.keySet().stream())
                .distinct()
                .filter(key -> !outline(key).equals(other.outline(key)))
                .map(key -> key + ": " + outline(key) + " instead of " + other.outline(key))
                .toList();
    }

    private AlertState outline(Alert.Key key) {
        return withoutWorst(states.getOrDefault(key, AlertState.quiet(0)));
    }

    private static AlertState withoutWorst(AlertState state) {
        var breach = state.breach();
        return new AlertState(
                state.phase(),
                state.episode(),
                state.sequence(),
                state.severity(),
                state.tracks(),
                state.startedAt(),
                state.attention(),
                state.ladder(),
                new Breach(breach.ruleVersion(), breach.legs(), breach.first(), Optional.empty(), breach.belowOne()),
                state.told(),
                state.end());
    }
}
