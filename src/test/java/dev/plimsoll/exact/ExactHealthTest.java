package dev.plimsoll.exact;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.api.ApiProfile;
import dev.plimsoll.exact.Chance.HeldLeg;
import dev.plimsoll.exact.Chance.OwedLeg;
import dev.plimsoll.exact.ExactLoan.Held;
import dev.plimsoll.exact.ExactLoan.Owed;
import dev.plimsoll.exact.ExactLoan.Quote;
import dev.plimsoll.market.LatestMarket;
import dev.plimsoll.risk.Given;
import dev.plimsoll.unit.AssetInfo;
import dev.plimsoll.unit.AssetInfo.Volatility;
import dev.plimsoll.unit.AssetRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every figure of random loans, through the API, against fractions that are rounded once. */
@QuarkusTest
@TestProfile(ApiProfile.class)
class ExactHealthTest {
    private static final int MARKETS = 25;
    private static final int LOANS = 16;

    @Inject
    AssetRegistry assets;

    @Inject
    LatestMarket market;

    private Chance chance;
    private Map<String, Quote> quotes;

    @Test
    void everyFigureIsTheExactOneRoundedAsPromised() {
        var seed = Long.getLong("plimsoll.seed", 20_261_121);
        chance = new Chance(seed);
        for (var i = 0; i < MARKETS; i++) {
            openMarket();
            for (var j = 0; j < LOANS; j++) {
                var asked = ask();
                var answer = simulate(asked.body());
                var what = "seed %d, market %d, loan %d: %s".formatted(seed, i, j, asked.body());
                agrees(what, answer.getJsonObject("before"), asked.before());
                agrees(what, answer.getJsonObject("after"), asked.after());
            }
        }
    }

    /** A request, and what the two blocks of its answer must hold. */
    private record Asked(JsonObject body, JsonObject before, JsonObject after) {}

    private Asked ask() {
        var names = assets.all().stream().map(info -> info.asset().symbol()).toList();
        var held = chance.some(names, 1 + chance.below(4)).stream()
                .map(asset -> chance.held(asset, amount(asset)))
                .toList();
        var owed = chance.some(names, chance.below(4)).stream()
                .map(asset -> chance.owed(asset, amount(asset)))
                .toList();
        var target = chance.oneIn(2) ? "1.5" : "1." + (10 + chance.below(90));
        var position = new JsonObject()
                .put("kind", "declared")
                .put("collateral", Chance.array(held.stream().map(HeldLeg::json).toList()))
                .put("debt", Chance.array(owed.stream().map(OwedLeg::json).toList()))
                .put("targetHealthFactor", target);
        var body = new JsonObject().put("position", position);
        var heldLegs = new ArrayList<>(held.stream().map(HeldLeg::exact).toList());
        var owedLegs = new ArrayList<>(owed.stream().map(OwedLeg::exact).toList());
        var before = ExactLoan.of(List.copyOf(heldLegs), List.copyOf(owedLegs), quotes);
        move(body, heldLegs, owedLegs);
        var after = ExactLoan.of(heldLegs, owedLegs, shock(body));
        var aim = Fraction.of(target);
        return new Asked(body, new ExactHealth(before, aim).json(), new ExactHealth(after, aim).json());
    }

    /** Worth up to a million US dollars. */
    private String amount(String asset) {
        var most = Fraction.of(1_000_000).over(quotes.get(asset).high()).floor(0);
        return chance.decimal(
                Math.max(1, Long.parseLong(most)), Math.min(8, quotes.get(asset).decimals()));
    }

    private void openMarket() {
        quotes = new HashMap<>();
        var prices = new ArrayList<String>();
        for (var info : assets.all()) {
            var bottom = info.volatility() == Volatility.STABLE
                    ? "0.9" + (900 + chance.below(100))
                    : chance.decimal(info.volatility() == Volatility.MAJOR ? 60_000 : 100, 6);
            var top = chance.oneIn(2)
                    ? bottom
                    : Fraction.of(bottom)
                            .times(Fraction.of("1.0" + chance.below(10_000)))
                            .ceil(8);
            prices.add(info.asset() + " " + bottom + (top.equals(bottom) ? "" : ".." + top));
            quotes.put(info.asset().symbol(), quote(info, bottom, top));
        }
        market.offer(1, Given.market(prices.toArray(String[]::new)));
    }

