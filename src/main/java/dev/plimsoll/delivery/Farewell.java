package dev.plimsoll.delivery;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.UUID;

/** What the channels of an account keep up to date elsewhere goes before the account does. */
@Singleton
public class Farewell {
    private static final UUID FIRST = new UUID(0, 0);
    private static final int MOST = 1_000;

    private final ChannelStore channels;

    @Inject
    Farewell(ChannelStore channels) {
        this.channels = channels;
    }

    /** What cannot be reached just now stays there. */
    public Uni<Void> of(UUID account) {
        return channels.list(account, FIRST, MOST)
                .onItem()
                .transformToMulti(Multi.createFrom()::iterable)
                .onItem()
                .transformToUniAndConcatenate(channel -> channels.end(account, channel.id()))
                .onItem()
                .ignoreAsUni();
    }
}
