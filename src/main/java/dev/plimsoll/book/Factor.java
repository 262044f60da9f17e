package dev.plimsoll.book;

import dev.plimsoll.market.Consensus;
import dev.plimsoll.market.MarketSnapshot;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.PriceRange;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * What moves a leg: the price of an asset, times the growth of what is owed in it at one rate; for a short leg of
 * perpetual contracts the price with the other sign; for their cash nothing.
 *
 * @param source     whose word for the price counts; empty means the market's price
 * @param annualRate compounded continuously over years of 365 days; zero for what bears no interest
 */
record Factor(Way way, Asset asset, Optional<String> source, double annualRate) {

    /** How the worth of a leg goes with the price. */
    enum Way {
        WITH,
        AGAINST,
        NOT_AT_ALL
    }

    /** US dollars, always worth one. */
    static final Factor CASH = new Factor(Way.NOT_AT_ALL, new Asset("USD"), Optional.empty(), 0);

    private static final double SECONDS_A_YEAR = 365.0 * 24 * 60 * 60;

    /** Beyond e to this power either way a double keeps too few digits or none. */
    private static final double LARGEST_EXPONENT = 500;

    static Factor of(Asset asset, BigDecimal annualRate) {
        return new Factor(Way.WITH, asset, Optional.empty(), annualRate.doubleValue());
    }

    static Factor with(Asset asset) {
        return new Factor(Way.WITH, asset, Optional.empty(), 0);
    }

    static Factor against(Asset asset) {
        return new Factor(Way.AGAINST, asset, Optional.empty(), 0);
    }

    /** The same on the word of a source, if there is one; cash needs nobody's. */
    Factor by(Optional<String> other) {
        return isPriced() ? new Factor(way, asset, other, annualRate) : this;
    }

    /** What is believed of its price; empty where nobody was asked. */
    Optional<Consensus> consensus(MarketSnapshot market) {
        return source.map(name -> market.of(asset, name)).orElseGet(() -> market.of(asset));
    }

    /** (0, ∞) for an asset nobody asked about. */
    PriceRange price(MarketSnapshot market) {
        return consensus(market).map(Consensus::range).orElse(PriceRange.ANYTHING);
    }

    boolean isPriced() {
        return way != Way.NOT_AT_ALL;
    }

    boolean bearsInterest() {
        return annualRate != 0;
    }

    /** The least that one token may be worth, before growth. */
    double lowest(PriceRange price) {
        return switch (way) {
            case WITH -> price.low().doubleValue();
            case AGAINST -> -price.highAsDouble();
            case NOT_AT_ALL -> 1;
        };
    }

    /** The most that one token may be worth, before growth. */
    double highest(PriceRange price) {
        return switch (way) {
            case WITH -> price.highAsDouble();
            case AGAINST -> -price.low().doubleValue();
            case NOT_AT_ALL -> 1;
        };
    }

    /** e to the rate times these years; not a number where a double cannot carry it, so that it selects. */
    double growth(double seconds) {
        var exponent = annualRate * (seconds / SECONDS_A_YEAR);
        return Math.abs(exponent) <= LARGEST_EXPONENT ? Math.exp(exponent) : Double.NaN;
    }
}
