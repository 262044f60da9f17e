package dev.plimsoll.alert;

import dev.plimsoll.rule.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What the life of an alert should be, told a second time and in another way than {@link Life}: as a book of all that
 * happened, from which every decision is read anew. Health factors are whole thousandths, times are whole seconds.
 */
final class Chronicle {

    /** A level, with no {@code repeat} where it is 0. */
    record Rung(Severity severity, int limit, int clear, long hold, long clearHold, long repeat) {}

    /** What every source allows. */
    record Reading(int low, int high) {}

    /** @param restarts the escalation counts from here */
    private record Entry(long at, String word, int rung, int high, long until, boolean restarts) {

        boolean isOneOf(String... starts) {
            return List.of(starts).stream().anyMatch(word::startsWith);
        }

        boolean isTold() {
            return isOneOf("firing", "worsened", "repeated");
        }
    }

    private final List<Rung> rungs;
    private final List<Long> steps;
    private final boolean[] on;
    private final Optional<Long>[] breachedSince;
    private final Optional<Long>[] clearSince;
    private final List<Entry> entries = new ArrayList<>();
    private final List<Reading> seen = new ArrayList<>();
    private long began;
    private long saidLiquidatable = Long.MIN_VALUE;
    private long clearOfIt = Long.MIN_VALUE;

    @SuppressWarnings("unchecked")
    Chronicle(List<Rung> rungs, List<Long> steps) {
        this.rungs = rungs;
        this.steps = steps;
        this.on = new boolean[rungs.size()];
        this.breachedSince = new Optional[rungs.size()];
        this.clearSince = new Optional[rungs.size()];
        forget();
    }

    boolean isFiring() {
        return !entries.isEmpty();
    }

    boolean isAcknowledged() {
        return attention().stream().anyMatch(entry -> entry.isOneOf("acknowledged"));
    }

    int severityRank() {
        return rungs.get(rung()).severity().ordinal();
    }

    void acknowledged(long at) {
        enter(at, "acknowledged", rung(), 0, 0, false);
    }

    void snoozed(long at, long until) {
        enter(at, "snoozed", rung(), 0, until, false);
    }

    /** What is told of this tick, and what only stands in the timeline; empty when nothing happened. */
    List<String> tick(long at, long unbrokenSince, Optional<Reading> reading) {
        var wasOpen = isOpen();
        IntStream.range(0, rungs.size()).forEach(i -> run(i, at, unbrokenSince, reading));
        takeAlong();
        if (!isOpen()) {
            return isFiring() ? List.of(resolved(at)) : quiet();
        }
        began = wasOpen ? began : at;
        reading.ifPresent(seen::add);
        if (reading.filter(r -> r.low() >= 1021).isPresent()) {
            clearOfIt = at;
        }
        var before = entries.size();
        top().ifPresent(rung -> judge(at, rung, reading));
        return entries.subList(before, entries.size()).stream().map(this::words).toList();
    }

    private List<String> quiet() {
        forget();
        return List.of();
    }

    private void forget() {
        entries.clear();
        seen.clear();
        saidLiquidatable = Long.MIN_VALUE;
        clearOfIt = Long.MIN_VALUE;
        for (var i = 0; i < rungs.size(); i++) {
            on[i] = false;
            breachedSince[i] = Optional.empty();
            clearSince[i] = Optional.empty();
        }
    }

    private void run(int i, long at, long unbrokenSince, Optional<Reading> reading) {
        var rung = rungs.get(i);
        if (on[i]) {
            var clear = reading.filter(r -> r.low() >= rung.clear()).isPresent();
            clearSince[i] = clear ? Optional.of(Math.max(clearSince[i].orElse(at), unbrokenSince)) : Optional.empty();
            on[i] = clearSince[i]
                    .filter(since -> at - since >= rung.clearHold())
                    .isEmpty();
            clearSince[i] = on[i] ? clearSince[i] : Optional.empty();
        } else {
            var breached = reading.filter(r -> r.high() < rung.limit()).isPresent();
            breachedSince[i] =
                    breached ? Optional.of(Math.max(breachedSince[i].orElse(at), unbrokenSince)) : Optional.empty();
            set(i, breachedSince[i].filter(since -> at - since >= rung.hold()).isPresent());
        }
    }

    private void set(int i, boolean goesOn) {
        if (goesOn) {
            on[i] = true;
            breachedSince[i] = Optional.empty();
            clearSince[i] = Optional.empty();
        }
    }

    /** Who is past a level is past the milder ones; and what fires goes on with whatever is breached. */
    private void takeAlong() {
        var mildest = IntStream.range(0, rungs.size())
                .filter(i -> breachedSince[i].isPresent())
                .findFirst();
        if (isFiring() && top().isEmpty() && mildest.isPresent()) {
            set(mildest.getAsInt(), true);
        }
        top().ifPresent(highest -> IntStream.range(0, highest).forEach(i -> set(i, breachedSince[i].isPresent())));
    }

    private Optional<Integer> top() {
        return IntStream.range(0, rungs.size()).filter(i -> on[i]).boxed().max(Integer::compare);
    }

