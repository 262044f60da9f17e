package dev.plimsoll.api;

import dev.plimsoll.account.Tenant;
import dev.plimsoll.delivery.Wakings;
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
    private final Wakings wakings;

    Coverages(Tenant tenant, RuleStore rules, Wakings wakings) {
        this.tenant = tenant;
        this.rules = rules;
        this.wakings = wakings;
    }

    Uni<Coverage> of(UUID account) {
        return tenant.session(account, session -> of(session, account));
    }

    /** In a transaction of the account that the caller began. */
    Uni<Coverage> of(Mutiny.Session session, UUID account) {
        return rules.all(session, account)
                .chain(asked -> wakings.around(session, account).map(around -> Coverage.of(asked, around)));
    }
}
