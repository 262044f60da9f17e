package dev.plimsoll.pipeline;

import dev.plimsoll.alert.Alert;
import dev.plimsoll.alert.Alerts;
import dev.plimsoll.alert.Routing.About;
import dev.plimsoll.alert.Subject;
import dev.plimsoll.book.Book;
import dev.plimsoll.book.Unseen;
import dev.plimsoll.position.Position;
import dev.plimsoll.rule.Rule;
import dev.plimsoll.unit.Asset;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * All the watch knows between ticks. Changed at the start of a tick and after each commit, by one tick at a time; all of
 * it can be had again from the database.
 */
@Singleton
class Memory {
    private final Alerts alerts = new Alerts();
    private final Sight sight = new Sight();
    private final Wishes wishes = new Wishes();
    private final Set<Alert.Key> doubtful = new HashSet<>();
    private final Set<Alert.Key> suspects = new HashSet<>();
    private final Set<UUID> leftOut = new HashSet<>();
    private volatile Book book = new Book();
    private OptionalLong epoch = OptionalLong.empty();
    private Continuity continuity = Continuity.from(Optional.empty());

    Book book() {
        return book;
    }

    Alerts alerts() {
        return alerts;
    }

    Sight sight() {
        return sight;
    }

    Wishes wishes() {
        return wishes;
    }

    /** Whether the alerts were read since this term began. */
    boolean isOf(Term term) {
        return epoch.isPresent() && epoch.getAsLong() == term.epoch();
    }

    Continuity continuity() {
        return continuity;
    }

    void continuity(Continuity newer) {
        continuity = newer;
    }

    /**
     * Alerts that somebody else wrote while they were judged, or whose commit was not answered: to be read again before
     * they are judged again.
     */
    Set<Alert.Key> doubtful() {
        return doubtful;
    }

    /** Open alerts whose rule or position was written: does the rule still watch the position, are both still there? */
    Set<Alert.Key> suspects() {
        return suspects;
    }

    /** Rules and positions that are there and not in the book, because this release cannot read them: no alert of theirs ends. */
    Set<UUID> leftOut() {
        return leftOut;
    }

    /** Since when the longest unseen position could not be judged. */
    Optional<Instant> unseenSince() {
        return book.owners().stream()
                .flatMap(account -> book.unseen(account).values().stream())
                .map(Unseen::since)
                .min(Instant::compareTo);
    }

    /** An empty book, to be filled from the stores. */
    void startAnew() {
        book = new Book();
        suspect(alerts.open());
    }

    void put(Position position) {
        var known = book.position(position.id()).filter(before -> before.version() == position.version());
        if (known.isEmpty()) {
            book.put(position);
            sight.changed(position);
            suspect(alerts.openOf(new Subject.OfPosition(position.id())));
        }
    }

    void put(Rule rule) {
        var known = book.rule(rule.id());
        if (known.filter(before -> before.version() == rule.version()).isEmpty()) {
            book.put(rule);
            suspect(alerts.openOfRule(rule.id()));
            known.map(Rule::account).ifPresent(this::forgetUnwatched);
        }
    }

    void removePosition(UUID id) {
        book.position(id).ifPresent(gone -> {
            sight.forget(gone.account(), id);
            book.rules(gone.account()).forEach(rule -> alerts.forget(key(rule, id)));
        });
        book.removePosition(id);
        suspect(alerts.openOf(new Subject.OfPosition(id)));
    }

    void removeRule(UUID id) {
        var known = book.rule(id);
        book.removeRule(id);
        suspect(alerts.openOfRule(id));
        known.map(Rule::account).ifPresent(this::forgetUnwatched);
    }

    /** Of what no rule watches any more nobody sees whether it stays blind. */
    private void forgetUnwatched(UUID account) {
        Set.copyOf(sight.of(account).keySet()).stream()
                .filter(position -> !book.isWatched(position))
                .forEach(position -> sight.forget(account, position));
    }

