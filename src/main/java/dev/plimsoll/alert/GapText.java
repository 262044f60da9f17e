package dev.plimsoll.alert;

import dev.plimsoll.risk.Health;
import dev.plimsoll.risk.Judgement;
import dev.plimsoll.risk.Standing;
import dev.plimsoll.rule.Condition;
import dev.plimsoll.rule.Reading;
import dev.plimsoll.rule.Readings;
import java.util.Optional;

/** How far apart a position's two health factors are, and what that means for it. */
final class GapText {
    private GapText() {}

    /** @param name of the position, in its owner's words */
    static AssetTale of(String name, Standing standing) {
        return standing.protocol() instanceof Judgement.Judged(var protocol)
                        && standing.market() instanceof Judgement.Judged(var market)
                        && Readings.ofPosition(new Condition.OracleGap(), standing)
                                instanceof Reading.Measured(var least, var ignored)
                ? new AssetTale(
                        "%s %s: %s bps apart."
                                .formatted(name, factors(protocol, market, standing), Readable.bps(least)),
                        isRicher(protocol, market) ? richer(market, standing) : poorer(protocol, standing),
                        "%s %s.".formatted(name, factors(protocol, market, standing)))
                : unknown(name);
    }

    /** The health that is to be mended; empty while one of the two cannot be judged. */
    static Optional<Health> decisive(Standing standing) {
        return standing.protocol() instanceof Judgement.Judged(var protocol)
                        && standing.market() instanceof Judgement.Judged(var market)
                ? Optional.of(isRicher(protocol, market) ? market : protocol)
                : Optional.empty();
    }

    private static AssetTale unknown(String name) {
        var words = "nobody can say now how far apart the two health factors of %s are.".formatted(name);
        return new AssetTale(Character.toUpperCase(words.charAt(0)) + words.substring(1), "", words);
    }

    private static String factors(Health protocol, Health market, Standing standing) {
        return "is at health factor %s on %s and at %s on the market's"
                .formatted(
                        Readable.factor(protocol.healthFactor()),
                        BasisText.price(standing),
                        Readable.factor(market.healthFactor()));
    }

    private static boolean isRicher(Health protocol, Health market) {
        return protocol.healthFactor().compareTo(market.healthFactor()) > 0;
    }

    /** The protocol thinks more of it than the market does. */
    private static String richer(Health market, Standing standing) {
        var worth = market.isLiquidatable()
                ? "What it holds would not be enough at the market's price"
                : "At the market's price liquidation is %s %% away"
                        .formatted(Readable.shortDistance(market.distance().low()));
        return "%s; when %s follows, that is what counts.".formatted(worth, BasisText.price(standing));
    }

    /** The market is fine with it; what liquidates it is not. */
    private static String poorer(Health protocol, Standing standing) {
        var near = protocol.isLiquidatable()
                ? "It can be liquidated on %s, whatever the market says".formatted(BasisText.price(standing))
                : "Liquidation goes by %s and is %s %% away"
                        .formatted(
                                BasisText.price(standing),
                                Readable.shortDistance(protocol.distance().low()));
        return near + ".";
    }
}
