package dev.plimsoll.api;

import dev.plimsoll.account.Account;
import dev.plimsoll.account.AccountStore;
import dev.plimsoll.alert.Drill;
import dev.plimsoll.alert.DrillDraft;
import dev.plimsoll.alert.DrillStore;
import dev.plimsoll.alert.DrillWindow;
import dev.plimsoll.api.form.Form;
import dev.plimsoll.api.form.Readers;
import dev.plimsoll.delivery.Waking;
import dev.plimsoll.rule.Rule;
import dev.plimsoll.rule.RuleStore;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.hibernate.reactive.mutiny.Mutiny;

/** Reads a drill: now, by appointment or at random. */
@Singleton
class DrillForm {
    private static final Duration LONGEST = Duration.ofDays(90);
    private static final Duration SHORTEST = Duration.ofHours(1);
    private static final int MOST_A_DAY = 10;

    private final RandomGenerator random = new SecureRandom();
    private final AccountStore accounts;
    private final RuleStore rules;
    private final DrillStore drills;

    DrillForm(AccountStore accounts, RuleStore rules, DrillStore drills) {
        this.accounts = accounts;
        this.rules = rules;
        this.drills = drills;
    }

    /** What is known when the body is read. */
    private record Known(List<Rule> rules, ZoneId zone, Instant now) {

        List<Rule> critical() {
            return rules.stream()
                    .filter(rule -> Waking.critical(rule).isPresent())
                    .toList();
        }
    }

    /**
     * In a transaction of the account that the caller began.
     *
     * @param now by the database
     */
    Uni<DrillDraft> draft(Mutiny.Session session, UUID account, byte[] body, Instant now) {
        return drills.all(session, account)
                .invoke(all -> requireRest(all, now))
                .chain(() -> rules.all(session, account))
                .chain(all -> accounts.find(session, account).map(found -> new Known(all, zone(found), now)))
                .map(known -> Form.of(body, form -> read(form, known)));
    }

    private static ZoneId zone(Optional<Account> account) {
        return account.map(Account::timezone).orElse(ZoneOffset.UTC);
    }

    private static void requireRest(List<Drill> all, Instant now) {
        if (all.stream().anyMatch(drill -> drill.state() == Drill.State.RUNNING)) {
            throw Problems.conflict("A drill is running: acknowledge it, or call it off with DELETE.");
        }
        var lately = all.stream()
                .filter(drill -> drill.createdAt().isAfter(now.minus(Duration.ofDays(1))))
                .count();
        if (lately >= MOST_A_DAY) {
            throw Problems.conflict("You asked for " + MOST_A_DAY + " drills within a day: let your buddies sleep.");
        }
    }

    private Optional<DrillDraft> read(Form form, Known known) {
        var rule = form.optional("rule", Readers.uuid());
        var at = form.optional("at", Readers.instant());
        var window = form.optional("random", Readers.object(inner -> window(inner, known.now())));
        refusal(rule, known).ifPresent(detail -> form.refuse("rule", detail));
        if (form.says("at") && form.says("random")) {
            form.refuse("random", "A drill takes place at a time, or at random; say one of the two.");
        }
        at.flatMap(time -> refusal(time, known.now())).ifPresent(detail -> form.refuse("at", detail));
        var drawn = window.flatMap(some -> some.draw(known.now(), known.zone(), random));
        if (window.isPresent() && drawn.isEmpty()) {
            form.refuse("random", "No such hours come within that time; make it longer.");
        }
        return form.complete(() -> new DrillDraft(rule, at.or(() -> drawn).orElse(known.now()), window));
    }

    private static Optional<DrillWindow> window(Form form, Instant now) {
        var from = form.required("from", Readers.timeOfDay());
        var to = form.required("to", Readers.timeOfDay());
        var within = form.required(
                "within",
                Readers.duration(LONGEST)
                        .where(span -> span.compareTo(SHORTEST) >= 0, "A drill at random has an hour at least."));
        if (from.isPresent() && from.equals(to)) {
            form.refuse(
                    "to",
                    "Hours from %1$s to %1$s are none or all of the day; say when they end.".formatted(from.get()));
        }
        return form.complete(
                () -> new DrillWindow(from.orElseThrow(), to.orElseThrow(), now.plus(within.orElseThrow())));
    }

    private static Optional<String> refusal(Optional<UUID> rule, Known known) {
        if (rule.isEmpty()) {
            return known.critical().isEmpty()
                    ? Optional.of("None of your rules has a critical level: there is no way to go.")
                    : Optional.empty();
        }
        var found = known.rules().stream()
                .filter(some -> some.id().equals(rule.get()))
                .findFirst();
        if (found.isEmpty()) {
            return Optional.of("There is no such rule in your account.");
        }
        return Waking.critical(found.get()).isEmpty()
                ? Optional.of("This rule has no critical level, and a drill is as loud as what is critical.")
                : Optional.empty();
    }

    private static Optional<String> refusal(Instant at, Instant now) {
        if (at.isBefore(now)) {
            return Optional.of("That time is over: it is %s now. Without 'at' it begins at once.".formatted(now));
        }
        return at.isAfter(now.plus(LONGEST)) ? Optional.of("A drill takes place within 90 days.") : Optional.empty();
    }
}
