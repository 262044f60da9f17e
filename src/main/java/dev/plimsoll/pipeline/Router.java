package dev.plimsoll.pipeline;

import dev.plimsoll.alert.Alert;
import dev.plimsoll.alert.AlertState.Phase;
import dev.plimsoll.alert.AlertWrite;
import dev.plimsoll.alert.Hush;
import dev.plimsoll.alert.Routing;
import dev.plimsoll.alert.Routing.Firing;
import dev.plimsoll.alert.Routing.Route;
import dev.plimsoll.alert.Routing.Scene;
import dev.plimsoll.alert.Subject;
import dev.plimsoll.delivery.Notice;
import dev.plimsoll.rule.Rule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Has {@link Routing} decide, in one tick and account by account, who hears of what was found. */
final class Router {
    private final Memory memory;
    private final Notices notices;
    private final Instant at;

    Router(Memory memory, Notices notices, Instant at) {
        this.memory = memory;
        this.notices = notices;
        this.at = at;
    }

    /** Has this tick look at every alert of which something was kept back that may be told now; in a crash of thousands. */
    void rouse() {
        memory.alerts().hushed().parallelStream()
                .filter(this::isOver)
                .toList()
                .forEach(alert -> memory.touch(alert.key()));
    }

    private boolean isOver(Alert alert) {
        return Routing.isOver(
                        scene(alert.account(), around(alert)),
                        memory.about(alert.key()),
                        alert.state().severity(),
                        alert.hush())
                .isPresent();
    }

    /** What may still speak for it: of a position or a price only what is about the same, and hundreds are asked in a crash. */
    private List<Firing> around(Alert alert) {
        if (alert.hush() != Hush.INHIBITED) {
            return List.of();
        }
        return alert.key().subject() instanceof Subject.OfAccount
                ? firing(alert.account(), Map.of())
                : memory.alerts().openOf(alert.key().subject()).stream()
                        .flatMap(other ->
                                memory.book().rule(other.key().rule()).stream().flatMap(rule -> firing(rule, other)))
                        .toList();
    }

    /** What was found of an account's things, each to be committed as a whole. */
    List<Decision> route(UUID account, List<Finding> findings) {
        var drafts = findings.stream().flatMap(found -> found.drafts().stream()).toList();
        if (drafts.isEmpty()) {
            return findings.stream()
                    .map(found -> Decision.nothing(found.settle()))
                    .toList();
        }
        var scene = scene(account, firing(account, drafts));
        var letters = findings.stream()
                .map(found -> found.drafts().stream()
                        .map(draft -> Letter.of(retold(scene, draft)))
                        .toList())
                .toList();
        var news = letters.stream()
                .flatMap(List::stream)
                .flatMap(letter -> letter.news().stream())
                .toList();
        var routes = Routing.decide(scene, news).iterator();
        var decisions = new ArrayList<Decision>();
        for (var i = 0; i < findings.size(); i++) {
            decisions.add(decision(letters.get(i), routes, findings.get(i).settle()));
        }
        return decisions;
    }

    /** What was kept back is told once, when nothing else is told of it anyway. */
    private Draft retold(Scene scene, Draft draft) {
        return draft.isFiring() && !draft.tells()
                ? Routing.isOver(scene, draft.about(), draft.step().state().severity(), draft.hush())
                        .map(why -> draft.retold(at, why))
                        .orElse(draft)
                : draft;
    }

    /** @param routes of all news, from this thing's on */
    private Decision decision(List<Letter> letters, Iterator<Route> routes, Runnable settle) {
        var writes = new ArrayList<AlertWrite>();
        var told = new ArrayList<Notice>();
        for (var letter : letters) {
            var own = letter.news().stream().map(news -> routes.next()).toList();
            if (letter.draft().changes()) {
                var write = letter.write(own);
                writes.add(write);
                told.addAll(notices.of(write, letter, own));
            }
        }
        return new Decision(writes, told, settle);
    }

    private Scene scene(UUID account, List<Firing> firing) {
        return new Scene(
                account,
                firing,
                memory.wishes().silences().active(account, at),
                memory.wishes().zone(account),
                at);
    }

    /** The account's alerts that fire once the drafts are committed; nobody asks where all the news is new. */
    private List<Firing> firing(UUID account, List<Draft> drafts) {
        if (drafts.stream().noneMatch(Draft::mayBeInhibited)) {
            return List.of();
        }
        var drafted =
                drafts.stream().collect(Collectors.toMap(draft -> draft.about().key(), draft -> draft));
        return firing(account, drafted);
    }

    private List<Firing> firing(UUID account, Map<Alert.Key, Draft> drafted) {
        var own = drafted.values().stream().filter(Draft::isFiring).flatMap(Router::firing);
        var others = memory.book().rules(account).stream()
                .flatMap(rule -> memory.alerts().openOfRule(rule.id()).stream()
                        .filter(alert -> !drafted.containsKey(alert.key()))
                        .flatMap(alert -> firing(rule, alert)));
        return Stream.concat(own, others).toList();
    }

    private static Stream<Firing> firing(Rule rule, Alert alert) {
        return Stream.of(alert)
                .filter(open -> open.state().phase() == Phase.FIRING)
                .map(open -> new Firing(rule, open.key().subject(), open.state().severity(), open.hush()));
    }

    private static Stream<Firing> firing(Draft draft) {
        return draft.about().rule().stream()
                .map(rule -> new Firing(
                        rule,
                        draft.about().key().subject(),
                        draft.step().state().severity(),
                        draft.hush()));
    }
}
