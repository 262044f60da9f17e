package dev.plimsoll.pipeline;

import dev.plimsoll.alert.Alert;
import dev.plimsoll.alert.AlertState;
import dev.plimsoll.alert.AlertState.Phase;
import dev.plimsoll.alert.Blackout;
import dev.plimsoll.alert.Subject;
import dev.plimsoll.market.MarketSnapshot;
import dev.plimsoll.position.Position;
import dev.plimsoll.risk.Cause;
import dev.plimsoll.rule.Blindness;
import dev.plimsoll.rule.Rule;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Which cause blinds which positions of an account, as one rule sees it. What was told under one cause stays there until
 * it is seen; of several causes that a position waits for, it goes with the one that most others wait for too.
 */
final class Blackouts {
    private final Memory memory;
    private final MarketSnapshot market;
    private final Continuity continuity;
    private final boolean dark;

    Blackouts(Memory memory, MarketSnapshot market, Continuity continuity) {
        this.memory = memory;
        this.market = market;
        this.continuity = continuity;
        this.dark = isDark(market);
    }

    /** Nothing at all has a price. */
    static boolean isDark(MarketSnapshot market) {
        return market.assets().values().stream()
                .noneMatch(consensus -> consensus.range().isBounded());
    }

    /** One for each cause that blinds something, and one for each alert that is open though it no longer does. */
    List<Blackout> of(Rule rule) {
        var members = members(rule);
        Map<Cause, List<Blindness>> byCause = new TreeMap<>(Cause.BY_TEXT);
        open(rule).forEach(cause -> byCause.put(cause, new ArrayList<>()));
        var common = common(members.stream().filter(one -> one.told.isEmpty()).toList());
        members.forEach(one -> byCause.computeIfAbsent(one.cause(common), any -> new ArrayList<>())
                .add(one.blindness(market)));
        return byCause.entrySet().stream()
                .map(entry ->
                        new Blackout(entry.getKey(), entry.getValue(), state(rule, entry.getKey()), at(), patience()))
                .toList();
    }

    /** What blinds the position now: prices may have come back that it does not wait for. */
    Set<Cause> causes(Lost lost) {
        if (dark && lost.spot().causes().stream().anyMatch(Cause.Unpriced.class::isInstance)) {
            return Set.of(new Cause.NoPrices());
        }
        var present = lost.spot().causes().stream()
                .filter(cause -> !(cause instanceof Cause.Unpriced(var asset))
                        || !market.range(asset).isBounded())
                .collect(Collectors.toUnmodifiableSet());
        return present.isEmpty() ? lost.spot().causes() : present;
    }

    /** Seen for long enough, and no alert that fires has told of it; or gone. */
    boolean isOver(UUID position, Lost lost) {
        return memory.book().position(position).isEmpty()
                || isSeen(lost)
                        && lost.told().entrySet().stream().noneMatch(told -> isFiring(told.getKey(), told.getValue()));
    }

    /** Judged for long enough. */
    boolean isSeen(Lost lost) {
        return lost.seen().filter(seen -> !seen.plus(patience()).isAfter(at())).isPresent();
    }

    private boolean isFiring(UUID rule, Cause cause) {
        return memory.alerts()
                        .state(new Alert.Key(rule, new Subject.OfAccount(cause)))
                        .phase()
                == Phase.FIRING;
    }

    /** @param told the cause under which an alert that still fires has told of it */
    private record Member(Position position, Lost lost, Set<Cause> causes, Optional<Cause> told) {

        Cause cause(Map<Cause, Long> common) {
            return told.orElseGet(() -> causes.stream()
                    .max(Comparator.<Cause, Long>comparing(cause -> common.getOrDefault(cause, 0L))
                            .thenComparing(Cause.BY_TEXT.reversed()))
                    .orElseThrow());
        }

        Blindness blindness(MarketSnapshot market) {
            return new Blindness(
                    position.id(),
                    position.name(),
                    lost.spot().why(),
                    lost.since(),
                    lost.seen(),
                    lost.distance(),
                    Sight.moved(lost.prices(), market),
                    told.isPresent());
        }
    }

    private List<Member> members(Rule rule) {
        return memory.sight().of(rule.account()).entrySet().stream()
                .flatMap(entry -> memory
                        .book()
                        .position(entry.getKey())
                        .filter(rule.watches()::covers)
                        .map(position -> member(rule, position, entry.getValue()))
                        .stream())
                .filter(one -> one.told.isPresent() || !isSeen(one.lost))
                .sorted(Comparator.comparing((Member one) -> one.lost.since())
                        .thenComparing(one -> one.position.name())
                        .thenComparing(one -> one.position.id()))
                .toList();
    }

    private Member member(Rule rule, Position position, Lost lost) {
        var told = Optional.ofNullable(lost.told().get(rule.id())).filter(cause -> isFiring(rule.id(), cause));
        return new Member(position, lost.between(continuity.blindSince(), at()), causes(lost), told);
    }

    private static Map<Cause, Long> common(List<Member> untold) {
        return untold.stream()
                .flatMap(one -> one.causes.stream())
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    }

    private List<Cause> open(Rule rule) {
        return memory.alerts().openOfRule(rule.id()).stream()
                .map(alert -> alert.key().subject())
                .filter(Subject.OfAccount.class::isInstance)
                .map(subject -> ((Subject.OfAccount) subject).cause())
                .toList();
    }

    private AlertState state(Rule rule, Cause cause) {
        return memory.alerts().state(new Alert.Key(rule.id(), new Subject.OfAccount(cause)));
    }

    private Instant at() {
        return market.tick().at();
    }

    private Duration patience() {
        return Blindness.shortSight(market.tick().interval());
    }
}
