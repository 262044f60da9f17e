package dev.plimsoll.api.page;

import dev.plimsoll.oracle.SourceStatus;
import dev.plimsoll.oracle.SourceStatus.BreakerState;
import dev.plimsoll.oracle.SourceStatus.Latency;
import dev.plimsoll.oracle.SourceStatus.Silence;
import dev.plimsoll.oracle.SourceStatus.State;
import dev.plimsoll.oracle.SourceStatus.Turn;
import dev.plimsoll.unit.Asset;
import java.util.stream.Collectors;

/**
 * How one source does, in words.
 *
 * @param state      names its colour: {@code ok}, {@code degraded}, {@code silent}, {@code disabled}
 * @param lastReason why it was last silent for an asset, and when
 * @param errors     of its last asks, those that brought nothing
 */
public record SourceView(
        String name,
        String family,
        String host,
        String state,
        String words,
        String lastReason,
        String lastAnswer,
        String errors,
        String latency,
        String breaker,
        String asked,
        String unknown) {

    static SourceView of(SourceStatus status) {
        return new SourceView(
                status.name(),
                status.family(),
                status.host(),
                status.state().word(),
                words(status),
                Words.or(status.lastSilence().map(SourceView::reason)),
                Words.or(status.lastAnswerAt().map(Words::time)),
                Words.percent(status.errorRate()),
                Words.or(status.latency().map(SourceView::latency)),
                status.state() == State.DISABLED ? Words.NOTHING : breaker(status.turn()),
                status.state() == State.DISABLED ? Words.NOTHING : asked(status.turn()),
                status.unknown().stream().map(Asset::symbol).collect(Collectors.joining(", ")));
    }

    private static String words(SourceStatus status) {
        return switch (status.state()) {
            case State.OK -> "Answers";
            case State.DEGRADED ->
                status.latency().isEmpty() ? "Not asked yet" : "Silent for " + status.silentAssets() + " assets";
            case State.SILENT -> "Silent";
            case State.DISABLED ->
                status.missing().map(missing -> "Off: needs " + missing).orElse("Switched off");
        };
    }

    private static String reason(Silence silence) {
        return Words.capital(silence.reason().word()) + " at " + Words.time(silence.at()) + ": " + silence.detail();
    }

    private static String latency(Latency latency) {
        return Words.millis(latency.last()) + ", 95 in 100 within " + Words.millis(latency.p95());
    }

    private static String asked(Turn turn) {
        var pace = turn.pace().isZero() ? "At every tick" : "Every " + Words.span(turn.pace());
        return pace + turn.next().map(next -> ", next at " + Words.time(next)).orElse("");
    }

    private static String breaker(Turn turn) {
        return switch (turn.breaker()) {
            case BreakerState.CLOSED -> "Closed: it is asked";
            case BreakerState.OPEN ->
                "Open: not asked until " + turn.until().map(Words::time).orElseThrow();
            case BreakerState.HALF_OPEN -> "Half open: the next answer decides";
        };
    }
}
