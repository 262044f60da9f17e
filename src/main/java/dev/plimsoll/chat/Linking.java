package dev.plimsoll.chat;

import dev.plimsoll.account.Tenant;
import dev.plimsoll.chat.InvitationStore.Invitation;
import dev.plimsoll.delivery.Buddy;
import dev.plimsoll.delivery.BuddyLetter;
import dev.plimsoll.delivery.ChannelSwitch;
import dev.plimsoll.delivery.ProofCode;
import dev.plimsoll.delivery.telegram.CallbackData;
import dev.plimsoll.delivery.telegram.ChatAddress;
import dev.plimsoll.delivery.telegram.Inbox;
import dev.plimsoll.delivery.telegram.Keyboard;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Links a chat to an account at the word of a token. Whoever brings it first has it, so the account's other channels hear of
 * it at once.
 */
@Singleton
class Linking {
    static final String KIND = "telegram";
    private static final String AGREE = "agree ";
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{20,64}");
    private static final String USED =
            "This link was used before, or is older than ten minutes. Ask for a new one where"
                    + " you got it: each is good once.";

    private final Tenant tenant;
    private final InvitationStore invitations;
    private final ChannelSwitch channels;
    private final ChatLinkStore links;
    private final LinkNotices notices;
    private final Inbox inbox;

    @Inject
    Linking(
            Tenant tenant,
            InvitationStore invitations,
            ChannelSwitch channels,
            ChatLinkStore links,
            LinkNotices notices,
            Inbox inbox) {
        this.tenant = tenant;
        this.invitations = invitations;
        this.channels = channels;
        this.links = links;
        this.notices = notices;
        this.inbox = inbox;
    }

    static boolean isToken(String words) {
        return TOKEN.matcher(words).matches();
    }

    /** What the button says below the question whether somebody is another's buddy. */
    static boolean isAgreement(String words) {
        return words.startsWith(AGREE) && isToken(words.substring(AGREE.length()));
    }

    /** Another person has read what they agree to. */
    Uni<Reply> agree(Visit visit, String words) {
        return link(visit, words.substring(AGREE.length()), true);
    }

    /** Another person is asked first. */
    Uni<Reply> link(Visit visit, String token) {
        return link(visit, token, false);
    }

    private Uni<Reply> link(Visit visit, String token, boolean agreed) {
        if (visit.person().filter(person -> !person.bot()).isEmpty()) {
            return Uni.createFrom()
                    .item(Reply.of("You write here in the name of the group, and I must know whose account it is:"
                            + " write as yourself, and link again."));
        }
        var code = new ProofCode(token);
        return invitations
                .find(code)
                .chain(found -> found.map(invitation -> invitation
                                .buddy()
                                .filter(asked -> !agreed)
                                .map(buddy -> Uni.createFrom().item(question(buddy, token)))
                                .orElseGet(() -> link(visit, invitation, code)))
                        .orElseGet(() -> Uni.createFrom().item(Reply.of(USED))));
    }

    private static Reply question(Buddy buddy, String token) {
        var agree = new Keyboard.Press("I agree", new CallbackData.Run("start " + AGREE + token));
        return Reply.of(BuddyLetter.consent(buddy) + " Do you agree? If not, do nothing.")
                .with(Keyboard.row(agree));
    }

    private Uni<Reply> link(Visit visit, Invitation invitation, ProofCode code) {
        var topic = visit.place().topic().orElse(0L);
        var before = visit.links().stream()
                .filter(link -> link.account().equals(invitation.account()) && link.topic() == topic)
                .findFirst();
        if (before.filter(link -> !link.channel().equals(invitation.channel())).isPresent()) {
            return Uni.createFrom().item(Reply.of("This chat is linked to that account already."));
        }
        var buddy = invitation.buddy();
        var link = new ChatLink(
                invitation.account(),
                invitation.channel(),
                topic,
                visit.who().person(),
                buddy.isPresent(),
                Optional.empty());
        var welcome = buddy.map(Linking::welcome).orElseGet(() -> welcome(visit));
        return tenant.sql(invitation.account(), tx -> write(tx, visit, link, code))
                .map(done -> Reply.of(done ? welcome : USED));
    }

    private Uni<Boolean> write(SqlConnection tx, Visit visit, ChatLink link, ProofCode code) {
        return invitations
                .take(tx, code)
                .chain(taken -> taken
                        ? channels.link(
                                tx,
                                link.account(),
                                link.channel(),
                                KIND,
                                address(visit).settings())
                        : Uni.createFrom().item(false))
                .call(linked -> linked
                        ? add(tx, visit, link).chain(() -> inbox.settle(tx, visit.update()))
                        : Uni.createFrom().item(false));
    }

    private Uni<Void> add(SqlConnection tx, Visit visit, ChatLink link) {
        return links.add(tx, link, visit.who())
                .chain(() -> channels.name(
                        tx, link.account(), link.channel(), Invitations.UNNAMED, Names.shown(visit.title())))
                .chain(() -> notices.linked(tx, link, visit))
                .invoke(() -> Log.infof("chat linked: account=%s channel=%s", link.account(), link.channel()));
    }

    static ChatAddress address(Visit visit) {
        return new ChatAddress(visit.place().chat(), visit.place().topic(), visit.kind(), Names.shown(visit.title()));
    }

    private static String welcome(Buddy buddy) {
        return "Thank you. You are told here when nobody has acknowledged an alert of " + buddy.asker()
                + ", and may acknowledge it. /leave ends that.";
    }

    private static String welcome(Visit visit) {
        var members = visit.isPrivate()
                ? ""
                : " Everybody here may acknowledge an alert or snooze it for an hour; only you, who linked it, change"
                        + " anything.";
        return "Linked: alerts come here from now on." + members + " /status says how you stand, /help what I can do.";
    }
}
