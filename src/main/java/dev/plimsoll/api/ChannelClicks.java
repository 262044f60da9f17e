package dev.plimsoll.api;

import dev.plimsoll.account.Tenant;
import dev.plimsoll.delivery.Buddy;
import dev.plimsoll.delivery.BuddyLetter;
import dev.plimsoll.delivery.ChannelLinks;
import dev.plimsoll.delivery.ChannelLinks.Click;
import dev.plimsoll.delivery.ChannelLinks.Confirm;
import dev.plimsoll.delivery.ChannelLinks.Leave;
import dev.plimsoll.delivery.ChannelLinks.Unsubscribe;
import dev.plimsoll.delivery.ChannelStore;
import dev.plimsoll.delivery.Receiver;
import dev.plimsoll.delivery.RegisteredChannel;
import dev.plimsoll.delivery.RegisteredChannel.State;
import dev.plimsoll.delivery.Unsubscription;
import dev.plimsoll.delivery.Unsubscription.Ended;
import dev.plimsoll.rule.RuleJson;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Optional;

/** What stands behind a link that begins or ends a channel, and what becomes of clicking it. */
@Singleton
class ChannelClicks {
    private static final String CONFIRMED = "Alerts are sent to this address.";
    private static final String AGREED =
            "Thank you. You are told here when nobody else has acknowledged. Every message has a link by which you leave.";
    private static final String OVER = "Nothing is sent to this address.";

    private final Tenant tenant;
    private final ChannelStore channels;
    private final ChannelProofs proofs;
    private final Unsubscription unsubscription;
    private final LeaveClicks leaves;

    ChannelClicks(
            Tenant tenant,
            ChannelStore channels,
            ChannelProofs proofs,
            Unsubscription unsubscription,
            LeaveClicks leaves) {
        this.tenant = tenant;
        this.channels = channels;
        this.proofs = proofs;
        this.unsubscription = unsubscription;
        this.leaves = leaves;
    }

    Uni<LinkAnswer> show(Click click) {
        return switch (click) {
            case Leave leave -> leaves.show(leave);
            case Confirm confirm ->
                channels.receiver(click.account(), click.channel())
                        .chain(to ->
                                channel(click).map(found -> shown(confirm, known(found), to.flatMap(Receiver::buddy))));
            case Unsubscribe unsubscribe ->
                leadsThere(unsubscribe)
                        .chain(there -> channel(click).map(found -> shown(unsubscribe, found.filter(any -> there))));
        };
    }

    private static LinkAnswer shown(Confirm click, RegisteredChannel channel, Optional<Buddy> buddy) {
        return channel.state() == State.ACTIVE
                ? answer(click, Optional.of(channel), channel.isOwn() ? CONFIRMED : AGREED, Optional.empty())
                : answer(
                        click,
                        Optional.of(channel),
                        buddy.map(BuddyLetter::consent)
                                .orElse("Shall alerts on loans and positions be sent here? You can unsubscribe at any"
                                        + " time."),
                        Optional.of(buddy.isPresent() ? "I agree" : "Yes, send them"));
    }

    private static LinkAnswer shown(Unsubscribe click, Optional<RegisteredChannel> channel) {
        return isActive(channel)
                ? answer(
                        click,
                        channel,
                        "Shall no more alerts be sent here? If you have loans, be sure to be warned in another way.",
                        Optional.of("Unsubscribe"))
                : answer(click, channel, OVER, Optional.empty());
    }

    Uni<LinkAnswer> act(Click click) {
        return switch (click) {
            case Leave leave -> leaves.act(leave);
            case Confirm confirm ->
                proofs.confirm(click.account(), click.channel(), confirm.codeHash())
                        .chain(proven -> channel(click).map(found -> confirmed(confirm, known(found), proven)));
            case Unsubscribe unsubscribe ->
                leadsThere(unsubscribe)
                        .chain(there -> there ? end(click) : Uni.createFrom().item(new Ended(false, 1)))
                        .chain(ended -> channel(click).map(found -> ended(unsubscribe, found, ended)));
        };
    }

    private static LinkAnswer confirmed(Confirm click, RegisteredChannel channel, boolean proven) {
        if (!proven && channel.state() != State.ACTIVE) {
            throw Problems.conflict("This link was used, or a later mail was sent: the link in the last one counts.");
        }
        return answer(
                click,
                Optional.of(channel),
                channel.isOwn()
                        ? proven ? "Confirmed: alerts are sent to this address from now on." : CONFIRMED
                        : AGREED,
                Optional.empty());
    }

    private Uni<Ended> end(Click click) {
        return tenant.sql(click.account(), tx -> unsubscription.end(tx, click.account(), click.channel()));
    }

    /** Not where its owner has named another address meanwhile. */
    private Uni<Boolean> leadsThere(Unsubscribe click) {
        return channels.receiver(click.account(), click.channel())
                .map(found -> found.filter(to -> to.settings().values().values().stream()
                                .map(ChannelLinks::mark)
                                .anyMatch(click.addressMark()::equals))
                        .isPresent());
    }

    private static LinkAnswer ended(Unsubscribe click, Optional<RegisteredChannel> channel, Ended ended) {
        var warning = ended.left() > 0
                ? ""
                : " It was the last way to reach the owner of these positions: nobody is warned until another one is added.";
        return answer(click, channel, (ended.now() ? "Unsubscribed. " : "") + OVER + warning, Optional.empty());
    }

    private Uni<Optional<RegisteredChannel>> channel(Click click) {
        return channels.find(click.account(), click.channel());
    }

    private static RegisteredChannel known(Optional<RegisteredChannel> found) {
        return found.orElseThrow(OneClicks::gone);
    }

    private static boolean isActive(Optional<RegisteredChannel> channel) {
        return channel.filter(some -> some.state() == State.ACTIVE).isPresent();
    }

    /** Whoever holds an old link is not told where the channel leads by now. */
    private static LinkAnswer answer(
            Click click, Optional<RegisteredChannel> channel, String text, Optional<String> button) {
        return new LinkAnswer(
                click instanceof Confirm ? "confirm" : "unsubscribe",
                "channel",
                click.channel(),
                channel.filter(some -> !some.isOwn()).isPresent() ? "Buddy" : "Alerts by e-mail",
                channel.map(some -> RuleJson.word(some.state())).orElse("deleted"),
                text,
                button);
    }
}
