package dev.plimsoll.market;

import dev.plimsoll.market.Consensus.Agreed;
import dev.plimsoll.market.Consensus.NoQuorum;
import dev.plimsoll.market.Consensus.Voice;
import dev.plimsoll.oracle.Answer.Reason;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * What one source says of an asset, for who believes it alone, as a protocol believes its oracle: by its age, its bounds
 * and how sure it is of itself, and not by what others say. What stands still while they move is what it says.
 */
final class Word {
    private Word() {}

    /** The market's own where the source does not quote the asset; no price where it does and cannot be believed now. */
    static Consensus of(String source, Consensus market) {
        return voice(source, market).map(voice -> of(voice, market)).orElse(market);
    }

    /** Empty where the source does not quote the asset. */
    static Optional<Voice> voice(String source, Consensus market) {
        return market.voices().stream()
                .filter(voice -> voice.source().equals(source) && quotes(voice))
                .findFirst();
    }

    private static boolean quotes(Voice voice) {
        return !voice.unused().equals(Optional.of(Reason.UNKNOWN_ASSET.word()));
    }

    private static Consensus of(Voice voice, Consensus market) {
        var price = voice.range()
                .filter(range -> voice.unused().filter(Screening::isFault).isEmpty());
        return price.<Consensus>map(range -> new Agreed(
                        market.asset(),
                        range,
                        1,
                        voice.divergenceBps().orElse(BigDecimal.ZERO).abs(),
                        List.of(believed(voice))))
                .orElseGet(() -> new NoQuorum(
                        market.asset(), voice.source() + ": " + voice.unused().orElse("no price"), List.of(voice)));
    }

    private static Voice believed(Voice voice) {
        return new Voice(
                voice.source(),
                voice.family(),
                voice.quoted(),
                voice.range(),
                voice.age(),
                voice.bandBps(),
                voice.staleAfter(),
                voice.divergenceBps(),
                Optional.empty());
    }
}