    private static Quote quote(AssetInfo info, String low, String high) {
        return new Quote(
                Fraction.of(low),
                Fraction.of(high),
                info.group(),
                info.volatility() == Volatility.STABLE,
                info.decimals());
    }

    private void move(JsonObject body, List<Held> held, List<Owed> owed) {
        if (!owed.isEmpty() && chance.oneIn(2)) {
            var leg = owed.removeFirst();
            var part = leg.amount().times(Fraction.of("0." + (1 + chance.below(9))));
            body.put("repay", move(leg.asset(), part));
            owed.addFirst(new Owed(leg.asset(), leg.amount().minus(part)));
        }
        if (chance.oneIn(2)) {
            var leg = held.removeFirst();
            var more = Fraction.of(amount(leg.asset()));
            body.put("deposit", move(leg.asset(), more));
            held.addFirst(new Held(leg.asset(), leg.amount().plus(more), leg.weight(), leg.loanToValue(), leg.bonus()));
        }
    }

    private static JsonArray move(String asset, Fraction amount) {
        return new JsonArray().add(new JsonObject().put("asset", asset).put("amount", amount.floor(9)));
    }

    /** Puts shocks into the body; the quotes after them. */
    private Map<String, Quote> shock(JsonObject body) {
        var shocks = new JsonArray();
        var moved = new HashMap<>(quotes);
        if (chance.oneIn(3)) {
            var percent = chance.below(120) - 90;
            shocks.add(new JsonObject().put("group", "all").put("changePercent", percent));
            quotes.forEach((asset, quote) -> {
                if (!quote.stable()) {
                    moved.put(asset, times(quote, Fraction.of(100 + percent).over(Fraction.of(100))));
                }
            });
        }
        if (chance.oneIn(2)) {
            shocks.add(named(moved));
        }
        if (!shocks.isEmpty()) {
            body.put("shocks", shocks);
        }
        return moved;
    }

    private JsonObject named(Map<String, Quote> moved) {
        var asset = chance.of(quotes.keySet().stream().sorted().toList());
        var quote = quotes.get(asset);
        var only = chance.oneIn(2);
        var json = new JsonObject().put("asset", asset).put("only", only);
        var percent = chance.below(150) - 90;
        var price = quote.low()
                .times(Fraction.of(100 + percent).over(Fraction.of(100)))
                .ceil(4);
        var byPrice = chance.oneIn(2);
        if (byPrice) {
            json.put("price", price);
        } else {
            json.put("changePercent", percent);
        }
        var middle = quote.low().plus(quote.high()).over(Fraction.of(2));
        var factor = byPrice
                ? Fraction.of(price).over(middle)
                : Fraction.of(100 + percent).over(Fraction.of(100));
        quotes.forEach((name, other) -> {
            var follows = !only && quote.group().isPresent() && quote.group().equals(other.group());
            if (name.equals(asset) || follows) {
                moved.put(name, times(other, factor));
            }
        });
        return json;
    }

    private static Quote times(Quote quote, Fraction factor) {
        return new Quote(
                quote.low().times(factor), quote.high().times(factor), quote.group(), quote.stable(), quote.decimals());
    }

    private static JsonObject simulate(JsonObject body) {
        var answer = given().contentType(ContentType.JSON).body(body.encode()).post("/api/v1/simulate");
        assertThat(answer.statusCode()).as(body + " → " + answer.asString()).isEqualTo(200);
        return new JsonObject(answer.asString());
    }

    /** Each expected field is there and equal; one that is expected to be null is absent. */
    private static void agrees(String what, JsonObject actual, JsonObject expected) {
        for (var field : expected.fieldNames()) {
            agrees(what + "\n" + field, actual.getValue(field), expected.getValue(field));
        }
    }

    private static void agrees(String what, Object actual, Object expected) {
        switch (expected) {
            case JsonObject object -> agrees(what, (JsonObject) actual, object);
            case JsonArray all -> {
                assertThat((JsonArray) actual).as(what).hasSize(all.size());
                for (var i = 0; i < all.size(); i++) {
                    agrees(what + " " + i, ((JsonArray) actual).getValue(i), all.getValue(i));
                }
            }
            case null -> assertThat(actual).as(what).isNull();
            default -> assertThat(actual).as(what).isEqualTo(expected);
        }
    }
}
