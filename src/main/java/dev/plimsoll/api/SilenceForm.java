package dev.plimsoll.api;

import dev.plimsoll.alert.SilenceDraft;
import dev.plimsoll.api.form.Form;
import dev.plimsoll.api.form.Reader;
import dev.plimsoll.api.form.Readers;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/** Reads a silence. What it refers to must be the account's own. */
@Singleton
class SilenceForm {
    private static final int MAX_REASON = 500;
    private static final Duration LONGEST = Duration.ofDays(90);

    private final WatchesForm watches;
    private final OwnIds own;
    private final Clock clock;

    SilenceForm(WatchesForm watches, OwnIds own, Clock clock) {
        this.watches = watches;
        this.own = own;
        this.clock = clock;
    }

    /** By the watch's clock. */
    Instant now() {
        return clock.instant();
    }

    /**
     * In a transaction of the account that the caller began.
     *
     * @param now when it begins, unless it says otherwise
     */
    Uni<SilenceDraft> draft(Mutiny.Session session, UUID account, byte[] body, Instant now) {
        return own.of(session, account).map(known -> Form.of(body, form -> read(form, now, known)));
    }

    /** One of several; one that is over is read as one that nobody need write. */
    Reader<Optional<SilenceDraft>> reader(References known) {
        var now = clock.instant();
        return Readers.object(form -> isOver(form, now)
                ? Optional.of(Optional.<SilenceDraft>empty())
                : read(form, now, known).map(Optional::of));
    }

    private boolean isOver(Form form, Instant now) {
        var over = form.says("until")
                && form.optional("until", Readers.instant())
                        .filter(end -> !end.isAfter(now))
                        .isPresent();
        if (over) {
            form.mentions("watches");
            form.mentions("from");
            form.mentions("reason");
            form.mentions("evenLiquidatable");
        }
        return over;
    }

    private Optional<SilenceDraft> read(Form form, Instant now, References known) {
        var watched = form.required("watches", watches.reader());
        var from = form.optional("from", Readers.instant()).orElse(now);
        var until = form.required("until", Readers.instant());
        var reason = form.required("reason", Readers.text(MAX_REASON));
        var even = form.optional("evenLiquidatable", Readers.flag());
        watched.flatMap(known::refusal).ifPresent(detail -> form.refuseAt("/watches/position", detail));
        until.flatMap(end -> refusal(now, from, end)).ifPresent(detail -> form.refuse("until", detail));
        return form.complete(() -> new SilenceDraft(
                watched.orElseThrow(), from, until.orElseThrow(), reason.orElseThrow(), even.orElse(false)));
    }

    private static Optional<String> refusal(Instant now, Instant from, Instant until) {
        if (!until.isAfter(now)) {
            return Optional.of("The silence would be over already: it is %s now.".formatted(now));
        }
        if (!until.isAfter(from)) {
            return Optional.of("The silence would end before it begins; 'until' comes after 'from'.");
        }
        return until.isAfter(now.plus(LONGEST))
                ? Optional.of("A silence ends within 90 days: nobody remembers a longer one. Make another one then.")
                : Optional.empty();
    }
}
