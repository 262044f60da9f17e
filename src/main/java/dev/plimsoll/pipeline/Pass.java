package dev.plimsoll.pipeline;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One pass over many cases: decides the next part while the last one is being committed. Memory follows a commit only
 * when no decision is under way, so that each part is decided from one state of it. What is left when its time is over
 * stays unsettled in the book, from which the next tick selects it again, with newer prices; so does what fails.
 */
final class Pass {
    private final Term term;
    private final Iterator<List<Case>> parts;
    private final Router router;
    private final Commit commit;
    private final Mishaps mishaps;
    private final long until;
    private List<Decision> made = List.of();
    private boolean begun;
    private boolean ended;

    /**
     * @param parts no account is in two of them: none is decided from what another leads to
     * @param until monotonic, in nanoseconds; the first part is decided all the same
     */
    Pass(Term term, List<List<Case>> parts, Router router, Commit commit, Mishaps mishaps, long until) {
        this.term = term;
        this.parts = parts.iterator();
        this.router = router;
        this.commit = commit;
        this.mishaps = mishaps;
        this.until = until;
    }

    Uni<Tally> run() {
        return Multi.createBy()
                .repeating()
                .uni(this::step)
                .whilst(tally -> !ended)
                .collect()
                .asList()
                .map(Tally::of);
    }

    /** Waits for both also where one fails: no transaction is left behind that nobody waits for. */
    private Uni<Tally> step() {
        var last = made;
        return Uni.combine()
                .all()
                .unis(commit.write(term, last), next())
                .collectFailures()
                .asTuple()
                .invoke(both -> made = both.getItem2())
                .map(both -> commit.remember(last, both.getItem1()));
    }

    /** Off the event loop and on every core: nothing changes while decisions are made. */
    private Uni<List<Decision>> next() {
        return Uni.createFrom().item(this::decided).runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    private List<Decision> decided() {
        ended = !goesOn();
        return ended ? List.of() : decisions(parts.next());
    }

    private boolean goesOn() {
        var first = !begun;
        begun = true;
        return parts.hasNext() && (first || System.nanoTime() - until < 0);
    }

    private List<Decision> decisions(List<Case> part) {
        return part.parallelStream()
                .map(this::decisions)
                .flatMap(List::stream)
                .collect(Collectors.toUnmodifiableList());
    }

    private List<Decision> decisions(Case one) {
        return mishaps.spare(one.account(), () -> router.route(one.account(), findings(one)))
                .orElse(List.of());
    }

    private List<Finding> findings(Case one) {
        return one.things().parallelStream()
                .flatMap(thing -> mishaps.spare(thing.id(), thing.found()).stream())
                .toList();
    }
}
