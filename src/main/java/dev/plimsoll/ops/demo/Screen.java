package dev.plimsoll.ops.demo;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The demo's view: prices and positions redrawn in a terminal, a line an event in a file. */
final class Screen {
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("d MMM HH:mm", Locale.ENGLISH);
    private static final String HOME_AND_CLEAR = "\u001b[H\u001b[2J";
    private static final int EVENTS_SHOWN = 12;
    private static final int LINE_WIDTH = 118;
    /** Without a terminal the table is printed once in so many steps. */
    private static final int STEPS_A_TABLE = 15;

    private final PrintStream out;
    private final boolean redraw;
    private int eventsPrinted;
    private int steps;

    Screen(PrintStream out, boolean redraw) {
        this.out = out;
        this.redraw = redraw;
    }

    static String time(Instant at) {
        return MINUTE.format(at.atOffset(ZoneOffset.UTC));
    }

    void say(String line) {
        out.println(line);
    }

    void show(CrashWindow crash, Instant now, List<JsonObject> positions, List<JsonObject> events) {
        if (redraw) {
            out.print(HOME_AND_CLEAR);
            table(crash, now, positions);
            var shown = events.subList(Math.max(0, events.size() - EVENTS_SHOWN), events.size());
            shown.forEach(event -> out.println(line(event)));
        } else {
            if (steps++ % STEPS_A_TABLE == 0) {
                table(crash, now, positions);
            }
            events.subList(eventsPrinted, events.size()).forEach(event -> out.println(line(event)));
            eventsPrinted = events.size();
        }
        out.flush();
    }

    private void table(CrashWindow crash, Instant now, List<JsonObject> positions) {
        var total = Duration.between(crash.from(), crash.to()).toSeconds();
        var done =
                Math.max(0, Math.min(total, Duration.between(crash.from(), now).toSeconds()));
        out.printf(
                Locale.ROOT,
                "%n  Plimsoll watches %s   %s UTC   %d %%   (%d x life)%n%n",
                crash.title(),
                time(now),
                100 * done / total,
                crash.speed());
        out.printf(
                "  %-18s %8s %10s %12s %10s   %s%n",
                "position", "health", "distance", "liquidation", "price", "sources");
        positions.forEach(position -> out.println(row(position)));
        out.println();
    }

    private static String row(JsonObject position) {
        var health = position.getJsonObject("health");
        var nearest = nearest(health);
        var price = price(health, nearest.getString("asset"));
        return String.format(
                Locale.ROOT,
                "  %-18s %8s %9s%% %-8s %10s %10s   %s",
                position.getString("name"),
                health.getString("healthFactor", health.getString("judgement")),
                nearest.getString("distancePercent", "-"),
                nearest.getString("asset", ""),
                price.getString("price", "-"),
                nearest.getString("together", nearest.getString("alone", "-")),
                price.getInteger("families", 0) + " families, " + price.getValue("divergenceBps", "-") + " bps apart");
    }

    private static JsonObject nearest(JsonObject health) {
        return items(health, "liquidationPrices")
                .min(Comparator.comparing(price -> new BigDecimal(price.getString("distancePercent"))))
                .orElseGet(JsonObject::new);
    }

    private static JsonObject price(JsonObject health, String asset) {
        return items(health, "prices")
                .filter(price -> price.getString("asset").equals(asset))
                .findFirst()
                .orElseGet(JsonObject::new);
    }

    private static Stream<JsonObject> items(JsonObject health, String list) {
        return health.getJsonArray(list, new JsonArray()).stream().map(JsonObject.class::cast);
    }

    private String line(JsonObject event) {
        var data = event.getJsonObject("data");
        var severity = data.getJsonObject("alert", new JsonObject()).getString("severity", "");
        var text = "  " + time(Instant.parse(event.getString("timestamp"))) + "  [signed] "
                + event.getString("type") + " " + severity + ": "
                + data.getString("text", "").replace('\n', ' ');
        return !redraw || text.length() <= LINE_WIDTH ? text : text.substring(0, LINE_WIDTH - 1) + "…";
    }
}
