package dev.plimsoll.bench;

import dev.plimsoll.bench.Crowd.Member;
import dev.plimsoll.delivery.Sealer;
import dev.plimsoll.rule.DefaultRules;
import dev.plimsoll.rule.Rule;
import dev.plimsoll.rule.RuleJson;
import dev.plimsoll.unit.Ids;
import io.vertx.core.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.postgresql.PGConnection;

/** Puts a {@link Crowd} into the database at once, past the triggers: the service is started afterwards. */
final class CrowdRows {
    private static final List<String> CALM_ASSETS =
            Stream.of(Fall.values()).map(fall -> fall.asset).toList();

    private static final String TERMS = """
            {"collateral":[{"asset":"%s","amount":"%.6f","liquidationThreshold":"0.8"},\
            {"asset":"USDC","amount":"%.2f","liquidationThreshold":"0.85"}],\
            "debt":[{"asset":"USDT","amount":"%.2f"},{"asset":"DAI","amount":"%.2f"}]}""";

    private final Crowd crowd;
    private final Sealer sealer;
    private final int port;
    private final Instant now = Instant.now();
    private final SplittableRandom random;

    /** @param port of all receivers */
    CrowdRows(Crowd crowd, Sealer sealer, int port) {
        this.crowd = crowd;
        this.sealer = sealer;
        this.port = port;
        this.random = new SplittableRandom(crowd.positions());
    }

    /** @param sql of the superuser */
    void put(Connection sql) throws SQLException, IOException {
        try (var statement = sql.createStatement()) {
            statement.execute("set session_replication_role = replica");
        }
        copy(sql, "account (id, name)", crowd.members().stream().map(CrowdRows::account));
        copy(
                sql,
                "channel (id, account_id, name, kind, state, settings_sealed, settings_shown, secret_sealed, host)",
                crowd.members().stream().map(this::channel));
        copy(
                sql,
                "rule (id, account_id, key, name, watches, condition, levels)",
                crowd.members().stream().flatMap(this::rules));
        copy(
                sql,
                "position (id, account_id, name, kind, terms, legs_since)",
                crowd.members().stream().flatMap(this::positions));
        try (var statement = sql.createStatement()) {
            statement.execute("vacuum analyze");
        }
    }

    private static void copy(Connection sql, String table, Stream<String> rows) throws SQLException {
        var copy = sql.unwrap(PGConnection.class).getCopyAPI().copyIn("copy " + table + " from stdin");
        for (var next = rows.iterator(); next.hasNext(); ) {
            var bytes = next.next().getBytes(StandardCharsets.UTF_8);
            copy.writeToCopy(bytes, 0, bytes.length);
        }
        copy.endCopy();
    }

    private static String line(Object... cells) {
        return String.join("\t", Stream.of(cells).map(Object::toString).toList()) + "\n";
    }

    private static String account(Member member) {
        return line(member.account(), "Ada " + member.number());
    }

    /** Its name is the member's number. */
    private String channel(Member member) {
        var id = member.channel();
        return line(
                id,
                member.account(),
                member.number(),
                "webhook",
                "active",
                bytes(sealer.settings(id, Map.of("url", member.url(port)))),
                "{}",
                bytes(sealer.seal(id, member.secret().value())),
                member.host(port));
    }

    private static String bytes(byte[] sealed) {
        return "\\\\x" + HexFormat.of().formatHex(sealed);
    }

    private Stream<String> rules(Member member) {
        return DefaultRules.of(member.account(), now).stream().map(CrowdRows::rule);
    }

    private static String rule(Rule rule) {
        return line(
                rule.id(),
                rule.account(),
                rule.key().orElseThrow(),
                rule.name(),
                Json.encode(RuleJson.watches(rule.watches())),
                RuleJson.condition(rule.condition()).encode(),
                RuleJson.levels(rule.condition(), rule.levels()).encode());
    }

    private Stream<String> positions(Member member) {
        return IntStream.range(member.first(), member.first() + member.size())
                .mapToObj(number -> line(
                        Ids.next(), member.account(), "loan " + number, "declared", terms(number), now.toString()));
    }

    /** What a fall takes stands at a health factor of 1.50 to 1.64 before and of 0.96 to 1.05 after it; others are calm. */
    private String terms(int number) {
        var taken = Stream.of(Fall.values()).filter(fall -> fall.takes(number)).findFirst();
        var asset = taken.map(fall -> fall.asset).orElse(CALM_ASSETS.get(number % CALM_ASSETS.size()));
        var healthFactor = taken.isPresent() ? random.nextDouble(1.5, 1.64) : random.nextDouble(2.6, 6);
        var dollars = Math.exp(random.nextDouble(Math.log(1_000), Math.log(1_000_000)));
        var debt = (0.8 + 0.85 * 0.03) * dollars / healthFactor;
        return String.format(Locale.ROOT, TERMS, asset, dollars / price(asset), 0.03 * dollars, 0.7 * debt, 0.3 * debt);
    }

    private static double price(String asset) {
        return Stream.of(Fall.values())
                .filter(fall -> fall.asset.equals(asset))
                .findFirst()
                .orElseThrow()
                .price;
    }
}
