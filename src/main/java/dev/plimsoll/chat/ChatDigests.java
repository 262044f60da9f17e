package dev.plimsoll.chat;

import dev.plimsoll.account.Tenant;
import dev.plimsoll.account.Written;
import dev.plimsoll.delivery.telegram.Inbox;
import dev.plimsoll.pipeline.digest.Digest;
import dev.plimsoll.pipeline.digest.DigestDraft;
import dev.plimsoll.pipeline.digest.DigestStore;
import dev.plimsoll.pipeline.digest.Occasion;
import dev.plimsoll.pipeline.digest.Occasion.Bedtime;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The digests of one chat: of each kind one that goes nowhere else, and those that come here too. */
@Singleton
class ChatDigests {
    private static final UUID FIRST = new UUID(0, 0);
    private static final int ALL = 1_000;

    private final Tenant tenant;
    private final DigestStore digests;
    private final Inbox inbox;

    @Inject
    ChatDigests(Tenant tenant, DigestStore digests, Inbox inbox) {
        this.tenant = tenant;
        this.digests = digests;
        this.inbox = inbox;
    }

    /** @param here of this chat alone, that are over @param elsewhere that come here and to other channels */
    record Ended(int here, int elsewhere) {}

    /** What comes here, the oldest first. */
    Uni<List<Digest>> here(ChatLink link) {
        return digests.list(link.account(), FIRST, ALL)
                .map(all -> all.stream()
                        .filter(digest -> digest.channels()
                                .map(ids -> ids.contains(link.channel()))
                                .orElse(true))
                        .toList());
    }

    /** In place of the one of its kind that comes here alone. Empty where this update has made one before. */
    Uni<Optional<Written<Digest>>> set(Request request, Occasion occasion, ZoneId zone) {
        var link = request.link().orElseThrow();
        return here(link)
                .map(all -> all.stream()
                        .filter(digest -> isAlone(digest, link)
                                && digest.occasion().kind().equals(occasion.kind()))
                        .findFirst())
                .chain(known -> known.map(digest -> digests.change(
                                        link.account(),
                                        digest.id(),
                                        zone,
                                        now -> draft(link, like(now.occasion(), occasion)))
                                .map(Optional::of))
                        .orElseGet(() -> add(request, link, occasion, zone)));
    }

    private Uni<Optional<Written<Digest>>> add(Request request, ChatLink link, Occasion occasion, ZoneId zone) {
        return tenant.session(
                link.account(),
                session -> inbox.settle(session, request.visit().update())
                        .chain(first -> first
                                ? digests.add(session, link.account(), draft(link, occasion), zone)
                                        .map(Optional::of)
                                : Uni.createFrom().item(Optional.<Written<Digest>>empty())));
    }

    /** How long one sleeps, and what is acceptable, was said through the API and stays. */
    private static Occasion like(Occasion before, Occasion occasion) {
        return before instanceof Bedtime night && occasion instanceof Bedtime next
                ? new Bedtime(next.at(), night.asleep(), night.acceptable())
                : occasion;
    }

    private static DigestDraft draft(ChatLink link, Occasion occasion) {
        return new DigestDraft(occasion, Optional.of(List.of(link.channel())));
    }

    Uni<Ended> end(ChatLink link) {
        return here(link).chain(all -> {
            var alone = all.stream().filter(digest -> isAlone(digest, link)).toList();
            return Multi.createFrom()
                    .iterable(alone)
                    .onItem()
                    .transformToUniAndConcatenate(digest -> digests.delete(link.account(), digest.id(), now -> {}))
                    .collect()
                    .asList()
                    .replaceWith(new Ended(alone.size(), all.size() - alone.size()));
        });
    }

    private static boolean isAlone(Digest digest, ChatLink link) {
        return digest.channels().filter(List.of(link.channel())::equals).isPresent();
    }
}
