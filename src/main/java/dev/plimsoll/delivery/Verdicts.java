package dev.plimsoll.delivery;

import dev.plimsoll.delivery.Outcome.Delivered;
import dev.plimsoll.delivery.Outcome.Postponed;
import dev.plimsoll.delivery.Outcome.Refused;
import dev.plimsoll.delivery.Outcome.Rejected;
import dev.plimsoll.delivery.Outcome.Retry;
import dev.plimsoll.delivery.Tried.Broken;
import dev.plimsoll.delivery.Tried.Called;
import dev.plimsoll.delivery.Tried.ChannelClosed;
import dev.plimsoll.delivery.Tried.Dropped;
import dev.plimsoll.delivery.Tried.Unrecordable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** What follows from how an attempt ended. */
final class Verdicts {
    private Verdicts() {}

    /** @param promoted the delivery that waited behind it and is open now */
    record Verdict(Claim claim, Optional<String> body, Decision decision, Optional<Next> promoted) {
        /** It is to be sent later. */
        boolean isPending() {
            return decision instanceof Later || decision instanceof Returned;
        }
    }

    sealed interface Decision {}

    record Done() implements Decision {}

    /** A newer message of the alert goes in its place, or nobody is to hear of the alert any more: it is over. */
    record Superseded() implements Decision {}

    /**
     * @param rest   whether the pause is the receiver's wish
     * @param counts whether it was a try, after which the next pause is longer
     */
    record Later(Duration pause, boolean rest, boolean counts, String why) implements Decision {
        Later(Duration pause, boolean rest, String why) {
            this(pause, rest, true, why);
        }
    }

    /**
     * @param disables whether the channel goes with it
     * @param parked   an error of ours was the cause
     */
    record GivenUp(String why, boolean disables, boolean parked) implements Decision {}

    /** Nobody was called: the lease is given back. */
    record Returned() implements Decision {}

    /**
     * @param next by the delivery behind which each waits
     * @param over deliveries of alerts that ended without a word
     */
    static List<Verdict> of(List<Tried> own, Map<UUID, Next> next, Set<UUID> over) {
        return own.stream()
                .map(tried -> verdict(
                        tried, Optional.ofNullable(next.get(tried.claim().delivery()))))
                .map(verdict -> over.contains(verdict.claim().delivery()) ? withdrawn(verdict) : verdict)
                .toList();
    }

    /** What waited when the alert ended was withdrawn; this one was being sent, and is not tried again. */
    private static Verdict withdrawn(Verdict verdict) {
        return verdict.isPending()
                ? new Verdict(verdict.claim(), verdict.body(), new Superseded(), verdict.promoted())
                : verdict;
    }

    private static Verdict verdict(Tried tried, Optional<Next> next) {
        var claim = tried.claim();
        return switch (tried.ending()) {
            case Dropped dropped -> new Verdict(claim, Optional.empty(), new Returned(), Optional.empty());
            case ChannelClosed closed ->
                new Verdict(claim, Optional.empty(), new GivenUp("the channel is not active", false, false), next);
            case Called called -> verdict(claim, called, next);
            case Broken(var why, var last) -> last ? parked(claim, why, next) : broken(claim, why, next);
            case Unrecordable(var why) -> parked(claim, why, next);
        };
    }

    /** An error of ours hardly mends itself, and each try may disturb somebody: a few, no more. */
    private static Verdict broken(Claim claim, String why, Optional<Next> next) {
        return RetrySchedule.pause(claim.failed() + 1, Optional.empty(), ThreadLocalRandom.current())
                .map(pause -> new Verdict(claim, Optional.empty(), new Later(pause, false, why), Optional.empty()))
                .orElseGet(() -> parked(claim, why, next));
    }

    private static Verdict parked(Claim claim, String why, Optional<Next> next) {
        var tries = claim.failed() + 1;
        return new Verdict(
                claim,
                Optional.empty(),
                new GivenUp("parked after " + tries + (tries == 1 ? " try: " : " tries: ") + why, false, true),
                next);
    }

    private static Verdict verdict(Claim claim, Called called, Optional<Next> next) {
        return switch (called.outcome()) {
            case Delivered delivered -> new Verdict(claim, called.body(), new Done(), next.map(Next::afterDelivered));
            case Refused refused -> new Verdict(claim, called.body(), new GivenUp(refused.why(), false, false), next);
            case Rejected rejected -> new Verdict(claim, called.body(), new GivenUp(rejected.why(), true, false), next);
            case Retry retry -> retry(claim, called, retry, next);
            case Postponed(var why, var pause) ->
                replaced(claim, called, Optional.of(pause), next)
                        .orElseGet(() -> new Verdict(
                                claim, called.body(), new Later(pause, true, false, why), Optional.empty()));
        };
    }

    private static Verdict retry(Claim claim, Called called, Retry retry, Optional<Next> next) {
        return replaced(claim, called, retry.notBefore(), next).orElseGet(() -> again(claim, called, retry, next));
    }

    private static Optional<Verdict> replaced(
            Claim claim, Called called, Optional<Duration> notBefore, Optional<Next> next) {
        return next.filter(newer ->
                        Urgency.mayReplace(newer.type(), claim.message().type()))
                .map(newer -> new Verdict(
                        claim, called.body(), new Superseded(), Optional.of(newer.inPlaceOf(claim, notBefore))));
    }

    private static Verdict again(Claim claim, Called called, Retry retry, Optional<Next> next) {
        return RetrySchedule.pause(claim.failed() + 1, retry.notBefore(), ThreadLocalRandom.current())
                .map(pause -> new Later(pause, retry.notBefore().isPresent(), retry.why()))
                .map(later -> new Verdict(claim, called.body(), later, Optional.empty()))
                .orElseGet(() -> new Verdict(
                        claim,
                        called.body(),
                        new GivenUp("given up after " + RetrySchedule.tries() + " tries: " + retry.why(), false, false),
                        next));
    }
}
