package dev.plimsoll.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.alert.Alert;
import dev.plimsoll.alert.AlertState;
import dev.plimsoll.alert.AlertWrite;
import dev.plimsoll.alert.Life;
import dev.plimsoll.alert.Observations;
import dev.plimsoll.alert.Subject;
import dev.plimsoll.alert.Text;
import dev.plimsoll.position.Position;
import dev.plimsoll.risk.Given;
import dev.plimsoll.risk.HealthJson;
import dev.plimsoll.rule.Condition;
import dev.plimsoll.rule.Level;
import dev.plimsoll.rule.Rule;
import dev.plimsoll.rule.Severity;
import dev.plimsoll.rule.Telling;
import dev.plimsoll.rule.Watches;
import dev.plimsoll.unit.Ids;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NoticeJsonTest {
    private static final UUID ACCOUNT = Ids.next();

    private final Rule rule = new Rule(
            Ids.next(),
            ACCOUNT,
            Optional.of("low"),
            "warn me",
            Map.of(),
            new Watches.All(),
            new Condition.HealthFactor(Condition.Basis.PROTOCOL),
            List.of(new Level(
                    Severity.CRITICAL,
                    new Level.Limit.Below(new BigDecimal("1.10")),
                    Optional.empty(),
                    Duration.ZERO,
                    Duration.ZERO,
                    Duration.ofMinutes(15),
                    Optional.empty())),
            Telling.EVERYTHING,
            Given.NOON,
            1);
    private final Position position = new Position(
            Ids.next(),
            ACCOUNT,
            Optional.empty(),
            "ETH loan",
            Map.of("team", "treasury"),
            Given.loan("10 ETH 0.825", "23000 USDC"),
            Optional.empty(),
            Given.NOON,
            Given.NOON,
            1);

    @Test
    void saysWhatTheContractOfTheWebhookBodySays() {
        var data = new JsonObject(data(health(), Optional.of("https://plimsoll.example/")));

        assertThat(data.fieldNames())
                .containsExactly("account", "alert", "rule", "position", "health", "links", "message", "text");
        assertThat(data.getJsonObject("alert").fieldNames())
                .containsExactly(
                        "id", "subject", "episode", "sequence", "state", "severity", "startedAt", "worst", "reason");
        assertThat(data.getJsonObject("alert").getString("reason")).isEqualTo("crossed");
        assertThat(data.getJsonObject("rule").getJsonObject("level").getString("below"))
                .isEqualTo("1.1");
        assertThat(data.getJsonObject("position").getJsonObject("labels").getString("team"))
                .isEqualTo("treasury");
        assertThat(data.getJsonObject("links").getString("alert"))
                .startsWith("https://plimsoll.example/api/v1/alerts/");
    }

    @Test
    void withoutAPublicUrlThereAreNoLinks() {
        assertThat(new JsonObject(data(health(), Optional.empty())).containsKey("links"))
                .isFalse();
    }

    @Test
    void staysBelowTwentyKilobytesHoweverManyPricesAndSourcesThereAre() {
        var sources = new JsonArray();
        IntStream.range(0, 200).forEach(source -> sources.add(new JsonObject().put("source", "s".repeat(20) + source)));
        var prices = new JsonArray();
        IntStream.range(0, 200)
                .forEach(asset ->
                        prices.add(new JsonObject().put("asset", "A" + asset).put("sources", sources)));

        var data = data(health().put("prices", prices), Optional.empty());

        assertThat(data.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(NoticeJson.MOST_BYTES);
        assertThat(new JsonObject(data).getJsonObject("health").getString("healthFactor"))
                .isNotEmpty();
    }

    @Test
    void contractsAreNotCalledALoan() {
        var contracts = new Position(
                Ids.next(),
                ACCOUNT,
                Optional.empty(),
                "ETH long",
                Map.of(),
                Given.margin("2000", "0.03", "5 ETH long 3000"),
                Optional.empty(),
                Given.NOON,
                Given.NOON,
                1);

        var shown = NoticeJson.shown(rule, Severity.CRITICAL, Optional.of(contracts));

        assertThat(shown.getJsonObject("position").getString("kind")).isEqualTo("perpetual");
    }

    private JsonObject health() {
        return HealthJson.write(
                Given.standing(position.terms(), Given.market("ETH 3000", "USDC 1")), Given.NOON, Optional.empty());
    }

    private String data(JsonObject health, Optional<String> publicUrl) {
        var standing = Given.standing(position.terms(), Given.market("ETH 3000", "USDC 1"));
        var seen = Observations.ofPosition(rule, position, standing, Given.ASSETS, Given.NOON, Given.NOON);
        var step = Life.next(AlertState.quiet(0), seen);
        var shown = NoticeJson.shown(rule, Severity.CRITICAL, Optional.of(position));
        var key = new Alert.Key(rule.id(), new Subject.OfPosition(position.id()));
        var write = AlertWrite.of(ACCOUNT, key, Optional.empty(), step, shown.encode());
        return NoticeJson.data(
                write,
                write.transitions().getFirst(),
                shown,
                new JsonObject().put("health", health),
                Text.of("text"),
                publicUrl);
    }
}
