package dev.plimsoll.api;

import dev.plimsoll.api.form.Form;
import dev.plimsoll.api.form.Reader;
import dev.plimsoll.api.form.Readers;
import dev.plimsoll.oracle.Oracles;
import dev.plimsoll.oracle.SourceStatus;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads whose word the protocol of a declared position takes for its prices. */
@Singleton
class PriceSourceForm {
    /** Words for the median of independent sources, which is what liquidates where nothing is said. */
    private static final Set<String> THE_MARKETS = Set.of("market", "default");

    private static final String FIELD = "priceSource";
    private static final String ON_CHAIN = "chainlink";
    private static final int MAX_NAME = 50;

    private final Oracles oracles;

    PriceSourceForm(Oracles oracles) {
        this.oracles = oracles;
    }

    /** Empty for the market's price. */
    Optional<String> whole(Form form) {
        return form.optional(FIELD, reader()).flatMap(source -> source);
    }

    /** Absent leaves what it is, null goes back to the market's. */
    Optional<String> patch(Form form, Optional<String> now) {
        return form.mentions(FIELD) ? whole(form) : now;
    }

    private Reader<Optional<String>> reader() {
        return Readers.token(MAX_NAME).find(this::source, this::refusal);
    }

    private Optional<Optional<String>> source(String name) {
        if (THE_MARKETS.contains(name)) {
            return Optional.of(Optional.empty());
        }
        if (name.equals(ON_CHAIN)) {
            throw Problems.notYet("The price source 'chainlink', whose feeds stand on a chain,");
        }
        return Optional.of(name).filter(asked()::contains).map(Optional::of);
    }

    private String refusal(String name) {
        return "No price source is called '%s' here. Name one of %s, whose quotes are then the protocol's price, or 'market'."
                .formatted(name, String.join(", ", asked()));
    }

    private List<String> asked() {
        return oracles.status().stream()
                .filter(status -> status.state() != SourceStatus.State.DISABLED)
                .map(SourceStatus::name)
                .toList();
    }
}
