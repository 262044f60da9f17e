package dev.plimsoll.api;

import dev.plimsoll.account.Account;
import dev.plimsoll.account.AccountStore;
import dev.plimsoll.alert.SilenceStore;
import dev.plimsoll.delivery.ChannelStore;
import dev.plimsoll.pipeline.digest.DigestStore;
import dev.plimsoll.position.PositionStore;
import dev.plimsoll.rule.RuleStore;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/** Looks up all that an account has of what a bundle holds. */
@Singleton
class Inventory {
    private final AccountStore accounts;
    private final PositionStore positions;
    private final ChannelStore channels;
    private final RuleStore rules;
    private final Calendar calendar;

    Inventory(
            AccountStore accounts, PositionStore positions, ChannelStore channels, RuleStore rules, Calendar calendar) {
        this.accounts = accounts;
        this.positions = positions;
        this.channels = channels;
        this.rules = rules;
        this.calendar = calendar;
    }

    /** What goes by the clock. */
    @Singleton
    static class Calendar {
        final SilenceStore silences;
        final DigestStore digests;

        Calendar(SilenceStore silences, DigestStore digests) {
            this.silences = silences;
            this.digests = digests;
        }
    }

    /** In a transaction of the account that the caller began. */
    Uni<Holdings> of(Mutiny.Session session, UUID id) {
        return accounts.find(session, id)
                .map(found -> found.orElseThrow(() -> Problems.unauthenticated("This account was erased.")))
                .chain(account -> of(session, account));
    }

    private Uni<Holdings> of(Mutiny.Session session, Account account) {
        var id = account.id();
        return positions
                .all(session, id)
                .chain(watched -> channels.opened(session, id)
                        .chain(told -> rules.all(session, id)
                                .chain(asked -> calendar.silences
                                        .all(session, id)
                                        .chain(silences -> calendar.digests
                                                .all(session, id)
                                                .map(digests -> new Holdings(
                                                        account, watched, told, asked, silences, digests))))));
    }
}
