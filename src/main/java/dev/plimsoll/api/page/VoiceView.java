package dev.plimsoll.api.page;

import dev.plimsoll.market.Consensus.Quoted;
import dev.plimsoll.market.Consensus.Voice;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.Decimals;

/**
 * One source's part in a price, in words: the evidence.
 *
 * @param quoted     as the source gave it, with the asset it is quoted in
 * @param price      in US dollars
 * @param staleAfter how old its quotes may be
 * @param band       how far it may be off while it works as it should
 * @param divergence from the median of the others
 * @param use        "used", or why not
 */
public record VoiceView(
        String source,
        String family,
        String quoted,
        String price,
        String age,
        String staleAfter,
        String band,
        String divergence,
        boolean used,
        String use) {

    static VoiceView of(Voice voice) {
        return new VoiceView(
                voice.source(),
                voice.family(),
                Words.or(voice.quoted().map(VoiceView::quoted)),
                Words.or(voice.range().map(Words::price)),
                Words.or(voice.age().map(Words::span)),
                Words.span(voice.staleAfter()),
                Words.bps(voice.bandBps()),
                Words.or(voice.divergenceBps().map(Words::signedBps)),
                voice.used(),
                voice.unused().map(why -> "Not used: " + why.replace('-', ' ')).orElse("Used"));
    }

    private static String quoted(Quoted quoted) {
        var in = quoted.in().map(Asset::symbol).orElse("USD");
        var width = quoted.confidence().signum() == 0 ? "" : " ± " + Decimals.plain(quoted.confidence());
        return Decimals.plain(quoted.value()) + width + " " + in;
    }
}
