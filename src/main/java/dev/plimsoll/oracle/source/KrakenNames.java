package dev.plimsoll.oracle.source;

import java.util.stream.Stream;

/**
 * The names under which Kraken may answer for a pair.
 *
 * <p>Its oldest assets have a letter before their code, X for crypto and Z for currencies, which it leaves out in the
 * names it is asked by: XBTUSD comes back as XXBTZUSD, USDTUSD as USDTZUSD, newer pairs as they were asked.
 */
final class KrakenNames {
    private static final int QUOTE = 3;

    private KrakenNames() {}

    static Stream<String> of(String pair) {
        if (pair.length() <= QUOTE) {
            return Stream.of(pair);
        }
        var base = pair.substring(0, pair.length() - QUOTE);
        var quote = pair.substring(pair.length() - QUOTE);
        return Stream.of(base, "X" + base, "Z" + base)
                .flatMap(first -> Stream.of(first + quote, first + "Z" + quote, first + "X" + quote))
                .distinct();
    }
}
