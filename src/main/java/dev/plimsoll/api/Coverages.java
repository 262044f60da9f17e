package dev.plimsoll.api;

import dev.plimsoll.account.Tenant;
import dev.plimsoll.delivery.ChannelStore;
import dev.plimsoll.rule.RuleStore;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/** Finds what covers the positions of an account. */
@Singleton
class Coverages {
    private final Tenant tenant;
    private final RuleStore rules;
    private final ChannelStore channels;

    Coverages(Tenant tenant, RuleStore rules, ChannelStore channels) {
        this.tenant = tenant;
        this.rules = rules;
        this.channels = channels;
    }

    Uni<Coverage> of(UUID account) {
        return tenant.session(account, session -> of(session, account));
    }

    /** In a transaction of the account that the caller began. */
    Uni<Coverage> of(Mutiny.Session session, UUID account) {
        return rules.all(session, account)
                .chain(asked -> channels.all(session, account).map(told -> Coverage.of(asked, told)));
    }
}
