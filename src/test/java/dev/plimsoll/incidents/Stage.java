package dev.plimsoll.incidents;

import dev.plimsoll.alert.AlertState;
import dev.plimsoll.alert.Life;
import dev.plimsoll.alert.Message;
import dev.plimsoll.alert.Observation;
import dev.plimsoll.alert.Observations;
import dev.plimsoll.alert.Transition;
import dev.plimsoll.market.Assembly;
import dev.plimsoll.market.Consensus.Voice;
import dev.plimsoll.market.Hindsight;
import dev.plimsoll.market.LatestMarket;
import dev.plimsoll.market.MarketConfigs;
import dev.plimsoll.market.MarketSnapshot;
import dev.plimsoll.market.Tolerance;
import dev.plimsoll.oracle.Answer;
import dev.plimsoll.oracle.Feed;
import dev.plimsoll.position.Position;
import dev.plimsoll.risk.Loan;
import dev.plimsoll.risk.Standing;
import dev.plimsoll.rule.AssetReadings;
import dev.plimsoll.rule.Condition;
import dev.plimsoll.rule.DefaultRules;
import dev.plimsoll.rule.Level;
import dev.plimsoll.rule.Rule;
import dev.plimsoll.rule.RuleJson;
import dev.plimsoll.rule.Severity;
import dev.plimsoll.rule.Telling;
import dev.plimsoll.rule.Watches;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.AssetInfo;
import dev.plimsoll.unit.AssetRegistry;
import dev.plimsoll.unit.Assets;
import dev.plimsoll.unit.AssetsJson;
import dev.plimsoll.unit.Ids;
import dev.plimsoll.unit.Tick;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/** What one user is told while price sources say what a test puts into their mouths: all of the judgement, no servers. */
final class Stage {
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("dd HH:mm").withZone(ZoneOffset.UTC);
    private static final UUID USER = Ids.next();

    private final AssetRegistry assets;
    private final Assembly assembly;
    private final Duration interval;
    private final LatestMarket latest = new LatestMarket();
    private final List<Rule> rules = new ArrayList<>();
    private final List<Rule> rulesOnPositions = new ArrayList<>();
    private final List<Position> positions = new ArrayList<>();
    private final Map<String, AlertState> states = new HashMap<>();
    private final List<Told> told = new ArrayList<>();
    private final Hindsight hindsight;
    private Optional<Instant> began = Optional.empty();

    /** One word to the user. */
    record Told(Instant at, String about, String rule, Transition transition, MarketSnapshot market, String text) {

        /** {@code 26 08:00 DAI price-divergence alert.firing} */
        @Override
        public String toString() {
            return "%s %s %s %s".formatted(MINUTE.format(at), about, rule, transition.type());
        }
    }

    Stage(AssetRegistry assets, List<Feed> feeds, Duration interval) {
        this.assets = assets;
        var config = MarketConfigs.of(Map.of());
        this.assembly = new Assembly(assets, feeds, Tolerance.of(config));
        this.hindsight = new Hindsight(latest, config);
        this.interval = interval;
    }

    /** Our own assets, and those of the incidents. */
    static AssetRegistry registry() {
        try (var file = Stage.class.getResourceAsStream("/incidents/assets.json")) {
            var more = AssetsJson.read("incidents", new String(file.readAllBytes(), StandardCharsets.UTF_8));
            return new AssetRegistry(Stream.of(Assets.ours(), more)
                    .flatMap(List<AssetInfo>::stream)
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A rule with one automatic warning level that fires at once and resolves after five clear minutes. */
    Stage rule(Condition.OnAsset condition) {
        rules.add(rule(condition, new Watches.OneAsset(condition.asset())));
        return this;
    }

    /** The same on every position. */
    Stage rule(Condition.OnPosition condition) {
        rulesOnPositions.add(rule(condition, new Watches.All()));
        return this;
    }

    private static Rule rule(Condition condition, Watches watches) {
        return new Rule(
                Ids.next(),
                USER,
                Optional.empty(),
                RuleJson.type(condition),
                Map.of(),
                watches,
                condition,
                List.of(new Level(
                        Severity.WARNING,
                        new Level.Limit.Auto(),
                        Optional.empty(),
                        Duration.ZERO,
                        Duration.ofMinutes(5),
                        Duration.ofDays(1),
                        Optional.empty())),
                Telling.EVERYTHING,
                Instant.EPOCH,
                1);
    }

    /** Watched by the rules every account begins with. */
    Stage position(String name, Loan loan) {
        positions.add(new Position(
                Ids.next(),
                USER,
                Optional.empty(),
                name,
                Map.of(),
                loan,
                Optional.empty(),
                Instant.EPOCH,
                Instant.EPOCH,
                1));
        return this;
    }

    MarketSnapshot tick(Instant at, List<Answer> answers) {
        var tick = new Tick(1, at, interval);
        var market = assembly.judge(tick, answers, hindsight.before(tick));
        latest.offer(1, market);
        began = began.or(() -> Optional.of(at));
        var readings = new AssetReadings(market, latest.trail());
        rules.forEach(rule -> ask(rule, readings));
        positions.forEach(position -> ask(position, market));
        return market;
    }

    /** In the order it was told. */
    List<Told> told() {
        return List.copyOf(told);
    }

    List<String> lines() {
        return told.stream().map(Told::toString).toList();
    }

    Standing standing(String name) {
        return positions.stream()
                .filter(position -> position.name().equals(name))
                .map(position -> standing(position, latest.snapshot().orElseThrow()))
                .findFirst()
                .orElseThrow();
    }

    static Voice voice(MarketSnapshot market, String asset, String source) {
        return market.of(new Asset(asset)).orElseThrow().voices().stream()
                .filter(voice -> voice.source().equals(source))
                .findFirst()
                .orElseThrow();
    }

    private void ask(Rule rule, AssetReadings readings) {
        var condition = (Condition.OnAsset) rule.condition();
        var market = readings.market();
        var seen = Observations.ofAsset(
                rule, condition, readings.of(condition), market.tick().at(), began.orElseThrow());
        tell(
                condition.asset().symbol(),
                rule,
                seen,
                market,
                transition ->
                        Message.ofAsset(transition, rule, condition, readings).plain());
    }

    private void ask(Position position, MarketSnapshot market) {
        var standing = standing(position, market);
        Stream.concat(DefaultRules.of(USER, Instant.EPOCH).stream(), rulesOnPositions.stream())
                .filter(rule -> rule.condition() instanceof Condition.OnPosition)
                .forEach(rule -> tell(
                        position.name(),
                        rule,
                        Observations.ofPosition(
                                rule, position, standing, assets, market.tick().at(), began.orElseThrow()),
                        market,
                        transition -> Message.ofPosition(transition, rule, position, standing)
                                .plain()));
    }

    private Standing standing(Position position, MarketSnapshot market) {
        return position.standing(market, assets);
    }

    private void tell(
            String about, Rule rule, Observation seen, MarketSnapshot market, Function<Transition, String> text) {
        var key = rule.name() + " " + about;
        var step = Life.next(states.getOrDefault(key, AlertState.quiet(0)), seen);
        states.put(key, step.state());
        step.transitions().stream()
                .filter(Transition::isTold)
                .map(transition -> new Told(seen.at(), about, rule.name(), transition, market, text.apply(transition)))
                .forEach(told::add);
    }
}
