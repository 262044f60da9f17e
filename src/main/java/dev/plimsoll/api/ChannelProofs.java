package dev.plimsoll.api;

import dev.plimsoll.account.Tenant;
import dev.plimsoll.chat.Invitations;
import dev.plimsoll.chat.Invitations.Invited;
import dev.plimsoll.delivery.Buddy;
import dev.plimsoll.delivery.ChannelStore;
import dev.plimsoll.delivery.ChannelTrial;
import dev.plimsoll.delivery.Outbox;
import dev.plimsoll.delivery.Proof;
import dev.plimsoll.delivery.Proof.Proven;
import dev.plimsoll.delivery.Proof.Unproven;
import dev.plimsoll.delivery.ProofCode;
import dev.plimsoll.delivery.ProofStore;
import dev.plimsoll.delivery.Receiver;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** Proves channels: sends the code, and lets in whoever comes back with it. */
@Singleton
class ChannelProofs {
    private final Tenant tenant;
    private final ChannelStore channels;
    private final ProofStore sent;
    private final ChannelTrial trial;
    private final Outbox outbox;
    private final Invitations invitations;

    ChannelProofs(
            Tenant tenant,
            ChannelStore channels,
            ProofStore sent,
            ChannelTrial trial,
            Outbox outbox,
            Invitations invitations) {
        this.tenant = tenant;
        this.channels = channels;
        this.sent = sent;
        this.trial = trial;
        this.outbox = outbox;
        this.invitations = invitations;
    }

    /** How it went. */
    sealed interface Result {}

    /** It is active, and on its way is what nobody was told yet. */
    record Active() implements Result {}

    /** @param why a sentence for the user */
    record Open(String why) implements Result {}

    /** Whoever opens the link links the channel to where they open it. @param buddy who is to open it, where that is not the owner */
    record Linkable(Invited invited, Optional<Buddy> buddy) implements Result {}

    /** Too many proofs of late. @param retryAfter until one more may be sent */
    record TooMany(Duration retryAfter) implements Result {}

    /** How it went, for the user. */
    static String sentence(Result result) {
        return switch (result) {
            case Active() -> "Proven: alerts go there from now on.";
            case Open(var why) -> why + " Post the code to /verify, or ask for another proof.";
            case Linkable(var ignored, var buddy)
            when buddy.isPresent() ->
                "Send 'link' to " + buddy.get().name() + ": they are asked in Telegram whether they agree.";
            case Linkable ignored ->
                "Open 'link' in Telegram, or 'groupLink' to choose a group: alerts go there from then on.";
            case TooMany ignored -> "As many proofs as a day allows were sent. Ask again later.";
        };
    }

    /** What is told in this answer alone. */
    static JsonObject once(Result result) {
        return result instanceof Linkable(var invited, var ignored)
                ? new JsonObject()
                        .put("link", invited.link().toString())
                        .put("groupLink", invited.groupLink().toString())
                        .put("linkExpiresAt", invited.until().toString())
                : new JsonObject();
    }

    /** Where it needs no proof, one that is active already is all there is to it. */
    Uni<Result> send(Receiver to) {
        if (!trial.isRequired(to)) {
            return tenant.sql(to.account(), tx -> outbox.reach(tx, to.channel()))
                    .<Result>map(told -> new Active());
        }
        if (trial.isLinked(to)) {
            return invitations
                    .invite(to.account(), to.channel())
                    .map(found -> found.<Result>map(invited -> new Linkable(invited, to.buddy()))
                            .orElseGet(() -> new Open("Telegram does not answer just now.")));
        }
        return sent.take(to)
                .chain(wait -> wait.<Uni<Result>>map(
                                retryAfter -> Uni.createFrom().item(new TooMany(retryAfter)))
                        .orElseGet(() -> prove(to)));
    }

    /** With the code that the user found at the receiver. False when it is not the last one sent. */
    Uni<Boolean> accept(UUID account, UUID channel, String code) {
        return activate(account, channel, new ProofCode(code).hash());
    }

    /** With the hash of the code, from the link that was sent with it. False when it is not the last one sent. */
    Uni<Boolean> confirm(UUID account, UUID channel, byte[] codeHash) {
        return activate(account, channel, codeHash);
    }

    private Uni<Result> prove(Receiver to) {
        var code = ProofCode.generate();
        return channels.expect(to.account(), to.channel(), code.hash())
                .chain(() -> trial.prove(to, code))
                .chain(proof -> settle(to, code, proof));
    }

    private Uni<Result> settle(Receiver to, ProofCode code, Proof proof) {
        return switch (proof) {
            case Proven()
            when to.buddy().isPresent() ->
                Uni.createFrom()
                        .item(new Open("It was asked there whether they agree; they give you the code if they do."));
            case Proven() ->
                activate(to.account(), to.channel(), code.hash())
                        .<Result>map(
                                active -> active ? new Active() : new Open("A later proof was sent in the meantime."));
            case Unproven(var why) -> Uni.createFrom().item(new Open(why));
        };
    }

    private Uni<Boolean> activate(UUID account, UUID channel, byte[] codeHash) {
        return tenant.sql(
                account,
                tx -> channels.prove(tx, account, channel, codeHash)
                        .call(active -> active
                                ? outbox.reach(tx, channel)
                                : Uni.createFrom().voidItem()));
    }
}
