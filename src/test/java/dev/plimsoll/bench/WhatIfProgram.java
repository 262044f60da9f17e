package dev.plimsoll.bench;

import static org.awaitility.Awaitility.await;

import dev.plimsoll.crash.Api;
import dev.plimsoll.crash.App;
import dev.plimsoll.crash.PriceServer;
import dev.plimsoll.risk.Given;
import dev.plimsoll.risk.Judgement;
import dev.plimsoll.risk.Loan;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Previews and simulations over HTTP, on the packaged service and an account with 500 positions, one after the other; in
 * turns with a bare loop that judges as many loans in this process.
 */
final class WhatIfProgram implements Program {
    private static final int POSITIONS = 500;
    private static final int WARM_UP = 300;
    private static final int ROUNDS = 1_000;
    private static final double MOST_MILLIS = 20;
    private static final String NO_LIMIT = "100000000";

    private int sink;

    @Override
    public void run(Report report, List<String> args) throws Exception {
        try (var prices = new PriceServer();
                var app = new App(Files.createTempDirectory("plimsoll-what-if-").resolve("data"), settings(prices))) {
            prices.set("ETH", "3000");
            prices.set("USDC", "1");
            app.start();
            var api = Api.signUp(app);
            var ids = borrow(api);
            await("a first judgement").until(() -> isJudged(api, ids.getFirst()));
            measure(
                    report,
                    "preview, health factor",
                    () -> api.ask("/rules/preview", rule("health-factor", "below", "1.3")));
            measure(report, "preview, blindness", () -> api.ask("/rules/preview", rule("blind", "after", "auto")));
            measure(report, "simulate", () -> api.ask("/positions/" + ids.getLast() + "/simulate", shocks()));
            measure(report, "simulate, inline", () -> api.ask("/simulate", inline()));
        }
    }

    private interface Question {
        JsonObject ask() throws IOException, InterruptedException;
    }

    private void measure(Report report, String what, Question question) {
        var loans = IntStream.range(0, POSITIONS).mapToObj(WhatIfProgram::loan).toList();
        var pair = Rounds.sideBySide(WARM_UP, ROUNDS, () -> judge(loans), () -> ask(question));
        report.line(what, pair.ours().spread());
        report.figure(what + ": bare loop judging 500", pair.bare().millis(0.99), "ms p99");
        report.figure(what + ": median", pair.ours().medianMillis(), "ms");
        report.atMost(what + ": p99", pair.ours().millis(0.99), MOST_MILLIS, "ms");
    }

    private void judge(List<Loan> loans) {
        var market = Given.market("ETH 3000", "USDC 1");
        for (var loan : loans) {
            sink += Given.judge(loan, market) instanceof Judgement.Judged(var health) && health.isLiquidatable()
                    ? 1
                    : 0;
        }
    }

    private void ask(Question question) {
        try {
            sink += question.ask().size();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static Loan loan(int number) {
        return Given.loan("1 ETH 0.8", debt(number) + " USDC");
    }

    private static String debt(int number) {
        return Integer.toString(1_000 + number);
    }

    private static List<String> borrow(Api api) throws IOException, InterruptedException {
        var ids = new ArrayList<String>();
        for (var number = 0; number < POSITIONS; number++) {
            ids.add(api.loan("loan " + number, "1", debt(number)));
        }
        return ids;
    }

    private static boolean isJudged(Api api, String id) throws IOException, InterruptedException {
        return api.get("/positions/" + id)
                .getJsonObject("health")
                .getString("judgement")
                .equals("judged");
    }

    private static JsonObject rule(String type, String field, String limit) {
        var level = new JsonObject().put("severity", "warning").put(field, limit);
        return new JsonObject()
                .put("name", "what if")
                .put("watches", "all")
                .put("condition", new JsonObject().put("type", type))
                .put("levels", new JsonArray().add(level));
    }

    private static JsonObject shocks() {
        var shock = new JsonObject().put("asset", "ETH").put("changePercent", "-20");
        return new JsonObject().put("shocks", new JsonArray().add(shock));
    }

    private static JsonObject inline() {
        var collateral = new JsonObject().put("asset", "ETH").put("amount", "1").put("liquidationThreshold", "0.8");
        var debt = new JsonObject().put("asset", "USDC").put("amount", "1500");
        return shocks().put(
                        "position",
                        new JsonObject()
                                .put("kind", "declared")
                                .put("collateral", new JsonArray().add(collateral))
                                .put("debt", new JsonArray().add(debt)));
    }

    private static Map<String, String> settings(PriceServer prices) {
        var settings = new HashMap<>(Map.of(
                "plimsoll.pipeline.every", "1s",
                "plimsoll.api.limits.per-key", NO_LIMIT,
                "plimsoll.api.limits.per-address", NO_LIMIT));
        settings.putAll(prices.settings());
        return settings;
    }
}
