package dev.plimsoll.api;

import dev.plimsoll.account.Tenant;
import dev.plimsoll.delivery.ChannelStore;
import dev.plimsoll.position.PositionStore;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/** Finds what the rules of an account may refer to. */
@Singleton
class OwnIds {
    private final Tenant tenant;
    private final PositionStore positions;
    private final ChannelStore channels;

    OwnIds(Tenant tenant, PositionStore positions, ChannelStore channels) {
        this.tenant = tenant;
        this.positions = positions;
        this.channels = channels;
    }

    Uni<References> of(UUID account) {
        return tenant.session(account, session -> of(session, account));
    }

    /** In a transaction of the account that the caller began. */
    Uni<References> of(Mutiny.Session session, UUID account) {
        return positions
                .ids(session, account)
                .chain(watched -> channels.all(session, account).map(told -> References.of(watched, told)));
    }
}
