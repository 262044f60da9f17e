package dev.plimsoll.risk;

import dev.plimsoll.market.Consensus;
import dev.plimsoll.market.MarketSnapshot;
import dev.plimsoll.unit.Asset;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a tick can say of a loan. */
public sealed interface Judgement {

    /** Judged; where sources disagree, every figure stands on the dangerous end of their ranges. */
    record Judged(Health health) implements Judgement {}

    /** Nothing is owed: it cannot be liquidated. */
    record NoDebt(Health health) implements Judgement {}

    /**
     * A leg that matters has no believable price: liquidatable at one end of what is possible and not at the other.
     *
     * @param why    a sentence: "no believable price of RENDER: 1 of 2 price families"
     * @param causes what it takes to be judged again, one for each asset
     */
    record Unknown(String why, Set<Cause> causes) implements Judgement {
        public Unknown {
            causes = Set.copyOf(causes);
        }

        /** These assets have no believable price. */
        public static Unknown unpriced(Collection<Asset> assets, MarketSnapshot market) {
            var reasons = assets.stream()
                    .flatMap(asset -> reason(market.of(asset)).stream())
                    .distinct()
                    .collect(Collectors.joining("; "));
            return new Unknown(
                    "no believable price of " + names(assets) + (reasons.isEmpty() ? "" : ": " + reasons),
                    assets.stream().map(Cause.Unpriced::new).collect(Collectors.toUnmodifiableSet()));
        }

        /** The asset file does not know these. */
        public static Unknown unlisted(Collection<Asset> assets) {
            return new Unknown(
                    "not in the asset file: " + names(assets),
                    assets.stream().map(Cause.Unlisted::new).collect(Collectors.toUnmodifiableSet()));
        }

        private static Optional<String> reason(Optional<Consensus> consensus) {
            return consensus
                    .filter(Consensus.NoQuorum.class::isInstance)
                    .map(Consensus.NoQuorum.class::cast)
                    .map(Consensus.NoQuorum::why);
        }

        private static String names(Collection<Asset> assets) {
            return assets.stream().map(Asset::symbol).collect(Collectors.joining(", "));
        }
    }
}
