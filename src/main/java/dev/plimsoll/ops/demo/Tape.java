package dev.plimsoll.ops.demo;

import dev.plimsoll.ops.demo.CrashWindow.Replay;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What each server says an asset costs at an instant of the crash. A bar's close counts only when the bar has ended. */
final class Tape {
    private static final int PRICE_DIGITS = 8;

    private final CrashWindow crash;

    Tape(CrashWindow crash) {
        this.crash = crash;
    }

    /** In the asset's quote currency; empty when this server does not list the asset or knows no price yet. */
    Optional<BigDecimal> price(String source, String asset, Instant now) {
        var pair = crash.pairs().get(asset);
        if (pair == null) {
            return Optional.ofNullable(crash.pegged().get(asset));
        }
        return replay(source, asset)
                .flatMap(replay -> crash.candles()
                        .ended(replay.venue(), pair, now.minus(replay.delay()))
                        .map(candle -> shifted(candle.close(), replay)));
    }

    private static BigDecimal shifted(BigDecimal close, Replay replay) {
        var factor = BigDecimal.ONE.add(replay.spreadBps().movePointLeft(4));
        return close.multiply(factor).setScale(PRICE_DIGITS, RoundingMode.HALF_EVEN);
    }

    /** The candles that this server replays for this asset: the first listed venue that has them. */
    Optional<Replay> replay(String source, String asset) {
        var pair = crash.pairs().get(asset);
        return crash.venues().getOrDefault(source, List.of()).stream()
                .filter(replay -> pair != null && crash.candles().has(replay.venue(), pair))
                .findFirst();
    }

    /** The venue whose own candles are nearest to the truth of this asset: the first real one. */
    Optional<String> realVenue(String asset) {
        var pair = crash.pairs().get(asset);
        return crash.venues().values().stream()
                .flatMap(List::stream)
                .filter(replay ->
                        replay.real() && pair != null && crash.candles().has(replay.venue(), pair))
                .map(Replay::venue)
                .findFirst();
    }

    /** One line a server: "coinbase: bybit's own candles; binance's, 0 s later, +3 bps". */
    List<String> origins() {
        return crash.venues().entrySet().stream()
                .map(venue -> venue.getKey() + ": "
                        + String.join(
                                "; ",
                                venue.getValue().stream().map(Tape::origin).toList()))
                .toList();
    }

    private static String origin(Replay replay) {
        return replay.real()
                ? "real candles of " + replay.venue()
                : "derived from " + replay.venue() + ", " + replay.delay().toSeconds() + " s later, "
                        + replay.spreadBps().toPlainString() + " bps";
    }
}
