package dev.plimsoll.position;

import dev.plimsoll.market.MarketSnapshot;
import dev.plimsoll.risk.Judgement;
import dev.plimsoll.risk.Lending;
import dev.plimsoll.risk.Standing;
import dev.plimsoll.risk.Terms;
import dev.plimsoll.unit.AssetRegistry;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A watched position of an account.
 *
 * @param key                the user's own name for it, unique in the account
 * @param targetHealthFactor what advice aims at; empty means the default
 * @param legsSince          since when the terms are what they are; interest on debt counts from here
 * @param version            rises by one with every write; the ETag
 */
public record Position(
        UUID id,
        UUID account,
        Optional<String> key,
        String name,
        Map<String, String> labels,
        Terms terms,
        Optional<BigDecimal> targetHealthFactor,
        Instant legsSince,
        Instant createdAt,
        long version) {
    private static final Duration STALE = Duration.ofDays(30);

    public Position {
        labels = Map.copyOf(labels);
    }

    /** The same position with terms that are what they are since another instant. */
    public Position since(Instant other) {
        return new Position(id, account, key, name, labels, terms, targetHealthFactor, other, createdAt, version);
    }

    /** How it stands in this market on both of its prices, with the interest up to then. */
    public Standing standing(MarketSnapshot market, AssetRegistry assets) {
        var onMarket = judge(market, assets);
        return terms.priceSource()
                .map(source -> Standing.by(
                        new Standing.Word(source, market), judge(market.by(source, terms.assets()), assets), onMarket))
                .orElseGet(() -> Standing.of(onMarket));
    }

    private Judgement judge(MarketSnapshot market, AssetRegistry assets) {
        return terms.judge(legsSince, market, assets, targetHealthFactor.orElse(Lending.DEFAULT_TARGET));
    }

    /** Somebody may have repaid or borrowed since its terms were told, and forgotten to say so. */
    public boolean isStale(Instant now) {
        return legsSince.isBefore(now.minus(STALE));
    }

    /** As it would be had its terms become these then. */
    public Position with(Terms other, Instant since) {
        return new Position(id, account, key, name, labels, other, targetHealthFactor, since, createdAt, version);
    }
}
