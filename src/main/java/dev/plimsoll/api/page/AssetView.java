package dev.plimsoll.api.page;

import dev.plimsoll.market.Consensus;
import dev.plimsoll.market.Consensus.Agreed;
import dev.plimsoll.market.Consensus.Diverged;
import dev.plimsoll.market.Consensus.NoQuorum;
import dev.plimsoll.market.Consensus.Voice;
import dev.plimsoll.unit.AssetInfo;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What is believed of one asset, in words.
 *
 * @param state      names its colour: {@code agreed}, {@code single}, {@code diverged}, {@code none}
 * @param price      in US dollars
 * @param families   how many independent ones are behind it
 * @param divergence of the farthest source from the others
 * @param age        of the youngest quote that counts
 * @param meaning    a sentence
 */
public record AssetView(
        String symbol,
        String name,
        String state,
        String words,
        String price,
        String families,
        String divergence,
        String age,
        String meaning,
        List<VoiceView> voices) {

    static AssetView of(AssetInfo info, Consensus consensus) {
        return switch (consensus) {
            case Agreed agreed
            when agreed.families() == 1 ->
                view(info, agreed, "single", "Single source", agreed.families(), agreed.divergenceBps(), """
                        One family of sources only, held against what it should be worth: good for a warning, not for \
                        certainty.""");
            case Agreed agreed ->
                view(info, agreed, "agreed", "Agreed", agreed.families(), agreed.divergenceBps(), """
                        Independent sources agree on this price.""");
            case Diverged diverged ->
                view(
                        info,
                        diverged,
                        "diverged",
                        "Sources disagree",
                        diverged.families(),
                        diverged.divergenceBps(),
                        """
                        The price lies somewhere in this range. An alert fires only where it would at both ends.""");
            case NoQuorum none -> none(info, none);
        };
    }

    private static AssetView view(
            AssetInfo info,
            Consensus consensus,
            String state,
            String words,
            int families,
            BigDecimal divergence,
            String meaning) {
        return new AssetView(
                info.asset().symbol(),
                info.name(),
                state,
                words,
                Words.price(consensus.range()),
                Integer.toString(families),
                Words.bps(divergence),
                Words.or(age(consensus).map(Words::span)),
                meaning,
                voices(consensus));
    }

    private static AssetView none(AssetInfo info, NoQuorum none) {
        return new AssetView(
                info.asset().symbol(),
                info.name(),
                "none",
                "Too few sources",
                Words.NOTHING,
                Words.NOTHING,
                Words.NOTHING,
                Words.or(age(none).map(Words::span)),
                "No price is believed now: " + none.why() + ".",
                voices(none));
    }

    private static Optional<Duration> age(Consensus consensus) {
        return consensus.voices().stream()
                .filter(Voice::used)
                .map(Voice::age)
                .flatMap(Optional::stream)
                .min(Comparator.naturalOrder());
    }

    private static List<VoiceView> voices(Consensus consensus) {
        return consensus.voices().stream().map(VoiceView::of).toList();
    }
}
