package dev.plimsoll.chat;

import dev.plimsoll.account.AccountDraft;
import dev.plimsoll.account.Tenant;
import dev.plimsoll.account.Written;
import dev.plimsoll.delivery.ChannelDraft;
import dev.plimsoll.delivery.ChannelStore;
import dev.plimsoll.delivery.RegisteredChannel;
import dev.plimsoll.delivery.telegram.Inbox;
import dev.plimsoll.rule.NewcomerStore;
import dev.plimsoll.unit.Ids;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/** Makes accounts out of chats: with the default rules, and the chat as their first channel. All of it or nothing. */
@Singleton
class Newcomers {
    private static final ZoneId UTC = ZoneId.of("UTC");

    private final Tenant tenant;
    private final NewcomerStore accounts;
    private final ChannelStore channels;
    private final ChatLinkStore links;
    private final Inbox inbox;

    @Inject
    Newcomers(Tenant tenant, NewcomerStore accounts, ChannelStore channels, ChatLinkStore links, Inbox inbox) {
        this.tenant = tenant;
        this.accounts = accounts;
        this.channels = channels;
        this.links = links;
        this.inbox = inbox;
    }

    /** Once for an update. */
    Uni<Void> welcome(Visit visit) {
        var id = Ids.next();
        return tenant.session(
                id,
                session -> inbox.settle(session, visit.update())
                        .chain(first -> first
                                ? make(session, id, visit)
                                : Uni.createFrom().voidItem()));
    }

    private Uni<Void> make(Mutiny.Session session, UUID id, Visit visit) {
        var draft = new AccountDraft(visit.name(), Optional.empty(), UTC);
        var channel = new ChannelDraft(
                Optional.empty(), "Telegram", Map.of(), Linking.address(visit).settings());
        return accounts.add(session, id, draft)
                .chain(() -> channels.addProven(session, id, Linking.KIND, channel))
                .map(Newcomers::channel)
                .chain(made -> links.add(session, link(made, visit), visit.who()))
                .invoke(() -> Log.infof("account made in a chat: account=%s", id));
    }

    private static RegisteredChannel channel(Written<RegisteredChannel> written) {
        if (written instanceof Written.Done<RegisteredChannel>(var made)) {
            return made;
        }
        throw new IllegalStateException("an account of 0 seconds has no room for a channel");
    }

    private static ChatLink link(RegisteredChannel channel, Visit visit) {
        return new ChatLink(channel.account(), channel.id(), 0, visit.who().person());
    }
}
