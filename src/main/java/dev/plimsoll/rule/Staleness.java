package dev.plimsoll.rule;

import dev.plimsoll.market.Consensus;
import dev.plimsoll.market.Consensus.Voice;
import dev.plimsoll.rule.Measure.OfFeed;
import dev.plimsoll.rule.Reading.Measured;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * For how long feeds have had no news, in seconds.
 *
 * <p>Of a feed that is silent it counts from its last good quote, so that one failed ask is not a stale feed. One that never
 * had a quote of the asset does not count; when none that is asked ever had, nothing is known and that is stale. What is not
 * asked at all, because it is switched off, says nothing: that is unknown. A feed without a time of its own whose value stands still while the others move is stale by itself, whatever its age.
 */
public final class Staleness {
    private static final String STANDING = "stands still";
    private static final Reading BEYOND = new Reading.OutOfReach();

    private Staleness() {}

    static Measure measure(Consensus consensus, Optional<String> source) {
        if (asked(consensus, source).findAny().isEmpty()) {
            var who = source.map(name -> name + " is not").orElse("no source is");
            return Measure.unreadable(who + " asked for " + consensus.asset());
        }
        var heard = heard(consensus, source);
        return heard.isEmpty()
                ? Measure.of(BEYOND)
                : Measure.most(heard.stream().map(Staleness::feed).toList());
    }

    /** Those of the asked ones that ever had a quote of the asset. */
    public static List<Voice> heard(Consensus consensus, Optional<String> source) {
        return asked(consensus, source).filter(voice -> voice.age().isPresent()).toList();
    }

    private static Stream<Voice> asked(Consensus consensus, Optional<String> source) {
        return consensus.voices().stream()
                .filter(voice -> source.isEmpty() || source.get().equals(voice.source()));
    }

    public static boolean standsStill(Voice voice) {
        return voice.unused().filter(STANDING::equals).isPresent();
    }

    private static OfFeed feed(Voice voice) {
        var age = seconds(voice.age().orElseThrow());
        var ofAllowed = age.divide(seconds(voice.staleAfter()), MathContext.DECIMAL128);
        return new OfFeed(voice, measured(age), standsStill(voice) ? BEYOND : measured(ofAllowed));
    }

    private static Reading measured(BigDecimal value) {
        return new Measured(value, Optional.of(value));
    }

    static BigDecimal seconds(Duration duration) {
        return BigDecimal.valueOf(duration.getSeconds()).add(BigDecimal.valueOf(duration.getNano(), 9));
    }
}
