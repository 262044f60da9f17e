package dev.plimsoll.api;

import dev.plimsoll.alert.Subject;
import dev.plimsoll.api.BacktestRequest.Past;
import dev.plimsoll.pipeline.backtest.PastPrices;
import dev.plimsoll.pipeline.backtest.PastPrices.Span;
import dev.plimsoll.pipeline.backtest.Story;
import dev.plimsoll.pipeline.backtest.StoryText;
import dev.plimsoll.pipeline.backtest.Sunk;
import dev.plimsoll.pipeline.backtest.Told;
import dev.plimsoll.position.Position;
import dev.plimsoll.risk.HealthFactor;
import dev.plimsoll.risk.Shown;
import dev.plimsoll.rule.Rule;
import dev.plimsoll.rule.RuleJson;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.Decimals;
import dev.plimsoll.unit.PriceRange;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What a rule would have said of the past, subject by subject. */
final class BacktestAnswer {
    private static final int MOST_TRANSITIONS = 2_000;
    private static final int FEWEST_EACH = 20;
    private static final String HOW = "Each time a bar of prices was over its close was judged, as a tick of Plimsoll"
            + " judges, with the position as it is now; holds count from bar to bar. A liquidation is found in what the"
            + " bars reached and stands at the beginning of its bar.";

    private final BacktestRequest request;
    private final Rule rule;
    private final List<Position> watched;
    private final PastPrices prices;
    private final BacktestPrices pasts;

    BacktestAnswer(
            BacktestRequest request, Rule rule, List<Position> watched, PastPrices prices, BacktestPrices pasts) {
        this.request = request;
        this.rule = rule;
        this.watched = watched;
        this.prices = prices;
        this.pasts = pasts;
    }

    JsonObject of(List<Story> stories) {
        var each = Math.max(FEWEST_EACH, MOST_TRANSITIONS / Math.max(1, stories.size()));
        var items = new ArrayList<JsonObject>();
        stories.forEach(story -> items.add(item(story, each)));
        watched.stream()
                .filter(position -> !isTold(position, stories))
                .forEach(position -> items.add(refused(position)));
        return head().put("items", new JsonArray(items)).put("note", note());
    }

    private JsonObject head() {
        var json = switch (request.past()) {
            case Past.Days(var days) -> new JsonObject().put("days", days);
            case Past.InCrash(var crash) ->
                new JsonObject().put("crash", crash.id()).put("title", crash.title());
        };
        return json.put(
                        "dataFrom",
                        prices.span().map(Span::from).map(Instant::toString).orElse(null))
                .put(
                        "dataTo",
                        prices.span().map(Span::to).map(Instant::toString).orElse(null))
                .put("watches", RuleJson.watches(rule.watches()))
                .put("condition", RuleJson.condition(rule.condition()))
                .put(
                        "prices",
                        new JsonArray(prices.assets().stream().map(this::origin).toList()));
    }

    private JsonObject origin(Asset asset) {
        return new JsonObject().put("asset", asset.symbol()).put("from", pasts.words(request.past(), asset));
    }

    private String note() {
        var remarks = new ArrayList<String>();
        if (watched.isEmpty() && prices.assets().isEmpty()) {
            remarks.add("It watches no position now.");
        }
        remarks.add(HOW);
        if (watched.stream().anyMatch(position -> position.terms().priceSource().isPresent())) {
            remarks.add(
                    "Of the past only the market's price is kept: it stands for that of a position's own price source.");
        }
        if (request.past() instanceof Past.InCrash(var crash)) {
            remarks.add("USDT counts as 1 USD.");
            crash.note().ifPresent(remarks::add);
        }
        return String.join(" ", remarks);
    }

    private JsonObject item(Story story, int most) {
        var json = new JsonObject()
                .put("subject", subject(story.subject()))
                .put(
                        "firstFired",
                        story.firstFired()
                                .map(told -> text(told.transition().at()))
                                .orElse(null));
        if (story.subject() instanceof Subject.OfPosition) {
            end(json, story);
        }
        var shown = story.told().stream()
                .limit(most)
                .map(BacktestAnswer::transition)
                .toList();
        json.put("minutes", minutes(story)).put("transitions", new JsonArray(shown));
        if (story.told().size() > most) {
            json.put("transitionsLeftOut", story.told().size() - most);
        }
        return json.put("text", StoryText.of(story));
    }

    private static void end(JsonObject json, Story story) {
        json.put("liquidatedAt", story.sunk().map(sunk -> text(sunk.at())).orElse(null))
                .put("leadTime", story.leadTime().map(Duration::toString).orElse(null))
                .put("wouldHaveCost", story.sunk().map(BacktestAnswer::cost).orElse(null));
        story.perhaps().ifPresent(since -> json.put("mayHaveBeenLiquidatedAt", text(since)));
    }

    private static String text(Instant at) {
        return at.toString();
    }

    private static JsonObject minutes(Story story) {
        return new JsonObject()
                .put("judged", story.judged().toMinutes())
                .put("unknown", story.unknown().toMinutes());
    }

    private static String cost(Sunk sunk) {
        return Shown.usdUp(sunk.loss().usd()).toPlainString();
    }

    private static JsonObject transition(Told told) {
        var transition = told.transition();
        var json = new JsonObject()
                .put("at", transition.at().toString())
                .put("type", transition.type())
                .put("reason", transition.reason())
                .put("severity", RuleJson.word(transition.severity()));
        told.healthFactor()
                .flatMap(HealthFactor::shown)
                .ifPresent(factor -> json.put("healthFactor", factor.toPlainString()));
        return json.put(
                "prices",
                new JsonArray(told.prices().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(price -> price(price.getKey(), price.getValue()))
                        .toList()));
    }

    private static JsonObject price(Asset asset, PriceRange range) {
        return new JsonObject().put("asset", asset.symbol()).put("price", Decimals.plain(middle(range)));
    }

    private static BigDecimal middle(PriceRange range) {
        return range.low().add(range.high().orElseThrow()).divide(BigDecimal.TWO);
    }

    private JsonObject refused(Position position) {
        var missing = position.terms().assets().stream()
                .filter(asset -> !prices.has(asset))
                .sorted()
                .toList();
        return new JsonObject()
                .put("subject", subject(new Subject.OfPosition(position.id())))
                .put(
                        "text",
                        pasts.refusal(request.past(), missing, position.terms().assets()));
    }

    private static boolean isTold(Position position, List<Story> stories) {
        return stories.stream().anyMatch(story -> story.subject().position().equals(Optional.of(position.id())));
    }

    private JsonObject subject(Subject subject) {
        return switch (subject) {
            case Subject.OfPosition(var id) ->
                new JsonObject()
                        .put("kind", "position")
                        .put("id", id.toString())
                        .put("name", name(id));
            case Subject.OfAsset(var asset) ->
                new JsonObject().put("kind", "asset").put("id", asset.symbol());
            case Subject.OfAccount ignored ->
                new JsonObject().put("kind", "account").put("id", rule.account().toString());
            case Subject.OfDrill(var id) ->
                new JsonObject().put("kind", "drill").put("id", id.toString());
        };
    }

    private String name(UUID id) {
        return watched.stream()
                .filter(position -> position.id().equals(id))
                .map(Position::name)
                .findFirst()
                .orElseThrow();
    }
}
