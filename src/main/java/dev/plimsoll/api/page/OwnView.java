package dev.plimsoll.api.page;

import dev.plimsoll.account.Account;
import dev.plimsoll.alert.Readable;
import dev.plimsoll.alert.StandingText;
import dev.plimsoll.position.Position;
import dev.plimsoll.risk.Judgement;
import dev.plimsoll.risk.Standing;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What somebody who is signed in sees of their account; templates escape it. */
public record OwnView(String name, String zone, String asOf, List<String> alerts, List<PositionView> positions) {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("d MMM uuuu HH:mm", Locale.ENGLISH);

    /** @param kind the style of the figure: {@code ok}, {@code degraded}, {@code silent} */
    public record PositionView(String name, String factor, String kind, List<String> paragraphs) {

        /** @param firing what fires, of whatever positions */
        static PositionView of(Position position, Standing standing, List<JsonObject> firing) {
            var text = StandingText.whole(position.name(), standing);
            var paragraphs = Stream.of(Optional.of(text.happened()), text.stakes(), text.remedy(), text.remark())
                    .flatMap(Optional::stream)
                    .toList();
            return new PositionView(position.name(), factor(standing), kind(position, standing, firing), paragraphs);
        }

        private static String factor(Standing standing) {
            return switch (standing.protocol()) {
                case Judgement.Judged(var health) -> Readable.factor(health.healthFactor());
                case Judgement.NoDebt ignored -> "no debt";
                case Judgement.Unknown ignored -> "unknown";
            };
        }

        /** What its owner asked to be warned of is not shown as well. */
        private static String kind(Position position, Standing standing, List<JsonObject> firing) {
            var severities = firing.stream()
                    .filter(alert -> position.id()
                            .toString()
                            .equals(alert.getJsonObject("position", new JsonObject())
                                    .getString("id")))
                    .map(alert -> alert.getString("severity"))
                    .toList();
            if (severities.contains("critical")) {
                return "silent";
            }
            return switch (standing.protocol()) {
                case Judgement.Judged(var health) when health.isLiquidatable() -> "silent";
                case Judgement.Judged ignored -> severities.contains("warning") ? "degraded" : "ok";
                case Judgement.NoDebt ignored -> "ok";
                case Judgement.Unknown ignored -> "degraded";
            };
        }
    }

    /** @param asOf of the prices; empty before there are any */
    static OwnView of(Account account, Optional<Instant> asOf, List<JsonObject> firing, List<PositionView> positions) {
        var zone = account.timezone();
        return new OwnView(
                account.name(),
                zone.toString(),
                asOf.map(at -> "Prices as of " + shown(at, zone) + ".").orElse("There are no prices yet."),
                firing.stream().map(alert -> line(alert, zone)).toList(),
                positions);
    }

    private static String line(JsonObject alert, ZoneId zone) {
        var rule = alert.getJsonObject("rule", new JsonObject()).getString("name", "alert");
        var about = Optional.ofNullable(alert.getJsonObject("position"))
                .map(position -> position.getString("name") + ": " + rule)
                .orElse(rule);
        var acknowledged = Optional.ofNullable(alert.getString("acknowledgedAt"))
                .map(at -> ", acknowledged " + shown(Instant.parse(at), zone))
                .orElse("");
        return about + ", " + alert.getString("severity") + " since "
                + shown(Instant.parse(alert.getString("startedAt")), zone) + acknowledged;
    }

    private static String shown(Instant at, ZoneId zone) {
        return TIME.format(at.atZone(zone));
    }
}
