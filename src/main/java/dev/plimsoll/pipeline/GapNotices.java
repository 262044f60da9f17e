package dev.plimsoll.pipeline;

import dev.plimsoll.alert.Alert;
import dev.plimsoll.alert.AlertState.Phase;
import dev.plimsoll.delivery.Notice;
import dev.plimsoll.market.MarketSnapshot;
import dev.plimsoll.pipeline.Continuity.Gap;
import dev.plimsoll.position.Position;
import dev.plimsoll.risk.HealthFactor;
import dev.plimsoll.risk.Judgement;
import dev.plimsoll.rule.Severity;
import dev.plimsoll.unit.AssetRegistry;
import dev.plimsoll.unit.Decimals;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** Tells every account with debt, once, that nobody was watching for a while and how things stand now. */
final class GapNotices {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm 'UTC'").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY_AND_TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

    /** Sources that were not asked for long need a few ticks until their prices are believed. */
    private static final Duration SETTLING = Duration.ofMinutes(1);

    private final Memory memory;
    private final AssetRegistry assets;
    private final MarketSnapshot market;
    private final Mishaps mishaps;

    GapNotices(Memory memory, AssetRegistry assets, MarketSnapshot market, Mishaps mishaps) {
        this.memory = memory;
        this.assets = assets;
        this.market = market;
        this.mishaps = mishaps;
    }

    /** Sight has returned: everything is judged, or it has been tried for a while and not all is dark. */
    boolean isOver(Gap gap) {
        var tried = !gap.to().plus(SETTLING).isAfter(market.tick().at());
        return !Blackouts.isDark(market) && (tried || !memory.sight().isAnyBlind());
    }

    List<Notice> of(Gap gap) {
        Map<UUID, Long> firing = memory.alerts().open().stream()
                .filter(alert -> alert.state().phase() == Phase.FIRING)
                .collect(Collectors.groupingBy(Alert::account, Collectors.counting()));
        return memory.book().owners().parallelStream()
                .flatMap(account -> notice(gap, account, firing.getOrDefault(account, 0L)).stream())
                .toList();
    }

    private Optional<Notice> notice(Gap gap, UUID account, long firing) {
        var indebted = memory.book().positions(account).stream()
                .filter(position -> position.terms().hasDebt())
                .toList();
        return indebted.isEmpty() ? Optional.empty() : Optional.of(notice(gap, account, firing, indebted));
    }

    private Notice notice(Gap gap, UUID account, long firing, List<Position> indebted) {
        var factors = indebted.stream()
                .flatMap(position -> healthFactor(position).stream())
                .toList();
        var lowest = lowest(factors);
        var blind = indebted.size() - factors.size();
        var data = new JsonObject()
                .put("account", account.toString())
                .put("reason", "sight-regained")
                .put("from", gap.from().toString())
                .put("to", gap.to().toString())
                .put("firing", firing)
                .put("blind", blind);
        lowest.ifPresent(factor -> data.put("lowestHealthFactor", factor));
        return notice(gap, account, data, text(gap, firing, lowest, blind));
    }

    private static String text(Gap gap, long firing, Optional<String> lowest, int blind) {
        return "I could not see from %s to %s. Still firing: %d. Lowest health factor now: %s.%s"
                .formatted(
                        shown(gap.from(), gap),
                        shown(gap.to(), gap),
                        firing,
                        lowest.orElse("not known yet"),
                        blind == 0 ? "" : " Positions that cannot be judged yet: " + blind + ".");
    }

    private static Notice notice(Gap gap, UUID account, JsonObject data, String text) {
        return new Notice(
                id(gap, account),
                account,
                Optional.empty(),
                Optional.empty(),
                "sight.regained",
                Severity.WARNING,
                gap.to(),
                Optional.empty(),
                data.put("text", text).encode(),
                text);
    }

    /** The same however often it is told of, and to however much later. */
    private static UUID id(Gap gap, UUID account) {
        return UUID.nameUUIDFromBytes((account + " gap " + gap.from()).getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<String> lowest(List<HealthFactor> factors) {
        return factors.stream()
                .min(HealthFactor::compareTo)
                .flatMap(HealthFactor::shown)
                .map(Decimals::plain);
    }

    private Optional<HealthFactor> healthFactor(Position position) {
        return mishaps.spare(
                        position.id(), () -> position.standing(market, assets).protocol())
                .flatMap(judgement -> judgement instanceof Judgement.Judged(var health)
                        ? Optional.of(health.healthFactor())
                        : Optional.empty());
    }

    private static String shown(Instant instant, Gap gap) {
        var sameDay = gap.from()
                .atOffset(ZoneOffset.UTC)
                .toLocalDate()
                .equals(gap.to().atOffset(ZoneOffset.UTC).toLocalDate());
        return (sameDay ? TIME : DAY_AND_TIME).format(instant);
    }
}
