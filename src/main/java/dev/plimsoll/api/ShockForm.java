package dev.plimsoll.api;

import dev.plimsoll.api.form.Form;
import dev.plimsoll.api.form.Reader;
import dev.plimsoll.api.form.Readers;
import dev.plimsoll.risk.Shock;
import dev.plimsoll.risk.Shock.Change;
import dev.plimsoll.risk.Shock.Reach;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.AssetInfo;
import dev.plimsoll.unit.AssetRegistry;
import dev.plimsoll.unit.Nearest;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads supposed moves of prices. */
@Singleton
class ShockForm {
    private static final int MAX_SHOCKS = 20;
    private static final int MAX_GROUP = 50;
    private static final String ALL = "all";
    private static final BigDecimal ALL_OF_IT = BigDecimal.valueOf(-100);
    private static final BigDecimal HIGHEST_RISE = BigDecimal.valueOf(10_000);
    private static final BigDecimal HIGHEST_PRICE = new BigDecimal("1e12");
    private static final BigDecimal LOWEST_PRICE = new BigDecimal("1e-18");

    private final AssetNames assets;
    private final List<String> groups;

    ShockForm(AssetNames assets, AssetRegistry registry) {
        this.assets = assets;
        this.groups = Stream.concat(
                        Stream.of(ALL),
                        registry.all().stream().map(AssetInfo::group).flatMap(Optional::stream))
                .distinct()
                .toList();
    }

    Reader<List<Shock>> reader() {
        return Readers.list(1, MAX_SHOCKS, Readers.object(this::shock));
    }

    private Optional<Shock> shock(Form form) {
        var asset = form.optional("asset", assets.reader());
        var group = form.optional("group", group());
        var only = form.optional("only", Readers.flag()).orElse(false);
        var percent = form.optional("changePercent", percent());
        var price = form.optional("price", price());
        if (form.says("asset") == form.says("group")) {
            form.refuse("Say exactly one of 'asset' and 'group'.");
        }
        if (form.says("changePercent") == form.says("price")) {
            form.refuse("Say exactly one of 'changePercent' and 'price'.");
        }
        if (group.isPresent() && form.says("price")) {
            form.refuse("price", "A group has no price of its own: say 'changePercent', or name an asset of it.");
        }
        if (group.isPresent() && only) {
            form.refuse("only", "A group moves as a whole: leave 'only' out, or name an asset.");
        }
        return form.complete(() ->
                new Shock(reach(asset, group, only), percent.or(() -> price).orElseThrow()));
    }

    private static Reach reach(Optional<Asset> asset, Optional<String> group, boolean only) {
        return asset.<Reach>map(it -> only ? new Reach.Only(it) : new Reach.WithGroup(it))
                .or(() -> group.map(name -> name.equals(ALL) ? new Reach.All() : new Reach.Group(name)))
                .orElseThrow();
    }

    private Reader<String> group() {
        return Readers.token(MAX_GROUP)
                .find(
                        written -> groups.stream()
                                .filter(written::equalsIgnoreCase)
                                .findFirst(),
                        written -> "We know no such group of assets: one of '" + String.join("', '", groups) + "'"
                                + Nearest.to(written, groups)
                                        .map(near -> ". Did you mean '" + near + "'?")
                                        .orElse("."));
    }

    private static Reader<Change> percent() {
        return Readers.decimal()
                .where(
                        percent -> percent.compareTo(ALL_OF_IT) > 0,
                        "A price falls by less than 100 %: write -20 for a fifth less.")
                .where(
                        percent -> percent.compareTo(HIGHEST_RISE) <= 0,
                        "At most 10000: a price a hundred times as high.")
                .map(Change.ByPercent::new);
    }

    private static Reader<Change> price() {
        return Readers.positive()
                .where(
                        price -> price.compareTo(LOWEST_PRICE) >= 0 && price.compareTo(HIGHEST_PRICE) <= 0,
                        "A price is from 10^-18 to 10^12 US dollars.")
                .map(Change.ToPrice::new);
    }
}
