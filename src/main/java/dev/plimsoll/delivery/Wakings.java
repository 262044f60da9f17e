package dev.plimsoll.delivery;

import dev.plimsoll.account.Account;
import dev.plimsoll.account.AccountStore;
import dev.plimsoll.account.Tenant;
import dev.plimsoll.alert.SilenceStore;
import dev.plimsoll.rule.RuleStore;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/** Finds what {@link Waking} asks for: the channels and silences of an account, and the clock on its owner's wall. */
@Singleton
public final class Wakings {
    private final Tenant tenant;
    private final AccountStore accounts;
    private final RuleStore rules;
    private final ChannelStore channels;
    private final SilenceStore silences;
    private final Kinds kinds;
    private final Clock clock;

    @Inject
    Wakings(
            Tenant tenant,
            AccountStore accounts,
            RuleStore rules,
            ChannelStore channels,
            SilenceStore silences,
            Kinds kinds,
            Clock clock) {
        this.tenant = tenant;
        this.accounts = accounts;
        this.rules = rules;
        this.channels = channels;
        this.silences = silences;
        this.kinds = kinds;
        this.clock = clock;
    }

    /** As {@link Waking#problem} has it. */
    public Uni<Optional<String>> problem(UUID account) {
        return tenant.session(
                account,
                session -> rules.all(session, account)
                        .chain(all -> around(session, account).map(around -> Waking.problem(all, around))));
    }

    public Uni<Waking.Around> around(UUID account) {
        return tenant.session(account, session -> around(session, account));
    }

    /** In a transaction of the account that the caller began. */
    public Uni<Waking.Around> around(Mutiny.Session session, UUID account) {
        return channels.all(session, account)
                .chain(all -> silences.all(session, account)
                        .chain(quiet -> zone(session, account)
                                .map(zone -> new Waking.Around(all, kinds::wakes, quiet, zone, clock.instant()))));
    }

    private Uni<ZoneId> zone(Mutiny.Session session, UUID account) {
        return accounts.find(session, account)
                .map(found -> found.map(Account::timezone).orElse(ZoneOffset.UTC));
    }
}
