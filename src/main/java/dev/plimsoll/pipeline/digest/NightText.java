package dev.plimsoll.pipeline.digest;

import dev.plimsoll.alert.Readable;
import dev.plimsoll.alert.Text;
import dev.plimsoll.alert.Text.Figure;
import dev.plimsoll.pipeline.digest.Night.Prospect;
import dev.plimsoll.risk.Advice.Option;
import dev.plimsoll.risk.Relief;
import dev.plimsoll.unit.Asset;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What may happen asleep, and what to pay before, in a few sentences. What nobody can tell is said first. */
final class NightText {
    private static final int MOST = 5;
    private static final BigDecimal LEAST_SHOWN = new BigDecimal("0.01");

    private final Night night;
    private final WallClock clock;

    NightText(Night night) {
        this.night = night;
        this.clock = new WallClock(night.edition().zone());
    }

    Text text() {
        return new Text(
                said(),
                Optional.empty(),
                remedy(),
                Optional.of(remark()),
                night.prospects().stream().limit(MOST).map(NightText::figure).toList());
    }

    private Optional<String> remedy() {
        var words = Stream.of(
                        Troubles.text(night.channels(), clock),
                        night.wakefulness().problem())
                .flatMap(Optional::stream)
                .collect(Collectors.joining(" "));
        return Optional.of(words).filter(some -> !some.isEmpty());
    }

    private String said() {
        var late = Openings.late(night.edition()).map(words -> words + " ").orElse("");
        if (night.prospects().isEmpty()) {
            return late + "Nothing that is watched owes anything, so nothing can be liquidated while you sleep.";
        }
        return night.left().isPositive() ? late + ahead() : late + over();
    }

    private String over() {
        return "That night was not looked at before it was over. "
                + night.lowest()
                        .map(factor -> "Lowest health factor now: " + Readable.factor(factor) + ".")
                        .orElse("No health factor is known now.");
    }

    private String ahead() {
        var some = night.prospects().stream().limit(MOST).map(this::sentence).collect(Collectors.joining(" "));
        var more = night.prospects().size() - MOST;
        return more <= 0 ? some : some + " And " + more + " more, which are no likelier.";
    }

    private String sentence(Prospect prospect) {
        var name = prospect.position().name();
        return switch (prospect) {
            case Prospect.Told told -> name + away(told) + ", " + asleep() + ": " + told(told);
            case Prospect.Unmeasured judged ->
                name + ": I cannot say what a night may bring, as it is not known yet how wildly "
                        + names(judged.unmeasured()) + " moves. Health factor now: "
                        + Readable.factor(judged.healthFactor()) + ".";
            case Prospect.Unjudged(var position, var why) ->
                name + ": I cannot judge it now (" + why + "), so I cannot say what a night may bring.";
        };
    }

    private static String names(List<Asset> assets) {
        return assets.stream().map(Asset::symbol).collect(Collectors.joining(", "));
    }

    private String asleep() {
        var left = night.left();
        return left.toMinutesPart() == 0 && left.toHours() > 1
                ? left.toHours() + " hours asleep"
                : Readable.duration(left) + " asleep";
    }

    private String told(Prospect.Told told) {
        var chance = percent(told.chance()) + " chance of touching liquidation";
        var acceptable = percent(night.bedtime().acceptable());
        if (told.chance().compareTo(night.bedtime().acceptable()) <= 0) {
            return chance + ".";
        }
        return told.reliefs().stream()
                .findFirst()
                .map(relief -> chance + "; " + payment(relief) + " and it is " + percent(relief.chance()) + ".")
                .orElse(chance + "; no single payment brings it down to " + acceptable + ".");
    }

    private static String away(Prospect.Told told) {
        return told.distancePercent().signum() == 0
                ? ", which can be liquidated now"
                : ", " + Readable.distance(told.distancePercent()) + " % from liquidation";
    }

    private static String payment(Relief relief) {
        var amount = Readable.amount(relief.payment().amount());
        return switch (relief.payment()) {
            case Option.Repay(var asset, var exact, var factor) -> "repay " + amount + " " + asset;
            case Option.Add(var asset, var exact, var factor) -> "add " + amount + " " + asset;
            case Option.AddMargin(var asset, var exact, var factor) -> "add " + amount + " " + asset + " of margin";
            case Option.Reduce(var asset, var side, var exact, var factor) -> "close " + amount + " " + asset;
        };
    }

    /** {@code 2.3 %}, up; below one percent {@code 0.05 %}. Never nothing. */
    static String percent(BigDecimal chance) {
        var percent = chance.movePointRight(2).max(LEAST_SHOWN);
        var digits = percent.compareTo(BigDecimal.ONE) >= 0 ? 1 : 2;
        return percent.setScale(digits, RoundingMode.UP).stripTrailingZeros().toPlainString() + " %";
    }

    private String remark() {
        var basis = night.calmOnly()
                ? "from how prices move now, or usually do where that is wilder: the days before are not known yet"
                : "from how prices moved in the last 7 days, move now or usually do, whichever is wildest";
        return Stream.of(
                        Optional.of("As of " + clock.time(night.edition().asOf()) + "."),
                        Optional.of("An estimate " + basis + "; a sudden crash is not in it.")
                                .filter(words -> night.left().isPositive()
                                        && !night.prospects().isEmpty()))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(" "));
    }

    private static Figure figure(Prospect prospect) {
        return new Figure(
                prospect.position().name(),
                switch (prospect) {
                    case Prospect.Told told -> percent(told.chance());
                    case Prospect.Unmeasured ignored -> "not known";
                    case Prospect.Unjudged ignored -> "not known";
                });
    }
}