    private boolean isOpen() {
        return IntStream.range(0, rungs.size()).anyMatch(i -> on[i] || breachedSince[i].isPresent());
    }

    private String resolved(long at) {
        var below = seen.stream().anyMatch(r -> r.low() < 1000);
        var worst = seen.stream().mapToInt(Reading::high).min().orElseThrow();
        var words = "%d resolved/%s@%s after %d worst %d"
                .formatted(
                        entries.size() + 1,
                        below ? "maybe-liquidated" : "recovered",
                        severity(rung()),
                        at - began,
                        worst);
        forget();
        return words;
    }

    private void judge(long at, int top, Optional<Reading> reading) {
        var high = reading.map(Reading::high).orElse(Integer.MAX_VALUE);
        if (!isFiring()) {
            say(at, "firing/crossed", top, high, true);
        } else if (top < rung()) {
            enter(at, "eased/eased", top, high, 0, false);
        } else if (top > rung()) {
            say(at, "worsened/crossed", top, high, true);
        } else if (high < 1000 && saidLiquidatable <= clearOfIt) {
            say(at, "worsened/liquidatable", top, high, isAttended());
        } else if (reading.isPresent() && isHalved(high)) {
            say(at, "worsened/worsened", top, high, isAttended());
        } else {
            again(at, rungs.get(top), reading, high);
        }
    }

    private void again(long at, Rung rung, Optional<Reading> reading, int high) {
        var breached = high < rung.clear();
        var clear = reading.filter(r -> r.low() >= rung.clear()).isPresent();
        var climbed = climbed();
        if (isAttended()) {
            if (breached && at >= quietUntil(rung)) {
                say(
                        at,
                        "repeated/"
                                + (snoozeEnd() >= acknowledgementEnd(rung) ? "snooze-over" : "acknowledgement-expired"),
                        rung(),
                        high,
                        true);
            }
        } else if (!clear && climbed < steps.size() && at >= restarted() + steps.get(climbed)) {
            enter(at, "escalated/escalated", rung(), climbed + 1, 0, false);
        } else if (breached && rung.repeat() > 0 && at >= told().at() + rung.repeat()) {
            say(at, "repeated/repeated", rung(), high, false);
        }
    }

    /** Half of the distance to liquidation that was last told is gone; a thousandth is not halved any more. */
    private boolean isHalved(int high) {
        long then = told().high();
        long now = Math.max(high, 1000);
        return then >= 1002 && 2 * (now - 1000) * then <= (then - 1000) * now;
    }

    private long quietUntil(Rung rung) {
        return Math.max(acknowledgementEnd(rung), snoozeEnd());
    }

    private long acknowledgementEnd(Rung rung) {
        return attention().stream()
                .filter(entry -> entry.isOneOf("acknowledged"))
                .mapToLong(entry -> entry.at() + (rung.severity() == Severity.CRITICAL ? 1_800 : 28_800))
                .max()
                .orElse(Long.MIN_VALUE);
    }

    private long snoozeEnd() {
        return attention().stream()
                .filter(entry -> entry.isOneOf("snoozed"))
                .mapToLong(Entry::until)
                .reduce((first, second) -> second)
                .orElse(Long.MIN_VALUE);
    }

    /** What the owner did since anything was last told: telling ends it. */
    private List<Entry> attention() {
        var last = IntStream.range(0, entries.size())
                .filter(i -> entries.get(i).isTold())
                .max()
                .orElse(-1);
        return entries.subList(last + 1, entries.size()).stream()
                .filter(entry -> entry.isOneOf("acknowledged", "snoozed"))
                .toList();
    }

    private boolean isAttended() {
        return !attention().isEmpty();
    }

    private long restarted() {
        return entries.stream().filter(Entry::restarts).toList().getLast().at();
    }

    private int climbed() {
        var from = IntStream.range(0, entries.size())
                .filter(i -> entries.get(i).restarts())
                .max()
                .orElseThrow();
        return (int) entries.subList(from, entries.size()).stream()
                .filter(entry -> entry.isOneOf("escalated"))
                .count();
    }

    private Entry told() {
        return entries.stream().filter(Entry::isTold).toList().getLast();
    }

    private int rung() {
        return entries.getLast().rung();
    }

    private void say(long at, String word, int rung, int high, boolean restarts) {
        if (high < 1000) {
            saidLiquidatable = at;
        }
        enter(at, word, rung, high, 0, restarts);
    }

    private void enter(long at, String word, int rung, int high, long until, boolean restarts) {
        entries.add(new Entry(at, word, rung, high, until, restarts));
    }

    private String words(Entry entry) {
        return "%d %s@%s%s"
                .formatted(
                        entries.indexOf(entry) + 1,
                        entry.word(),
                        severity(entry.rung()),
                        entry.isOneOf("escalated") ? " step " + entry.high() : "");
    }

    private String severity(int rung) {
        return rungs.get(rung).severity().name().toLowerCase(Locale.ROOT);
    }
}
