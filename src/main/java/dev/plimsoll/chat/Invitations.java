package dev.plimsoll.chat;

import dev.plimsoll.account.Tenant;
import dev.plimsoll.account.Written;
import dev.plimsoll.chat.InvitationStore.Invitation;
import dev.plimsoll.delivery.ChannelDraft;
import dev.plimsoll.delivery.ChannelStore;
import dev.plimsoll.delivery.ProofCode;
import dev.plimsoll.delivery.RegisteredChannel;
import dev.plimsoll.delivery.RegisteredChannel.State;
import dev.plimsoll.delivery.Settings;
import dev.plimsoll.delivery.telegram.Answer;
import dev.plimsoll.delivery.telegram.Bot;
import dev.plimsoll.delivery.telegram.BotApi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/** Makes the links by which a chat becomes a channel. */
@Singleton
public class Invitations {
    /** What a channel is called before it is known where it leads. */
    static final String UNNAMED = "Telegram";

    private static final ChannelDraft ANOTHER =
            new ChannelDraft(Optional.empty(), UNNAMED, Map.of(), new Settings(Map.of()));

    private final Tenant tenant;
    private final ChannelStore channels;
    private final InvitationStore invitations;
    private final BotApi bot;

    @Inject
    Invitations(Tenant tenant, ChannelStore channels, InvitationStore invitations, BotApi bot) {
        this.tenant = tenant;
        this.channels = channels;
        this.invitations = invitations;
        this.bot = bot;
    }

    /** What came of asking for one. */
    public sealed interface Made {}

    /** @param until by database time */
    public record Invited(Bot bot, ProofCode token, Instant until) implements Made {

        /** Opens a private chat. */
        public URI link() {
            return bot.start(token.code());
        }

        /** Lets one choose a group. */
        public URI groupLink() {
            return bot.startGroup(token.code());
        }
    }

    public record Full(int limit) implements Made {}

    /** @param why a sentence for the user */
    public record Unavailable(String why) implements Made {}

    /**
     * For a channel that is registered, good once and for ten minutes; the one before is good no more. Empty while Telegram
     * cannot be asked who we are there.
     */
    public Uni<Optional<Invited>> invite(UUID account, UUID channel) {
        return made(new Invitation(account, channel))
                .map(made -> made instanceof Invited invited ? Optional.of(invited) : Optional.empty());
    }

    /** For a new channel, or for one that an earlier link was for and nobody took. */
    Uni<Made> another(UUID account) {
        return tenant.session(account, session -> spare(session, account)).chain(written -> switch (written) {
            case Written.Done<RegisteredChannel>(var channel) -> made(new Invitation(account, channel.id()));
            case Written.QuotaReached<RegisteredChannel>(var limit) -> answer(new Full(limit));
            case Written.KeyTaken<RegisteredChannel> ignored -> throw new IllegalStateException("it has no key");
            case Written.Missing<RegisteredChannel> ignored -> throw new IllegalStateException("it is being made");
        });
    }

    private Uni<Written<RegisteredChannel>> spare(Mutiny.Session session, UUID account) {
        return channels.all(session, account)
                .map(all -> all.stream().filter(Invitations::isSpare).findFirst())
                .chain(found -> found.<Uni<Written<RegisteredChannel>>>map(
                                channel -> Uni.createFrom().item(new Written.Done<>(channel)))
                        .orElseGet(() -> channels.add(session, account, Linking.KIND, ANOTHER, Optional.empty())));
    }

    private static boolean isSpare(RegisteredChannel channel) {
        return channel.kind().equals(Linking.KIND)
                && channel.state() == State.UNVERIFIED
                && channel.shown().isEmpty()
                && channel.name().equals(UNNAMED);
    }

    private Uni<Made> made(Invitation invitation) {
        return bot.me()
                .chain(answer -> answer instanceof Answer.Done<Bot>(var me)
                        ? invitations.invite(invitation).map(ticket -> new Invited(me, ticket.token(), ticket.until()))
                        : answer(new Unavailable("Telegram does not answer just now: try again in a minute.")));
    }

    private static Uni<Made> answer(Made made) {
        return Uni.createFrom().item(made);
    }
}