    private static Alert.Key key(Rule rule, UUID position) {
        return new Alert.Key(rule.id(), new Subject.OfPosition(position));
    }

    /** An alert as it is committed. One that is over and whose rule or position is gone can never come again. */
    void keep(Alert alert) {
        if (alert.state().isOpen() || isThere(alert.key())) {
            alerts.put(alert);
        } else {
            alerts.remove(alert.key());
        }
    }

    private boolean isThere(Alert.Key key) {
        return book.rule(key.rule()).isPresent()
                && key.subject().position().stream()
                        .allMatch(id -> book.position(id).isPresent());
    }

    /**
     * A term begins: every alert as it stands in the database now. Where another watch has been at one since, the book's
     * band was drawn around a state that is no more.
     */
    void begin(Term term, List<Alert> all) {
        epoch = OptionalLong.of(term.epoch());
        continuity = Continuity.from(term.judgedUntil(), term.untold());
        var gone = alerts.keys();
        var news = all.stream().filter(alert -> !isKnown(alert)).toList();
        alerts.clear();
        recallSight(all);
        doubtful.clear();
        all.forEach(this::keep);
        all.forEach(alert -> gone.remove(alert.key()));
        gone.forEach(this::touch);
        news.forEach(alert -> touch(alert.key()));
        suspect(alerts.open());
    }

    /** Another watch may have seen what this one had lost, and lost what it had seen: the next tick looks again. */
    private void recallSight(List<Alert> all) {
        sight.clear();
        all.stream()
                .filter(alert -> alert.state().isOpen())
                .forEach(alert -> LostJson.read(alert)
                        .forEach((position, lost) -> sight.recall(alert.account(), position, lost)));
        Stream.concat(sight.accounts().stream(), book.owners().stream())
                .flatMap(account -> Stream.of(sight.of(account), book.unseen(account)))
                .flatMap(positions -> positions.keySet().stream())
                .forEach(book::touchPosition);
    }

    private boolean isKnown(Alert alert) {
        return alerts.of(alert.key())
                .filter(known -> known.id().equals(alert.id()) && known.version() == alert.version())
                .isPresent();
    }

    /** What the owner did to an alert, unless it is known already or belongs to an earlier episode. */
    void learn(Alert alert) {
        var older = alerts.of(alert.key())
                .filter(known -> !known.id().equals(alert.id()) || known.version() >= alert.version());
        if (older.isEmpty()) {
            believe(alert);
        }
    }

    /** The doubtful ones as they stand in the database, where some may be gone. */
    void settleDoubts(Set<Alert.Key> keys, List<Alert> found) {
        keys.forEach(alerts::remove);
        keys.forEach(this::touch);
        found.forEach(this::believe);
        doubtful.removeAll(keys);
    }

    /** The next tick looks at it again. */
    private void believe(Alert alert) {
        alerts.put(alert);
        touch(alert.key());
    }

    /** What the book knows of what an alert is about. */
    About about(Alert.Key key) {
        var rule = book.rule(key.rule());
        var position = key.subject().position().flatMap(book::position);
        return new About(key, rule, position.map(Position::labels).orElse(Map.of()), standsOn(key.subject()));
    }

    private Set<Asset> standsOn(Subject subject) {
        return switch (subject) {
            case Subject.OfPosition(var id) ->
                book.position(id).map(position -> position.terms().assets()).orElse(Set.of());
            case Subject.OfAsset ignored -> Set.of();
            case Subject.OfAccount(var cause) -> cause.assets();
            case Subject.OfDrill ignored -> Set.of();
        };
    }

    /** The next tick looks at it again, though nobody wrote it. */
    void touch(Alert.Key key) {
        key.subject().position().ifPresentOrElse(book::touchPosition, () -> book.touchRule(key.rule()));
    }

    private void suspect(Collection<Alert> open) {
        open.forEach(alert -> suspects.add(alert.key()));
    }
}
