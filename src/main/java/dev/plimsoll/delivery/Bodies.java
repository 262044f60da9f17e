package dev.plimsoll.delivery;

import dev.plimsoll.account.seal.SecretBox;
import dev.plimsoll.delivery.Verdicts.Done;
import dev.plimsoll.delivery.Verdicts.Verdict;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;

/** What is kept of what was sent: all that may be tried again, and what a channel edits later. */
@Singleton
final class Bodies {
    private final SecretBox box;
    private final Kinds kinds;

    @Inject
    Bodies(SecretBox box, Kinds kinds) {
        this.box = box;
        this.kinds = kinds;
    }

    /** One for each verdict. */
    List<Frozen> kept(List<Verdict> verdicts) {
        return verdicts.stream()
                .map(verdict -> verdict.body()
                        .filter(body -> isKept(verdict))
                        .map(body -> Frozen.of(verdict.claim().delivery(), body, box))
                        .orElse(Frozen.NOT_YET))
                .toList();
    }

    /** Of what arrived the notice says all: a copy would be half of what recording it costs, and of what it takes on disk. */
    private boolean isKept(Verdict verdict) {
        return !(verdict.decision() instanceof Done)
                || kinds.find(verdict.claim().target().kind())
                        .filter(Channel::edits)
                        .isPresent();
    }
}
